package argocd

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// valueFile is where a source's value file is.
type valueFile struct {
	// place is the file's absolute path, or a pattern of several.
	place string
	// root is the repository that it must lie in; empty for the copy of a remote file.
	root string
	// written is what stands in the source, with variables replaced.
	written string
}

// isPattern tells whether a value file stands for those that match it.
func (f valueFile) isPattern() bool { return strings.ContainsAny(f.written, "*?[") }

// expanded gives the files that patterns stand for. Argo CD has patterns since v3.5: a file that stands beside a pattern by its
// own name keeps its own place in the order, and of several of a name the first counts (getResolvedValueFiles, v3.5.7). Where
// there is no pattern, files are what they are in v3.2.11.
func (w *work) expanded(files []valueFile, ignoreMissing bool) ([]string, error) {
	var named, all []string
	for _, file := range files {
		if !file.isPattern() {
			named = append(named, file.place)
		}
	}
	if len(named) == len(files) {
		return named, nil
	}
	for _, file := range files {
		found := []string{file.place}
		if file.isPattern() {
			var err error
			if found, err = w.matching(file); err != nil {
				return nil, err
			}
			if len(found) == 0 && !ignoreMissing {
				return nil, fmt.Errorf("values file glob %q matched no files", file.written)
			}
			found = slices.DeleteFunc(found, func(place string) bool { return slices.Contains(named, place) })
		}
		for _, place := range found {
			if !slices.Contains(all, place) {
				all = append(all, place)
			}
		}
	}
	return all, nil
}

// matching gives the files of the repository that a pattern matches, sorted.
func (w *work) matching(pattern valueFile) ([]string, error) {
	names, err := doublestar.Glob(w.view.Folder(pattern.root), strings.TrimPrefix(pattern.place, pattern.root+"/"))
	if err != nil {
		return nil, fmt.Errorf("error expanding glob pattern %q: %w", pattern.written, err)
	}
	var places []string
	for _, name := range names {
		place := path.Join(pattern.root, name)
		resolved, _, err := w.view.Resolve(place)
		if err != nil {
			return nil, fmt.Errorf("glob pattern %q: %w", pattern.written, err)
		}
		if resolved != pattern.root && !strings.HasPrefix(resolved, pattern.root+"/") {
			return nil, fmt.Errorf("glob pattern %q: glob match %q resolved to outside repository root", pattern.written, place)
		}
		places = append(places, place)
	}
	return places, nil
}
