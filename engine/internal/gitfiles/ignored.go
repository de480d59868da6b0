// Package gitfiles knows what Git has, or would commit, of a working tree: all but what it ignores (gitignore(5)).
//
// Git's own code is C. What stands here is small, and test/fidelity compares it with `git ls-files`; of the libraries for Go that
// match such patterns none takes back, or negates, as Git does.
package gitfiles

import (
	"path"
	"slices"

	"drydock/engine/internal/tree"
)

// Ignored are the files that Git ignores in some working trees.
type Ignored struct {
	view  *tree.View
	roots []string
	// known by folder.
	known map[string]*folder
}

// folder is what counts in a folder.
type folder struct {
	// tree is the innermost working tree that holds the folder.
	tree *workingTree
	// patterns are those of the working tree and of the .gitignore files from its top folder down, the strongest last.
	patterns []pattern
	// ignored tells that the folder is: what lies in it can't be taken back, and is there only when it is tracked.
	ignored bool
}

// Hide lets a render find nothing where a file lies that Git ignores, in the working trees that In names.
func Hide(view *tree.View) *Ignored {
	ignored := &Ignored{view: view, known: map[string]*folder{}}
	view.Hide(ignored.has)
	return ignored
}

// In adds a working tree, by the real path of its top folder. A folder without .git is no working tree: nothing is ignored in it.
func (i *Ignored) In(root string) {
	if !slices.Contains(i.roots, root) {
		i.roots = append(i.roots, root)
	}
}

// has tells whether what is found at a path is ignored, and not tracked all the same.
func (i *Ignored) has(name string, state *tree.State) bool {
	within := func(root string) bool { return name != root && tree.Within(name, root) }
	if path.Base(name) == ".git" || !slices.ContainsFunc(i.roots, within) {
		return false
	}
	in := i.folder(path.Dir(name))
	return in.ignores(name, state.Kind == tree.Directory) && !in.tree.tracks(name, state.Kind == tree.Directory)
}

// folder gives what counts in a folder of one of the working trees.
func (i *Ignored) folder(at string) *folder {
	if known, ok := i.known[at]; ok {
		return known
	}
	found := &folder{}
	if own := workingTreeAt(i.view, at); own != nil {
		found.tree, found.patterns = own, own.excluded() // a submodule's files are its own business
	} else if !slices.Contains(i.roots, at) {
		above := i.folder(path.Dir(at))
		found.tree, found.patterns, found.ignored = above.tree, above.patterns, above.ignores(at, true)
	}
	if found.tree != nil {
		if content, err := i.view.ReadFile(path.Join(at, ".gitignore")); err == nil {
			found.patterns = slices.Concat(found.patterns, parse(content, at))
		}
	}
	i.known[at] = found
	return found
}

func (f *folder) ignores(name string, isFolder bool) bool {
	return f.tree != nil && (f.ignored || ignores(f.patterns, name, isFolder))
}
