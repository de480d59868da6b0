package applicationset

import (
	"errors"
	"io/fs"
	"path"
	"time"

	"drydock/engine/internal/tree"
)

// folderFS is a folder of a view as doublestar looks at it: it lists and asks what is there, and opens nothing.
type folderFS struct {
	view *tree.View
	root string
}

// Open is fs.FS's.
func (f folderFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// Stat is fs.StatFS's: links are followed.
func (f folderFS) Stat(name string) (fs.FileInfo, error) {
	_, state, err := f.view.Resolve(path.Join(f.root, name))
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return entry{path.Base(name), state.Kind}, nil
}

// ReadDir is fs.ReadDirFS's.
func (f folderFS) ReadDir(name string) ([]fs.DirEntry, error) {
	names, err := f.view.List(path.Join(f.root, name))
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	entries := make([]fs.DirEntry, 0, len(names))
	for _, below := range names {
		state, err := f.view.Lstat(path.Join(f.root, name, below))
		if err == nil && below != ".git" {
			entries = append(entries, entry{below, state.Kind})
		}
	}
	return entries, nil
}

// entry is what a folder has under a name.
type entry struct {
	name string
	kind tree.Kind
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.kind == tree.Directory }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Size() int64                { return 0 }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }

func (e entry) Mode() fs.FileMode {
	switch e.kind {
	case tree.Directory:
		return fs.ModeDir
	case tree.Link:
		return fs.ModeSymlink
	default:
		return 0
	}
}
