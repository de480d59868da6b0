// Package render builds kustomizations with kustomize's own code.
package render

import (
	"fmt"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/trace"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provenance"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
)

// KustomizeVersion is the version of the command line whose output Build gives. scripts/engine.ts sets it when it builds the
// engine: it stands in the label that `buildMetadata: [managedByLabel]` adds.
func KustomizeVersion() string { return provenance.GetProvenance().Semver() }

var restrictors = map[string]types.LoadRestrictions{
	types.LoadRestrictionsRootOnly.String(): types.LoadRestrictionsRootOnly,
	types.LoadRestrictionsNone.String():     types.LoadRestrictionsNone,
}

// Build renders the kustomization in a directory: what `kustomize build <directory>` (v5.8.2) prints on standard output and on
// standard error. An error has kustomize's words, except for what lies elsewhere and of which the host has no copy.
func Build(view *tree.View, request wire.Build) (wire.Rendering, error) {
	return BuildWritten(view, request, nil)
}

// BuildWritten does as Build with a kustomization that a controller wrote, as the trace is to tell.
func BuildWritten(view *tree.View, request wire.Build, written *trace.Written) (rendered wire.Rendering, err error) {
	options, err := optionsOf(request)
	if err != nil {
		return rendered, err
	}
	return buildTraced(files{View: view, traced: request.Trace, written: written}, request.Directory, options, resmap.ResMap.AsYaml)
}

func optionsOf(request wire.Build) (*krusty.Options, error) {
	restrictions, ok := restrictors[request.LoadRestrictor]
	if !ok {
		return nil, fmt.Errorf("unknown load restrictor %q", request.LoadRestrictor)
	}
	options := krusty.MakeDefaultOptions() // no plugins
	options.Reorder = krusty.ReorderOptionUnspecified
	options.LoadRestrictions = restrictions
	options.PluginConfig.HelmConfig = helmConfig(request)
	return options, nil
}

// buildTraced builds, and once more without a tracer when that fails: the tracer only looks on, but an error may tell of what it has
// made of the resources.
func buildTraced(fs files, directory string, options *krusty.Options, then func(resmap.ResMap) ([]byte, error)) (wire.Rendering, error) {
	rendered, err := build(fs, directory, options, then)
	if fs.traced && err != nil {
		fs.traced = false
		return build(fs, directory, options, then)
	}
	return rendered, err
}

// build runs kustomize on a directory of fs, beside other builds when it may.
func build(fs files, directory string, options *krusty.Options, then func(resmap.ResMap) ([]byte, error)) (rendered wire.Rendering, err error) {
	done := false
	WithSharedSchema(func() {
		defer func() {
			if cause := recover(); cause != nil && cause != any(wantsOwnSchema{}) {
				panic(cause)
			}
		}()
		rendered, err = run(fs.begun(), directory, options, then)
		done = true
	})
	if done {
		return rendered, err
	}
	again := files{View: fs.View, root: fs.root, schemaIsOwn: true, traced: fs.traced, written: fs.written, values: fs.values}
	withOwnSchema(func() {
		if again.root != "" {
			loadSchema()
		}
		rendered, err = run(again.begun(), directory, options, then)
	})
	return rendered, err
}

func run(fs *files, directory string, options *krusty.Options, then func(resmap.ResMap) ([]byte, error)) (wire.Rendering, error) {
	var logged []string
	defer logs.Collect(logs.Plain, &logged)()
	defer letInflate(fs, &options.PluginConfig.HelmConfig)()
	resources, err := krusty.MakeKustomizer(options).Run(fs, directory)
	var yaml []byte
	var told *wire.Trace
	if err == nil {
		if fs.tracer != nil {
			told = fs.tracer.Report(resources)
		}
		yaml, err = then(resources)
	}
	if err != nil {
		err = fs.notFetched(err)
	}
	rendered := wire.Rendering{YAML: yaml, Warnings: append(fs.warnings(), logged...)}
	if err == nil {
		rendered.Trace = told
	}
	return rendered, err
}
