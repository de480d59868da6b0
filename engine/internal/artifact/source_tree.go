package artifact

import (
	"io/fs"
	"path"

	"drydock/engine/internal/tree"
)

// sourceTree is a source's artifact as an fs.FS that no path leads out of, as an os.Root is.
type sourceTree struct {
	view *tree.View
	root string
}

// Open is fs.FS's.
func (s sourceTree) Open(name string) (fs.File, error) { return s.view.Folder(s.root).Open(name) }

// Stat is fs.StatFS's.
func (s sourceTree) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "statat", Path: name, Err: errEscapes}
	}
	return fs.Stat(s.view.Folder(s.root), name)
}

// ReadDir is fs.ReadDirFS's.
func (s sourceTree) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: errEscapes}
	}
	return fs.ReadDir(s.view.Folder(s.root), name)
}

// ReadFile is fs.ReadFileFS's.
func (s sourceTree) ReadFile(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: errEscapes}
	}
	return s.view.ReadFile(path.Join(s.root, name))
}

// errEscapes is os.Root's.
const errEscapes = escapes("path escapes from parent")

type escapes string

func (e escapes) Error() string { return string(e) }
