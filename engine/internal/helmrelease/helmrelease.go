// Package helmrelease renders what Flux's helm-controller installs for a HelmRelease.
package helmrelease

import (
	"drydock/engine/internal/artifact"
	"drydock/engine/internal/helm"
	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// Render gives what helm-controller v1.6.4 installs first for a HelmRelease, laid out as `helm template` lays it out: custom resource
// definitions, manifests, hooks (those of tests too), each under the name of its file. Hooks that spec.install disables are
// left out, and so are the namespace that createNamespace makes and the annotations that Helm marks its objects with when it
// applies them. Errors are in the words of the controllers and of Helm.
func Render(view *tree.View, request wire.HelmRelease) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	parsed, err := parse(request.Object)
	if err != nil {
		return rendered, err
	}
	details := wire.HelmReleaseDetails{
		Release:          releaseName(parsed),
		Namespace:        orOwnNamespace(parsed, parsed.Spec.TargetNamespace),
		StorageNamespace: orOwnNamespace(parsed, parsed.Spec.StorageNamespace),
	}
	follow := newFollowing(request)
	rendered.YAML, rendered.Trace, err = renderObject(view, request, parsed, &details, follow)
	rendered.Details = details
	if request.Artifact != nil {
		err = artifact.NameHomes(view, &rendered, err)
	}
	return rendered, err
}

func renderObject(view *tree.View, request wire.HelmRelease, parsed *object, details *wire.HelmReleaseDetails, follow *following) ([]byte, *wire.Trace, error) {
	capabilities, err := helm.Capabilities(request.KubeVersion, request.APIVersions)
	if err != nil {
		return nil, nil, err
	}
	loaded, given, err := compose(view, request, parsed, follow.tracer(), nil)
	if err != nil {
		return nil, nil, err
	}
	details.Chart, details.Version = loaded.Name(), loaded.Metadata.Version

	installing := parsed.Spec.Install
	var labels map[string]string
	if request.OriginLabels {
		labels = map[string]string{group + "/name": parsed.Metadata.Name, group + "/namespace": parsed.Metadata.Namespace}
	}
	if err := processForDefinitions(parsed, loaded, given); err != nil {
		return nil, nil, err
	}
	found := loaded.CRDObjects()
	crds, err := crdsOf(found, installing.CRDs, labels)
	if err != nil {
		return nil, nil, err
	}
	made, err := helm.Install(loaded, given, capabilities, helm.Options{
		Release:              details.Release,
		Namespace:            details.Namespace,
		SkipSchemaValidation: installing.DisableSchemaValidation,
		Tracing:              follow.tracer(),
		Change: func(files map[string]string) (map[string]string, error) {
			follow.templates(files)
			return postRender(files, parsed.Spec.PostRenderStrategy, func(manifests string) (string, error) {
				return renderManifests(parsed, labels, manifests, follow)
			})
		},
	})
	if err != nil {
		return nil, nil, err
	}
	made.CRDs = crds
	if installing.DisableHooks {
		made.Hooks = nil
	}
	if follow == nil {
		return made.Print(), nil, nil
	}
	return made.Print(), follow.printed(made, found, labels), nil
}

// compose gives the chart and the values to be laid over its own.
func compose(view *tree.View, request wire.HelmRelease, parsed *object, tracing *helm.Tracing, reader *values.Reader) (*chart.Chart, map[string]any, error) {
	known, err := readSources(request.Objects, parsed)
	if err != nil {
		return nil, nil, err
	}
	given, err := valuesOf(request.Object, parsed, known, reader)
	if err != nil {
		return nil, nil, err
	}
	spec, err := chartSpecOf(parsed, request.ChartObject)
	if err != nil {
		return nil, nil, err
	}
	loaded, err := loadChart(view, request, spec, tracing, reader)
	return loaded, given, err
}

// processForDefinitions processes the chart's dependencies, which helm-controller does for custom resource definitions, and Helm again for
// the rest.
func processForDefinitions(parsed *object, loaded *chart.Chart, given map[string]any) error {
	if parsed.Spec.Install.CRDs == crdsSkip || len(loaded.CRDObjects()) == 0 {
		return nil
	}
	return chartutil.ProcessDependencies(loaded, given)
}
