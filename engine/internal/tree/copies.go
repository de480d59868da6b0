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

// Home gives the path by which people know a file: one that was put here out of a package has the package's, "!/", and its path in that.
func (v *View) Home(name string) string {
	for folder := path.Dir(name); folder != "/" && folder != "."; folder = path.Dir(folder) {
		if pkg, ok := v.unpacked[folder]; ok {
			return pkg + "!/" + strings.TrimPrefix(name, folder+"/")
		}
	}
	return name
}
