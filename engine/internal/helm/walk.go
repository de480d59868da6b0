package helm

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"time"

	"drydock/engine/internal/tree"
)

// visit is called for each file and folder; fs.SkipDir leaves a folder out.
type visit func(name string, entry fs.FileInfo) error

// walk visits a folder and everything below it in lexical order, links followed, as Helm's internal/sympath does.
func walk(view *tree.View, folder string, visit visit) error {
	resolved, state, err := view.Resolve(folder)
	if err != nil {
		return err
	}
	err = walkFrom(view, folder, fileInfo{path.Base(resolved), state}, visit)
	if errors.Is(err, fs.SkipDir) {
		return nil
	}
	return err
}

func walkFrom(view *tree.View, name string, entry fileInfo, visit visit) error {
	if entry.state.Kind == tree.Link {
		return walkLink(view, name, visit)
	}
	if err := visit(name, entry); err != nil || !entry.IsDir() {
		return err
	}
	names, err := view.List(name)
	if err != nil {
		return err
	}
	for _, base := range names {
		below := path.Join(name, base)
		state, err := view.Lstat(below)
		if err != nil {
			return err
		}
		err = walkFrom(view, below, fileInfo{base, state}, visit)
		if err != nil && !(errors.Is(err, fs.SkipDir) && (state.Kind == tree.Directory || state.Kind == tree.Link)) {
			return err
		}
	}
	return nil
}

func walkLink(view *tree.View, name string, visit visit) error {
	resolved, state, err := view.Resolve(name)
	if err != nil {
		return fmt.Errorf("error evaluating symlink %s: %w", name, err)
	}
	slog.Info("found symbolic link in path. Contents of linked file included and used", "path", name, "resolved", resolved)
	err = walkFrom(view, name, fileInfo{path.Base(resolved), state}, visit)
	if errors.Is(err, fs.SkipDir) {
		return nil
	}
	return err
}

// fileInfo is what Helm's code asks of a file.
type fileInfo struct {
	name  string
	state *tree.State
}

func (f fileInfo) Name() string { return f.name }
func (f fileInfo) Size() int64  { return int64(len(f.state.Content)) }
func (f fileInfo) IsDir() bool  { return f.state.Kind == tree.Directory }

// Mode is fs.FileInfo's: regular files and folders are all that is told apart.
func (f fileInfo) Mode() fs.FileMode {
	if f.IsDir() {
		return fs.ModeDir
	}
	return 0
}

func (f fileInfo) ModTime() time.Time { return time.Time{} }
func (f fileInfo) Sys() any           { return nil }
