package gitfiles

import (
	"path"
	"regexp"
	"strings"

	"drydock/engine/internal/tree"
)

// workingTree is one of Git's.
type workingTree struct {
	view *tree.View
	root string
	// directory is Git's own folder for the working tree, shared the one that it may have in common with others
	// (gitrepository-layout(5), "commondir").
	directory string
	shared    string
	// index is read when it is asked for first.
	index *index
}

// workingTreeAt gives the working tree with this top folder; nil when it is none.
func workingTreeAt(view *tree.View, root string) *workingTree {
	place := path.Join(root, ".git")
	state, err := view.Lstat(place)
	if err != nil {
		return nil
	}
	directory := place
	if state.Kind != tree.Directory { // a linked working tree's or a submodule's
		content, err := view.ReadFile(place)
		named, ok := strings.CutPrefix(string(content), "gitdir:")
		if err != nil || !ok {
			return nil
		}
		directory = from(root, named)
	}
	shared := directory
	if content, err := view.ReadFile(path.Join(directory, "commondir")); err == nil {
		shared = from(directory, string(content))
	}
	return &workingTree{view: view, root: root, directory: directory, shared: shared}
}

func from(folder, named string) string {
	named = strings.ReplaceAll(strings.TrimSpace(named), `\`, "/")
	switch {
	case path.IsAbs(named):
		return path.Clean(named)
	case isDrive(named):
		return path.Clean("/" + named)
	default:
		return path.Join(folder, named)
	}
}

var isDrive = regexp.MustCompile(`^[A-Za-z]:/`).MatchString

// excluded gives the patterns that stand in no file of the working tree. Those of the user's own Git are not known here.
func (w *workingTree) excluded() []pattern {
	content, err := w.view.ReadFile(path.Join(w.shared, "info", "exclude"))
	if err != nil {
		return nil
	}
	return parse(content, w.root)
}

// tracks tells whether Git has a file, or any in a folder, all the same: because it was added before, or with --force.
func (w *workingTree) tracks(name string, isFolder bool) bool {
	if w.index == nil {
		w.index = &index{}
		if content, err := w.view.ReadFile(path.Join(w.directory, "index")); err == nil {
			w.index = readIndex(content, w.hashSize())
		}
	}
	relative := strings.TrimPrefix(strings.TrimPrefix(name, w.root), "/")
	if isFolder {
		return w.index.folders[relative]
	}
	return w.index.files[relative]
}

var sha256 = regexp.MustCompile(`(?im)^\s*objectformat\s*=\s*"?sha256\b`)

// hashSize is how many bytes the name of an object has.
func (w *workingTree) hashSize() int {
	content, err := w.view.ReadFile(path.Join(w.shared, "config"))
	if err == nil && sha256.Match(content) {
		return 32
	}
	return 20
}
