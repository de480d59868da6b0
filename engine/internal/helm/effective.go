package helm

import (
	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// EffectiveValues gives the values that the templates see of what Template renders.
func EffectiveValues(view *tree.View, request wire.Template) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	made, err := ValuesOf(view, request, Places{})
	if err != nil {
		return rendered, err
	}
	rendered.YAML = made.YAML
	rendered.Details = wire.ValuesDetails{Charts: []wire.ChartValues{made.Told(0)}}
	return rendered, nil
}

// ValuesOf gives the values that the templates see of what Template renders. They are not checked against schemas: who looks for what is
// wrong wants to see them.
func ValuesOf(view *tree.View, request wire.Template, places Places) (*values.Chart, error) {
	return valuesOf(composition{view: view, request: request, places: places})
}

// InflatedValues does as ValuesOf for what Inflate renders.
func InflatedValues(view *tree.View, first First, request wire.Template) (*values.Chart, error) {
	return valuesOf(composition{view: view, first: first, request: request})
}

func valuesOf(composed composition) (*values.Chart, error) {
	return values.Effective(func(reader *values.Reader) (*chart.Chart, map[string]any, error) {
		again := composed
		again.reader = reader
		if reader != nil {
			again.from = sources{}
		}
		return again.compose()
	}, Process)
}

// Process gives what templates see as .Values. The chart is changed: its dependencies are processed.
func Process(loaded *chart.Chart, given map[string]any) (map[string]any, error) {
	top, err := process(loaded, given, common.ReleaseOptions{}, nil, true)
	if err != nil {
		return nil, err
	}
	switch found := top["Values"].(type) {
	case common.Values:
		return found, nil
	case map[string]any:
		return found, nil
	default:
		return map[string]any{}, nil
	}
}
