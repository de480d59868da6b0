package artifact

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/tree"

	"github.com/fluxcd/pkg/sourceignore"
	"github.com/fluxcd/pkg/sourceignore/gitignore"
)

// HideIgnored lets a render find in a folder what source-controller puts into its artifact: not links, and not what its built-in
// patterns, the files .sourceignore and the source's spec.ignore exclude. The patterns are matched by
// github.com/fluxcd/pkg/sourceignore. root is a real path.
func HideIgnored(view *tree.View, root, ignore string) {
	view.Hide((&contents{view: view, root: root, ignore: ignore, rules: map[string]rules{}}).lacks)
}

// contents are what the artifact of a folder has.
type contents struct {
	view   *tree.View
	root   string
	ignore string
	// rules by folder.
	rules map[string]rules
}

// rules are what applies in a folder.
type rules struct {
	// files are the patterns of the .sourceignore files from the root down to the folder.
	files   []gitignore.Pattern
	matcher gitignore.Matcher
	// include tells that a pattern may take back what another excludes.
	include bool
}

// lacks tells whether the artifact does not have what is found at a path.
func (a *contents) lacks(name string, state *tree.State) bool {
	if name == a.root || !tree.Within(name, a.root) {
		return false
	}
	if state.Kind == tree.Link {
		return true
	}
	applied := a.rulesIn(path.Dir(name))
	if !applied.matcher.Match(strings.Split(name, "/"), state.Kind == tree.Directory) {
		return false
	}
	return state.Kind != tree.Directory || !applied.include || !a.holds(name)
}

// holds tells whether the artifact has anything of a folder that is excluded itself.
func (a *contents) holds(folder string) bool {
	names, _ := a.view.List(folder)
	return slices.ContainsFunc(names, func(name string) bool {
		state, err := a.view.Lstat(path.Join(folder, name))
		return err == nil && !a.lacks(path.Join(folder, name), state)
	})
}

// rulesIn gives the rules for what lies in a folder. Patterns of a .sourceignore file say nothing of what lies outside its
// folder, so the files from the root down to the folder are all that counts.
func (a *contents) rulesIn(folder string) rules {
	if known, ok := a.rules[folder]; ok {
		return known
	}
	var found rules
	if folder == a.root {
		found.include = includes(a.ignore)
	} else {
		found = a.rulesIn(path.Dir(folder))
	}
	if content, err := a.view.ReadFile(path.Join(folder, sourceignore.IgnoreFile)); err == nil {
		found.files = slices.Concat(found.files, sourceignore.ReadPatterns(bytes.NewReader(content), strings.Split(folder, "/")))
		found.include = found.include || includes(string(content))
	}
	domain := strings.Split(a.root, "/")
	given := sourceignore.ReadPatterns(strings.NewReader(a.ignore), domain)
	found.matcher = sourceignore.NewDefaultMatcher(slices.Concat(found.files, given), domain)
	a.rules[folder] = found
	return found
}

// includes tells whether a line begins with an exclamation mark.
func includes(lines string) bool { return strings.Contains("\n"+lines, "\n!") }
