package argocd

import (
	"errors"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/helm"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"
)

// EffectiveValues gives the values that the templates see of each source of an Application that Helm renders.
func EffectiveValues(view *tree.View, request wire.Application) (rendered wire.Rendering, err error) {
	r, err := newRendering(view, request)
	if err != nil {
		return rendered, err
	}
	if err := r.check(); err != nil {
		return rendered, err
	}
	var charts []wire.ChartValues
	var documents []string
	for i := range r.sources {
		made, err := r.valuesOf(i)
		if err != nil {
			return rendered, r.inSource(i, err)
		}
		if made != nil {
			charts = append(charts, made.Told(i))
			documents = append(documents, string(made.YAML))
		}
	}
	if charts == nil {
		return rendered, errors.New("none of its sources is rendered by Helm")
	}
	rendered.Warnings = r.warnings
	rendered.Details = wire.ValuesDetails{Charts: charts}
	rendered.YAML = []byte(strings.Join(documents, "---\n"))
	return rendered, nil
}

// valuesOf gives the values of one source; nil when Helm has nothing to do with it.
func (r *rendering) valuesOf(index int) (*values.Chart, error) {
	defer r.view.Keep()()
	work, detail, err := r.prepare(index)
	if err != nil || work == nil || detail.Type != typeHelm {
		return nil, err
	}
	request, err := work.template()
	if err != nil {
		return nil, err
	}
	made, err := helm.ValuesOf(r.view, request, work.places())
	if err != nil {
		return nil, inValues(err)
	}
	return made, nil
}

// places tells where the options for Helm are written: in the files that the source was merged with, or in the Application.
func (w *work) places() helm.Places {
	options := w.source.Helm
	if options == nil {
		options = &v1alpha1.ApplicationSourceHelm{}
	}
	written := w.helmSpots()
	parameters := values.Items(values.Field(written, "parameters"))
	ofParameter := func(i int) wire.ValueOrigin {
		if i >= len(parameters) {
			return wire.ValueOrigin{}
		}
		for _, spots := range [][]values.Spot{values.Field(parameters[i:i+1], "value"), parameters[i : i+1]} {
			if origin := values.Origin(spots); origin != nil {
				return *origin
			}
		}
		return wire.ValueOrigin{}
	}
	return helm.Places{
		Inline: func() []values.Spot {
			if options.ValuesObject != nil && options.ValuesObject.Raw != nil {
				return values.Field(written, "valuesObject")
			}
			lines := values.TextLines(values.Field(written, "values"))
			if lines == nil {
				return nil
			}
			return values.Documents([]byte(options.Values), lines)
		},
		Set:       func(i int) wire.ValueOrigin { return ofParameter(counting(options, false)[i]) },
		SetString: func(i int) wire.ValueOrigin { return ofParameter(counting(options, true)[i]) },
	}
}

// helmSpots gives the spots of the options for Helm, those that count first.
func (w *work) helmSpots() []values.Spot {
	var all []values.Spot
	for _, file := range w.files {
		all = append(values.Document(file.content, values.InFile(w.view.Home(file.file))), all...)
	}
	source := values.Document([]byte(w.request.Object), func(line int) wire.ValueOrigin {
		return wire.ValueOrigin{Kind: wire.OriginObject, Line: line}
	})
	for _, step := range w.at {
		switch step := step.(type) {
		case string:
			source = values.Field(source, step)
		case int:
			items := values.Items(source)
			source = items[min(step, len(items)):min(step+1, len(items))]
		}
	}
	return values.Field(append(all, source...), "helm")
}
