package helmrelease

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"sigs.k8s.io/yaml"
)

// errNoFile is why a values file may be ignored.
var errNoFile = errors.New("no values file found")

// mergeValuesFiles merges the values files of a chart, the later over the earlier.
func mergeValuesFiles(spec chartSpec, read func(name string) (map[string]any, error)) (map[string]any, error) {
	merged := map[string]any{}
	for _, name := range spec.ValuesFiles {
		given, err := read(name)
		if spec.IgnoreMissingValuesFiles && errors.Is(err, errNoFile) {
			continue
		}
		if err != nil {
			return nil, err
		}
		merged = loader.MergeMaps(merged, given)
	}
	return merged, nil
}

// rootValues reads a values file by its path in the folder of the source, as source-controller v1.9 does
// (internal/helm/chart/builder_local.go, mergeFileValues). No path leads out of the folder.
func rootValues(view *tree.View, root, name string, reader *values.Reader) (map[string]any, error) {
	inRoot := path.Join("/", name)
	place, state, err := view.Resolve(path.Join(root, inRoot))
	folder, _, rootErr := view.Resolve(root)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w at path '%s' (reference '%s')", errNoFile, inRoot, name)
	case rootErr != nil || !strings.HasPrefix(place, folder+"/") || state.Kind != tree.File:
		return nil, fmt.Errorf("no values file found at path '%s' (reference '%s')", inRoot, name)
	}
	content, err := view.ReadFile(place)
	if err != nil {
		return nil, fmt.Errorf("could not read values from file '%s': %w", name, err)
	}
	return parseValues(name, content, view.Home(place), reader)
}

// packedValues reads a values file of a package, as source-controller v1.9 does (internal/helm/chart/builder_remote.go,
// mergeChartValues). keep is called when the chart's own values are asked for.
func packedValues(loaded *chart.Chart, name string, tracing *helm.Tracing, reader *values.Reader, keep func()) (map[string]any, error) {
	clean := path.Clean(name)
	if clean == chartutil.ValuesfileName {
		keep()
		return loaded.Values, nil
	}
	for _, file := range loaded.Files {
		if file.Name == clean {
			return parseValues(name, file.Data, tracing.Of(file.Data), reader)
		}
	}
	return nil, fmt.Errorf("%w at path '%s'", errNoFile, name)
}

func parseValues(name string, content []byte, place string, reader *values.Reader) (map[string]any, error) {
	return reader.Read(values.Text{
		Rank: values.OfChart, Content: content,
		Parse: func(content []byte) (map[string]any, error) {
			parsed := map[string]any{}
			if err := yaml.Unmarshal(content, &parsed); err != nil {
				return nil, fmt.Errorf("unmarshaling values from '%s' failed: %w", name, err)
			}
			return parsed, nil
		},
		Spots: func() []values.Spot { return values.Document(content, values.InFile(place)) },
	})
}
