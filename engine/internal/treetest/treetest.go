// Package treetest makes trees of files for tests.
package treetest

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"drydock/engine/internal/tree"
)

// Files are the contents of files, by absolute path.
type Files map[string]string

// FromDisk reads a folder, as if it were the root.
func FromDisk(t *testing.T, root string) Files {
	files := Files{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		files[filepath.ToSlash(strings.TrimPrefix(name, root))] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// With gives the files with another content of one.
func (f Files) With(name, content string) Files {
	changed := maps.Clone(f)
	changed[name] = content
	return changed
}

// Store knows these files, and that nothing else exists.
func (f Files) Store() *tree.Store {
	entries := map[string][]string{"/": nil}
	states := map[string]*tree.State{}
	for name, content := range f {
		states[name] = &tree.State{Kind: tree.File, Content: []byte(content)}
		for child := name; child != "/"; child = path.Dir(child) {
			entries[path.Dir(child)] = append(entries[path.Dir(child)], path.Base(child))
		}
	}
	for folder, names := range entries {
		states[folder] = tree.NewDirectory(names)
	}
	store := tree.NewStore(func(path string) { panic("asked for " + path) })
	store.Tell("", states)
	return store
}
