package helmrelease

import (
	"fmt"
	"path"
	"slices"

	"drydock/engine/internal/artifact"
	"drydock/engine/internal/helm"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// loadChart gives the chart as source-controller v1.9 packs it (internal/helm/chart): with the dependencies that it lacks, and
// with the values files in place of its own values.
//
// Two things are left out that only a cluster knows: a chart that valuesFiles change has "+<generation of the HelmChart>" after its
// version, one of an OCIRepository "+<digest>".
func loadChart(view *tree.View, request wire.HelmRelease, spec chartSpec, tracing *helm.Tracing, reader *values.Reader) (*chart.Chart, error) {
	place, root, err := findChart(view, request, spec)
	if err != nil {
		return nil, err
	}
	loaded, err := tracing.Load(view, place)
	if err != nil {
		return nil, err
	}
	if request.Artifact == nil { // helm-controller takes that as it is
		if err := tracing.CompleteDependencies(view, loaded, place, root); err != nil {
			return nil, err
		}
	}
	reader.Chart(loaded, tracing.Of)
	if len(spec.ValuesFiles) == 0 {
		return loaded, nil
	}
	keep := reader.Replace(loaded)
	merged, err := mergeValuesFiles(spec, func(name string) (map[string]any, error) {
		if root == "" {
			return packedValues(loaded, name, tracing, reader, keep)
		}
		return rootValues(view, root, name, reader)
	})
	if err != nil {
		return nil, fmt.Errorf("failed to merge chart values: %w", err)
	}
	isValues := func(file *common.File) bool { return file.Name == chartutil.ValuesfileName }
	if !slices.ContainsFunc(loaded.Raw, isValues) {
		return nil, fmt.Errorf("failed to locate values file: %s", chartutil.ValuesfileName)
	}
	loaded.Values = merged
	return loaded, nil
}

// findChart gives the place of the chart, and the folder that its source stands for; empty for a package of its own.
func findChart(view *tree.View, request wire.HelmRelease, spec chartSpec) (place, root string, err error) {
	if request.Artifact != nil {
		place, err = chartIn(view, *request.Artifact)
		return place, "", err
	}
	if request.Source == nil {
		if _, _, err := view.Resolve(request.Chart); err != nil {
			return "", "", fmt.Errorf("path %q not found", request.Chart)
		}
		return request.Chart, request.Root, nil
	}
	copied, err := view.Source(*request.Source)
	if err != nil {
		return "", "", err
	}
	if request.Source.Kind != wire.SourceGit {
		return copied, "", nil
	}
	place = path.Join(copied, path.Join("/", spec.Chart)) // never above the copy
	if _, _, err := view.Resolve(place); err != nil {
		return "", "", fmt.Errorf("path %q not found in %s", spec.Chart, request.Source)
	}
	return place, copied, nil
}

// chartIn gives the chart's folder in an artifact. helm-controller loads the artifact as a package, of which Helm takes what lies in a folder.
func chartIn(view *tree.View, of wire.ExternalArtifact) (string, error) {
	root, err := artifact.Open(view, wire.FluxSource{Artifact: &of})
	if err != nil {
		return "", err
	}
	names, err := view.List(root)
	if err != nil {
		return "", err
	}
	for _, name := range names {
		if state, err := view.Lstat(path.Join(root, name)); err == nil && state.Kind != tree.Directory {
			return "", fmt.Errorf("chart illegally contains content outside the base directory: %q", name) // Helm's words
		}
	}
	if len(names) != 1 {
		return "", fmt.Errorf("ExternalArtifact %s has %d folders, and a chart's package has one, with the chart in it", of.Name, len(names))
	}
	return path.Join(root, names[0]), nil
}
