package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
)

// inArtifact calls run with a folder that has what source-controller puts in the artifact of a request's root, which it tells
// by the same library: regular files and folders that are not ignored. An error names the root's path.
func inArtifact(given request, run func(request) (string, error)) (yaml string, err error) {
	// Not "kustomize-": paths that begin so are where kustomize clones to, and allowed.
	made, err := os.MkdirTemp("", "artifact-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(made)
	if made, err = filepath.EvalSymlinks(made); err != nil {
		return "", err
	}
	outside, root := filepath.Split(given.Root)
	if err := errors.Join(copyFiles(outside, made), archive(given.Root, filepath.Join(made, root), given.Ignore)); err != nil {
		return "", err
	}
	given.Root = filepath.Join(made, root)
	yaml, err = run(given)
	if err != nil {
		err = errors.New(strings.ReplaceAll(err.Error(), made, filepath.Clean(outside)))
	}
	return yaml, err
}

// copyFiles copies what a kustomization may name beside its source's root, in vain.
func copyFiles(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".yaml" || !entry.Type().IsRegular() {
			continue
		}
		if err := copyFile(filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o644)
}

func archive(from, to, ignore string) error {
	domain := strings.Split(from, string(filepath.Separator))
	patterns, err := sourceignore.LoadIgnorePatterns(from, domain)
	if err != nil {
		return err
	}
	patterns = append(patterns, sourceignore.ReadPatterns(strings.NewReader(ignore), domain)...)
	ignored := sourceignore.NewDefaultMatcher(patterns, domain)
	return filepath.Walk(from, func(name string, info fs.FileInfo, err error) error {
		switch {
		case err != nil:
			return err
		case !info.Mode().IsRegular() && !info.IsDir(),
			ignored.Match(strings.Split(name, string(filepath.Separator)), info.IsDir()):
			return nil
		}
		relative, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if info.IsDir() {
			return os.MkdirAll(filepath.Join(to, relative), 0o755)
		}
		return copyFile(name, filepath.Join(to, relative))
	})
}
