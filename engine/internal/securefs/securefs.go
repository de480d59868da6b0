// Package securefs confines a render to a root, with the rules and the words of github.com/fluxcd/pkg/kustomize/filesys v1.35.6.
package securefs

import (
	"fmt"
	"path"
	"path/filepath"

	"drydock/engine/internal/tree"
)

// Check gives why op may not touch a path: what it leads to, or the path itself when that is not there, lies neither below root,
// which is a real path, nor in a copy of something that lies elsewhere. A file counts as the folder that it is in.
func Check(view *tree.View, root, op, name string) error {
	at := path.Clean(filepath.ToSlash(name))
	folder := at
	if resolved, state, err := view.Resolve(at); err == nil {
		if view.IsCopied(resolved) {
			return nil
		}
		folder = resolved
		if state.Kind != tree.Directory {
			folder = path.Dir(resolved)
		}
	}
	if tree.Within(folder, root) {
		return nil
	}
	return Outside(op, name, root)
}

// Outside is the error of an op on a path that is not below root.
func Outside(op, name, root string) error {
	return fmt.Errorf("fs-security-constraint %s %s: path '%s' is not in or below '%s'", op, name, name, root)
}

// IsFile tells whether a path leads to something other than a folder, below root.
func IsFile(view *tree.View, root, name string) bool {
	_, state, err := view.Resolve(name)
	return err == nil && state.Kind != tree.Directory && Check(view, root, "stat", name) == nil
}

// Exists tells whether a path leads to something below root.
func Exists(view *tree.View, root, name string) bool {
	_, _, err := view.Resolve(name)
	return err == nil && Check(view, root, "stat", name) == nil
}

// ReadFile reads a file below root.
func ReadFile(view *tree.View, root, name string) ([]byte, error) {
	if err := Check(view, root, "read", name); err != nil {
		return nil, err
	}
	return view.ReadFile(name)
}
