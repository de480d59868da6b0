package tree

import (
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/wire"
)

// Source gives the path of the host's copy of a source; the error is a *wire.NotFetched when there is none.
func (v *View) Source(source wire.Source) (string, error) {
	resolved, _, err := v.Resolve(source.Place())
	if err == nil {
		v.copies = append(v.copies, resolved)
		return resolved, nil
	}
	if !slices.Contains(v.missing, source) {
		v.missing = append(v.missing, source)
	}
	return "", &wire.NotFetched{Source: source}
}

// Found takes back that a source was missed: what it stands for was found in another one.
func (v *View) Found(source wire.Source) {
	v.missing = slices.DeleteFunc(v.missing, func(missing wire.Source) bool { return missing == source })
}

// Missing are the sources that were asked for in vain.
func (v *View) Missing() []wire.Source { return v.missing }

// IsCopied tells whether a real path is, or lies in, a copy that Source gave.
func (v *View) IsCopied(name string) bool {
	return slices.ContainsFunc(v.copies, func(copied string) bool { return Within(name, copied) })
}

// Unpacked notes that what is put into a folder is out of a package.
func (v *View) Unpacked(folder, pkg string) { v.unpacked[folder] = pkg }

// Copied notes that what was put at a path is a copy of what another path leads to. What lies below it is at the same place below that.
func (v *View) Copied(name, from string) { v.homes[name] = from }

// Made notes that what was put at a path is made of several files, the last of which another path leads to.
func (v *View) Made(name, last string) {
	v.homes[name] = last
	v.merged[name] = true
}

// IsMade tells whether the content at a path is that of no file that people know.
func (v *View) IsMade(name string) bool {
	from, copied := v.homes[name]
	return v.merged[name] || copied && v.IsMade(from)
}

// Home gives the path by which people know a file: one that was put here out of a package has the package's, "!/", and its path in that;
// a copy has that of what it was copied from.
func (v *View) Home(name string) string {
	for at := name; at != "/" && at != "."; at = path.Dir(at) {
		below := strings.TrimPrefix(name, at)
		if from, ok := v.homes[at]; ok {
			return v.Home(from + below)
		}
		if pkg, ok := v.unpacked[at]; ok && below != "" {
			return v.Home(pkg) + "!" + below
		}
	}
	return name
}
