// Package render builds kustomizations with kustomize's own code.
package render

import (
	"fmt"
	"strings"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provenance"
	"sigs.k8s.io/kustomize/api/types"
)

// KustomizeVersion is the version of the command line whose output Build gives. scripts/engine.ts sets it when it builds the
// engine: it stands in the label that `buildMetadata: [managedByLabel]` adds.
func KustomizeVersion() string { return provenance.GetProvenance().Semver() }

// Build renders the kustomization in a directory: what `kustomize build <directory>` (v5.8.2) prints on standard output and on
// standard error. An error has kustomize's words, except for remote resources, which are never fetched.
func Build(view *tree.View, directory string, restrictions types.LoadRestrictions) (yaml []byte, warnings []string, err error) {
	fs := &files{View: view}
	done := false
	withSharedSchema(func() {
		defer func() {
			if cause := recover(); cause != nil && cause != any(wantsOwnSchema{}) {
				panic(cause)
			}
		}()
		yaml, warnings, err = run(fs, directory, restrictions)
		done = true
	})
	if done {
		return yaml, warnings, err
	}
	withOwnSchema(func() {
		fs = &files{View: view, schemaIsOwn: true}
		yaml, warnings, err = run(fs, directory, restrictions)
	})
	return yaml, warnings, err
}

func run(fs *files, directory string, restrictions types.LoadRestrictions) (yaml []byte, warnings []string, err error) {
	options := krusty.MakeDefaultOptions() // no plugins, no Helm
	options.Reorder = krusty.ReorderOptionUnspecified
	options.LoadRestrictions = restrictions

	var logged []string
	defer logs.Collect(logs.Plain, &logged)()
	resources, err := krusty.MakeKustomizer(options).Run(fs, directory)
	if err == nil {
		yaml, err = resources.AsYaml()
	}
	if err != nil && triedOutside(err) {
		err = fs.remoteError(err)
	}
	return yaml, append(fs.warnings(), logged...), err
}

// remoteError says in a sentence what kustomize says in nested failures of git and of every way to read an URL as a path.
func (f *files) remoteError(err error) error {
	var places []string
	for _, k := range f.read {
		for _, entry := range k.remotes {
			places = append(places, fmt.Sprintf("'%s' in %s", entry, k.file))
		}
	}
	if len(places) == 0 {
		return fmt.Errorf("remote resources are not fetched: %w", err)
	}
	return fmt.Errorf("remote resources are not fetched: %s", strings.Join(places, ", "))
}
