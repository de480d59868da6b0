package tree

import (
	"errors"
	"io/fs"
	"path"
	"time"
)

// Folder gives a folder as those who match patterns look at it: they list and ask what is there, and open nothing. Paths may
// lead out of it by `..`. Git's own folder is not told.
func (v *View) Folder(root string) fs.FS { return folder{v, root} }

type folder struct {
	view *View
	root string
}

// Open is fs.FS's.
func (f folder) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// Stat is fs.StatFS's: links are followed.
func (f folder) Stat(name string) (fs.FileInfo, error) {
	_, state, err := f.view.Resolve(path.Join(f.root, name))
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return entry{path.Base(name), state.Kind}, nil
}

// ReadDir is fs.ReadDirFS's.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
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
	kind Kind
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.kind == Directory }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Size() int64                { return 0 }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }

func (e entry) Mode() fs.FileMode {
	switch e.kind {
	case Directory:
		return fs.ModeDir
	case Link:
		return fs.ModeSymlink
	default:
		return 0
	}
}
