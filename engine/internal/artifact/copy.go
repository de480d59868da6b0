package artifact

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Strategies of copying; any other overwrites.
const (
	strategyMerge   = "Merge"
	strategyExtract = "Extract"
)

// copying is a copy operation of an ArtifactGenerator.
type copying struct {
	From     string   `json:"from"`
	To       string   `json:"to"`
	Exclude  []string `json:"exclude"`
	Strategy string   `json:"strategy"`
}

// apply copies what matches into the artifact, as `cp` would.
func (op copying) apply(from sources, staged *staging) error {
	alias, pattern, err := parseFrom(op.From)
	if err != nil {
		return fmt.Errorf("invalid copy source '%s': %w", op.From, err)
	}
	to, err := parseTo(op.To)
	if err != nil {
		return fmt.Errorf("invalid copy destination '%s': %w", op.To, err)
	}
	for _, excluded := range op.Exclude {
		if _, err := doublestar.Match(excluded, "."); err != nil {
			return fmt.Errorf("invalid exclude pattern '%s'", excluded)
		}
	}
	root, err := from.open(alias)
	if err != nil {
		return err
	}
	c := copier{copying: op, source: sourceTree{from.view, root}, staged: staged, to: to}
	if !hasMeta(pattern) {
		return c.one(path.Clean(pattern))
	}
	return c.matching(alias, pattern)
}

// copier copies from one source.
type copier struct {
	copying
	source sourceTree
	staged *staging
	to     string
}

// one copies what is at a path: a file to the destination, or into it when that is a folder or ends with a slash; a folder into the
// destination, under its name.
func (c copier) one(name string) error {
	info, err := c.source.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("source '%s' does not exist", name)
	case err != nil:
		return fmt.Errorf("failed to stat source '%s': %w", name, err)
	case info.IsDir() && c.Strategy == strategyExtract:
		return fmt.Errorf("extract strategy is not supported for directories, got '%s'", name)
	case info.IsDir():
		return c.folder(name, path.Join(c.to, path.Base(name)), name)
	case c.excludes(name, "."):
		return nil
	case c.Strategy == strategyExtract && !isPackage(name):
		return fmt.Errorf("extract strategy requires tarball file (.tar.gz or .tgz), got '%s'", name)
	case c.Strategy == strategyExtract:
		return c.extract(name)
	case strings.HasSuffix(c.To, "/") || c.staged.isFolder(path.Clean(c.to)):
		return c.file(name, path.Join(c.to, path.Base(name)))
	default:
		return c.file(name, path.Clean(c.to))
	}
}

// matching copies what a pattern matches, always into the destination.
func (c copier) matching(alias, pattern string) error {
	matches, err := c.matches(pattern)
	if err != nil {
		return fmt.Errorf("invalid glob pattern '%s': %w", pattern, err)
	}
	if len(matches) == 0 {
		return fmt.Errorf("no files match pattern '%s' in source '%s'", pattern, alias)
	}
	base := literalBase(pattern)
	matches = slices.DeleteFunc(matches, func(name string) bool { return name == "." || name == ".." || c.excludes(name, base) })
	if len(matches) == 0 {
		return fmt.Errorf("all files matching pattern '%s' in source '%s' were excluded", pattern, alias)
	}
	for _, name := range matches {
		if c.Strategy == strategyExtract {
			if !isPackage(name) {
				continue
			}
			if err := c.extract(name); err != nil {
				return fmt.Errorf("failed to extract tarball '%s' to '%s': %w", name, c.to, err)
			}
			continue
		}
		at := c.matchAt(pattern, name)
		if err := c.any(name, at, base); err != nil {
			return fmt.Errorf("failed to copy file '%s' to '%s': %w", name, at, err)
		}
	}
	return nil
}

// matches gives what a pattern matches: `**` is like `*`, but for packages that are extracted.
func (c copier) matches(pattern string) ([]string, error) {
	if c.Strategy == strategyExtract {
		return doublestar.Glob(c.source, pattern)
	}
	return fs.Glob(c.source, pattern)
}

// matchAt gives where a match goes: below the destination with its path, without the folder that stands before a last `/**`.
func (c copier) matchAt(pattern, name string) string {
	if above, ok := strings.CutSuffix(pattern, "/**"); ok {
		name = strings.TrimPrefix(name, above+"/")
	}
	return path.Join(c.to, name)
}

func (c copier) any(name, at, base string) error {
	info, err := c.source.Stat(name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return c.folder(name, at, base)
	}
	return c.file(name, at)
}

func (c copier) folder(name, at, base string) error {
	return fs.WalkDir(c.source, name, func(found string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case found == name:
			return c.staged.mkdir(at)
		case c.excludes(found, base) && entry.IsDir():
			return fs.SkipDir
		case c.excludes(found, base):
			return nil
		}
		below, err := filepath.Rel(name, found)
		if err != nil {
			return err
		}
		to := path.Join(at, filepath.ToSlash(below))
		if entry.IsDir() {
			return c.staged.mkdir(to)
		}
		return c.file(found, to)
	})
}

func (c copier) file(name, at string) error {
	content, err := c.source.ReadFile(name)
	if err != nil {
		return err
	}
	home := path.Join(c.source.root, name)
	merges := c.Strategy == strategyMerge && c.staged.file(at) != nil
	if merges {
		if content, err = merge(c.staged.file(at).content, content); err != nil {
			return err
		}
	}
	if err := c.staged.write(at, staged{content: content, home: home, merged: merges}); err != nil {
		return err
	}
	c.staged.copied(at, home)
	return nil
}

// excludes tells whether a pattern of exclude matches a path, in the source or below base; one without a slash its last step too.
func (c copier) excludes(name, base string) bool {
	if c.excludesPath(name) {
		return true
	}
	below, ok := strings.CutPrefix(name, base+"/")
	return ok && c.excludesPath(below)
}

func (c copier) excludesPath(name string) bool {
	return slices.ContainsFunc(c.Exclude, func(pattern string) bool {
		return doublestar.MatchUnvalidated(pattern, name) ||
			!strings.Contains(pattern, "/") && doublestar.MatchUnvalidated(pattern, path.Base(name))
	})
}
