package applicationset

import (
	"fmt"
	"path"
	"strings"

	"drydock/engine/internal/gitfiles"
)

// pathspec is a pattern as `git ls-files` takes it: a file, a folder with all that is in it, or a glob over the whole path, in
// which * and ? stand for slashes too (gitglossary(7), pathspec).
type pathspec struct {
	pattern string
	// folder is the one that everything that matches lies in.
	folder string
}

func newPathspec(pattern string) (pathspec, error) {
	if strings.HasPrefix(pattern, ":") {
		return pathspec{}, fmt.Errorf("%s: Git's pathspec magic is not supported here; write the pattern without it", pattern)
	}
	trailing := strings.HasSuffix(pattern, "/")
	cleaned := path.Clean(pattern)
	if path.IsAbs(cleaned) || cleaned == ".." || strings.HasPrefix(cleaned, "../") {
		return pathspec{}, fmt.Errorf("%s is outside repository", pattern)
	}
	if cleaned == "." {
		return pathspec{}, nil
	}
	literal := cleaned
	if special := strings.IndexAny(cleaned, `*?[\`); special >= 0 {
		literal = cleaned[:special]
	}
	folder := ""
	if slash := strings.LastIndex(literal, "/"); slash >= 0 {
		folder = literal[:slash]
	}
	if trailing {
		cleaned += "/"
	}
	return pathspec{cleaned, folder}, nil
}

// leadsTo tells whether a path below the folder can match, or one below it.
func (p pathspec) leadsTo(name string) bool {
	if strings.ContainsAny(p.pattern, `*?[\`) || p.pattern == "" {
		return true
	}
	wanted := strings.TrimSuffix(p.pattern, "/")
	return name == wanted || strings.HasPrefix(name, wanted+"/")
}

// matches tells whether a file matches.
func (p pathspec) matches(file string) bool {
	switch {
	case p.pattern == "", file == p.pattern:
		return true
	case strings.HasPrefix(file, strings.TrimSuffix(p.pattern, "/")+"/"):
		return true
	default:
		return strings.ContainsAny(p.pattern, `*?[\`) && gitfiles.Wildmatch(p.pattern, file)
	}
}
