package wire

import (
	"fmt"
	"net/url"
	"strings"
)

// Kinds of sources.
const (
	// SourceGit is a Git repository at a revision (a branch, tag or commit; empty for the default branch), with its submodules. It
	// is a folder.
	SourceGit = "git"
	// SourceGitAlone is a Git repository without its submodules. It is a folder.
	SourceGitAlone = "git-alone"
	// SourceFile is what an http(s) URL answers. It is a file.
	SourceFile = "file"
	// SourceChart is a chart of a chart repository: the repository's URL, the chart's name, and a version or range. It is a package.
	SourceChart = "chart"
	// SourceOCI is a chart of an OCI registry: oci://host/path without the chart's name, the name, and a version or range. It is a package.
	SourceOCI = "oci"
)

// Source names something that lies elsewhere, and that the host may have a copy of.
type Source struct {
	Kind     string `json:"kind"`
	URL      string `json:"url"`
	Name     string `json:"name"`
	Revision string `json:"revision"`
}

// Place is where the host is asked for the copy: a path that is a link to it, or absent. server/src/engine/source.ts reads it.
func (s Source) Place() string {
	parts := append([]string{s.Kind, s.Revision, s.Name}, strings.Split(s.URL, "/")...)
	for i, part := range parts {
		if parts[i] = url.PathEscape(part); part == "" || part == "." || part == ".." {
			parts[i] = "%" + part
		}
	}
	return "/.drydock/" + strings.Join(parts, "/") + "/@"
}

// RevisionPlace is where the host is asked what its copy is: a file with the commit, for a Git repository; or absent.
func (s Source) RevisionPlace() string { return s.Place() + "revision" }

// String is the source for people.
func (s Source) String() string {
	switch {
	case s.Name != "" && s.Revision != "":
		return fmt.Sprintf("chart %s %s of %s", s.Name, s.Revision, s.URL)
	case s.Name != "":
		return fmt.Sprintf("chart %s of %s", s.Name, s.URL)
	case s.Revision != "":
		return fmt.Sprintf("%s at %s", s.URL, s.Revision)
	default:
		return s.URL
	}
}

// NotFetched is why a render can't go on without a source.
type NotFetched struct{ Source Source }

func (e *NotFetched) Error() string { return "not fetched: " + e.Source.String() }
