package applicationset

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"

	"github.com/bmatcuk/doublestar/v4"
)

// files are those of a working tree that an item includes and none excludes, sorted.
func (s *set) files(root string, items []v1alpha1.GitFileGeneratorItem) ([]string, error) {
	found := map[string]bool{}
	for _, excluding := range []bool{false, true} {
		for _, item := range items {
			if item.Exclude != excluding {
				continue
			}
			matching, err := s.filesMatching(root, item.Path)
			if err != nil {
				return nil, fmt.Errorf("error retrieving Git files: unable to list files with pattern %s: %w", item.Path, err)
			}
			for _, file := range matching {
				if excluding {
					delete(found, file)
				} else {
					found[file] = true
				}
			}
		}
	}
	return sortedKeys(found), nil
}

func (s *set) filesMatching(root, pattern string) ([]string, error) {
	if s.newGitFileGlobbing {
		return s.filesMatchingGlob(root, pattern)
	}
	return s.filesMatchingPathspec(root, pattern)
}

// filesMatchingPathspec are those that `git ls-files -- pattern` lists when all files that Git has are tracked.
func (s *set) filesMatchingPathspec(root, pattern string) ([]string, error) {
	spec, err := newPathspec(pattern)
	if err != nil {
		return nil, err
	}
	state, err := s.view.Lstat(path.Join(root, spec.folder))
	if err != nil || state.Kind != tree.Directory {
		return nil, nil //nolint:nilerr // nothing lies there
	}
	var found []string
	enters := func(at string) bool { return path.Base(at) != ".git" && spec.leadsTo(at) }
	err = s.walk(root, spec.folder, enters, func(at string, kind tree.Kind) {
		if kind != tree.Directory && spec.matches(at) {
			found = append(found, at)
		}
	})
	return found, err
}

// filesMatchingGlob are those that doublestar finds, without those that a link leads out of the working tree for.
func (s *set) filesMatchingGlob(root, pattern string) ([]string, error) {
	pattern = strings.TrimPrefix(path.Join("/", pattern), "/")
	if pattern == "" {
		pattern = "."
	}
	real, _, err := s.view.Resolve(root)
	if err != nil {
		return nil, err
	}
	found, err := doublestar.Glob(s.view.Folder(real), pattern)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(file string) bool {
		target, _, err := s.view.Resolve(path.Join(real, file))
		return err != nil || !strings.HasPrefix(target, real)
	}), nil
}
