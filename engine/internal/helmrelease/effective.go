package helmrelease

import (
	"drydock/engine/internal/helm"
	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// EffectiveValues gives the values that the templates see of what Render installs.
func EffectiveValues(view *tree.View, request wire.HelmRelease) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	parsed, err := parse(request.Object)
	if err != nil {
		return rendered, err
	}
	composing := func(reader *values.Reader) (*chart.Chart, map[string]any, error) {
		var tracing *helm.Tracing
		if reader != nil {
			tracing = helm.NewTracing()
		}
		return compose(view, request, parsed, tracing, reader)
	}
	made, err := values.Effective(composing, func(loaded *chart.Chart, given map[string]any) (map[string]any, error) {
		if err := processForDefinitions(parsed, loaded, given); err != nil {
			return nil, err
		}
		return helm.Process(loaded, given)
	})
	if err != nil {
		return rendered, err
	}
	rendered.YAML = made.YAML
	rendered.Details = wire.ValuesDetails{Charts: []wire.ChartValues{made.Told(0)}}
	return rendered, nil
}
