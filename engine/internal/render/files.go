package render

import (
	"path"
	"path/filepath"

	"drydock/engine/internal/trace"
	"drydock/engine/internal/tree"
)

// files is the file system of one build, which notes the kustomizations that pass through it.
type files struct {
	*tree.View
	// root confines a build for Flux; empty for one that is not confined.
	root string
	// schemaIsOwn: no other build runs, so the schema may be changed.
	schemaIsOwn bool
	read        []readKustomization
	// unfetched are the addresses, as kustomizations write them, of which the host has no copy.
	unfetched []string
	// traced: someone wants to know where things come from.
	traced bool
	// written tells, for the tracer, of a kustomization that a controller wrote; nil for none.
	written *trace.Written
	// tracer is nil for a build that nobody watches.
	tracer *trace.Tracer
	// values are those of the charts that are inflated; nil when nobody wants them.
	values *chartValues
}

// begun gives the files for a build that begins.
func (f *files) begun() *files {
	if f.values != nil {
		*f.values = chartValues{}
	}
	if f.traced {
		f.tracer = trace.New(f.View.ReadFile, f.written)
	}
	return f
}

// Tracer is what kustomize asks for to tell of its steps (engine/_kustomize/internal/target/trace.go); nil for nobody.
func (f *files) Tracer() any {
	if f.tracer == nil {
		return nil
	}
	return f.tracer
}

type readKustomization struct {
	file    string
	content []byte
	*kustomization
}

// wantsOwnSchema is what a build panics with when it meets an openapi field while others run.
type wantsOwnSchema struct{}

// ReadFile is filesys.FileSystem's.
func (f *files) ReadFile(name string) ([]byte, error) {
	if err := f.confine("read", name); err != nil {
		return nil, err
	}
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
		f.read = append(f.read, readKustomization{name, state.Content, parsed})
	}
	if f.tracer != nil {
		f.tracer.FileRead(name, state.Content)
	}
	return state.Content, nil
}

// warnings of all kustomizations, in the order in which they were loaded. kustomize refuses a folder with two kustomization
// files before it warns.
func (f *files) warnings() []string {
	inFolder := map[string]string{}
	ambiguous := map[string]bool{}
	for _, k := range f.read {
		folder := path.Dir(k.file)
		if other, ok := inFolder[folder]; ok && other != k.file {
			ambiguous[folder] = true
		}
		inFolder[folder] = k.file
	}
	var warnings []string
	for _, k := range f.read {
		if !ambiguous[path.Dir(k.file)] {
			warnings = append(warnings, k.warnings...)
		}
	}
	return warnings
}
