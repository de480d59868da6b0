package applicationset

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"
)

// folders are those of a working tree that the items select, in the order of a walk. Hidden folders and what is below them
// are never among them, nor are folders without a file, which Git does not keep.
func (s *set) folders(root string, items []v1alpha1.GitDirectoryGeneratorItem) ([]string, error) {
	var found []string
	enters := func(at string) bool { return !strings.HasPrefix(path.Base(at), ".") && leadsTo(items, at) }
	err := s.walk(root, "", enters, func(at string, kind tree.Kind) {
		if kind == tree.Directory && isSelected(items, at) && s.hasFile(path.Join(root, at)) {
			found = append(found, at)
		}
	})
	return found, err
}

// walk visits what lies in a folder of a working tree and below it, in the order of names and as far as enters lets it; not what Git ignores.
func (s *set) walk(root, folder string, enters func(at string) bool, visit func(at string, kind tree.Kind)) error {
	names, err := s.view.List(path.Join(root, folder))
	if err != nil {
		return err
	}
	for _, name := range names {
		at := path.Join(folder, name)
		if !enters(at) {
			continue
		}
		state, err := s.view.Lstat(path.Join(root, at))
		if errors.Is(err, fs.ErrNotExist) {
			continue // Git ignores it
		}
		if err != nil {
			return err
		}
		visit(at, state.Kind)
		if state.Kind == tree.Directory {
			if err := s.walk(root, at, enters, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// isSelected tells whether an item matches a folder, and none excludes it. A pattern that is wrong matches nothing.
func isSelected(items []v1alpha1.GitDirectoryGeneratorItem, folder string) bool {
	included := false
	for _, item := range items {
		matches, err := path.Match(item.Path, folder)
		if err != nil || !matches {
			continue
		}
		if item.Exclude {
			return false
		}
		included = true
	}
	return included
}

// leadsTo tells whether a folder, or one below it, can match: the patterns are compared folder by folder as deep as it lies.
func leadsTo(items []v1alpha1.GitDirectoryGeneratorItem, folder string) bool {
	depth := strings.Count(folder, "/") + 1
	for _, item := range items {
		segments := strings.Split(item.Path, "/")
		if item.Exclude || len(segments) < depth {
			continue
		}
		if matches, err := path.Match(strings.Join(segments[:depth], "/"), folder); err == nil && matches {
			return true
		}
	}
	return false
}

// hasFile tells whether anything but folders is in a folder.
func (s *set) hasFile(folder string) bool {
	names, err := s.view.List(folder)
	if err != nil {
		return false
	}
	for _, name := range names {
		at := path.Join(folder, name)
		state, err := s.view.Lstat(at)
		if err == nil && name != ".git" && (state.Kind != tree.Directory || s.hasFile(at)) {
			return true
		}
	}
	return false
}
