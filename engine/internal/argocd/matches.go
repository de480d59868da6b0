package argocd

import (
	"io/fs"
	"path"
	"time"

	"drydock/engine/internal/tree"
)

// matches gives the paths that a pattern matches in a folder, written as the pattern is.
func matches(files *folderFiles, pattern string) ([]string, error) {
	return fs.Glob(globbed{files}, pattern)
}

// globbed is what fs.Glob asks of a file system. Unlike those of the standard library it has paths with `..` and from `/` on.
type globbed struct{ files *folderFiles }

// Open is fs.FS's; nothing is opened.
func (globbed) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

// Stat is fs.StatFS's. A link is not followed, as in filepath.Glob.
func (g globbed) Stat(name string) (fs.FileInfo, error) {
	state, err := g.files.Lstat(g.files.at(name))
	if err != nil {
		return nil, err
	}
	return globbedFile{path.Base(name), state.Kind == tree.Directory}, nil
}

// ReadDir is fs.ReadDirFS's.
func (g globbed) ReadDir(name string) ([]fs.DirEntry, error) {
	names, err := g.files.List(g.files.at(name))
	if err != nil {
		return nil, err
	}
	entries := make([]fs.DirEntry, 0, len(names))
	for _, name := range names {
		entries = append(entries, fs.FileInfoToDirEntry(globbedFile{name: name}))
	}
	return entries, nil
}

// globbedFile is what is known of a path that was found.
type globbedFile struct {
	name  string
	isDir bool
}

func (f globbedFile) Name() string { return f.name }
func (f globbedFile) Size() int64  { return 0 }
func (f globbedFile) IsDir() bool  { return f.isDir }

// Mode is fs.FileInfo's.
func (f globbedFile) Mode() fs.FileMode {
	if f.isDir {
		return fs.ModeDir
	}
	return 0
}

func (f globbedFile) ModTime() time.Time { return time.Time{} }
func (f globbedFile) Sys() any           { return nil }
