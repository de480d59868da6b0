// Package values tells what values a chart is rendered with, and where each of them comes from.
package values

import (
	"drydock/engine/internal/helm"
	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"sigs.k8s.io/yaml"
)

// Effective gives the values that a chart's templates see, those of its sub-charts in them, as Helm v4.2.4 puts them together, and
// tells of each where it comes from. They are not checked against schemas: who looks for what is wrong wants to see them.
//
// Where values come from is told by Helm too: it puts them together a second time, with a mark in place of each value.
func Effective(view *tree.View, request wire.Values) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	given := wire.Template{
		Chart: request.Chart, ValueFiles: request.ValueFiles, Values: request.Values, Set: request.Set, SetString: request.SetString,
	}
	user, err := helm.MergeValues(view, nil, given)
	if err != nil {
		return rendered, err
	}
	loaded, err := helm.Load(view, request.Chart)
	if err != nil {
		return rendered, err
	}
	found, err := coalesce(loaded, user)
	if err != nil {
		return rendered, err
	}
	warnings := rendered.Warnings // the second time would warn again
	leaves, err := trace(view, request, loaded, found)
	rendered.Warnings = warnings
	if err != nil {
		return rendered, err
	}
	rendered.Details = wire.ValuesDetails{Leaves: leaves}
	rendered.YAML, err = yaml.Marshal(found)
	return rendered, err
}

// coalesce processes a chart's dependencies, which changes the chart, and gives what its templates see as .Values.
func coalesce(loaded *chart.Chart, user map[string]any) (map[string]any, error) {
	if err := chartutil.ProcessDependencies(loaded, user); err != nil {
		return nil, err
	}
	top, err := commonutil.ToRenderValuesWithSchemaValidation(loaded, user, common.ReleaseOptions{}, nil, true)
	if err != nil {
		return nil, err
	}
	switch values := top["Values"].(type) {
	case common.Values:
		return values, nil
	case map[string]any:
		return values, nil
	default:
		return map[string]any{}, nil
	}
}
