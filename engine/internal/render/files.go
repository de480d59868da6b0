package render

import (
	"path"
	"path/filepath"

	"drydock/engine/internal/tree"
)

// files is the file system of one build, which notes the kustomizations that pass through it.
type files struct {
	*tree.View
	// schemaIsOwn: no other build runs, so the schema may be changed.
	schemaIsOwn bool
	read        []readKustomization
}

type readKustomization struct {
	file string
	*kustomization
}

// wantsOwnSchema is what a build panics with when it meets an openapi field while others run.
type wantsOwnSchema struct{}

// ReadFile is filesys.FileSystem's.
func (f *files) ReadFile(name string) ([]byte, error) {
	state, err := f.Read(name)
	if err != nil {
		return nil, err
	}
	name = filepath.ToSlash(name)
	if isKustomizationFile(name) {
		parsed := state.Derived(parseKustomization).(*kustomization)
		if parsed.ownSchema && !f.schemaIsOwn {
			panic(wantsOwnSchema{})
		}
		f.read = append(f.read, readKustomization{name, parsed})
	}
	return state.Content, nil
}

// warnings of all kustomizations, in the order in which they were loaded. A folder with two kustomization files is refused
// before its warnings are printed.
func (f *files) warnings() []string {
	var warnings []string
	for i, k := range f.read {
		ambiguous := i+1 < len(f.read) && path.Dir(f.read[i+1].file) == path.Dir(k.file) && f.read[i+1].file != k.file ||
			i > 0 && path.Dir(f.read[i-1].file) == path.Dir(k.file) && f.read[i-1].file != k.file
		if !ambiguous {
			warnings = append(warnings, k.warnings...)
		}
	}
	return warnings
}
