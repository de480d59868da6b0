package values

import (
	"path"
	"strconv"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/strvals"
	"sigs.k8s.io/yaml"
)

// layer is where values were given: marks by their path from the root of the values.
type layer map[string]mark

// flatten adds the marks in a value to a layer.
func (l layer) flatten(at []string, value any) {
	switch value := value.(type) {
	case mark:
		l[keyOf(at)] = value
	case map[string]any:
		for key, inner := range value {
			l.flatten(append(at[:len(at):len(at)], key), inner)
		}
	case []any:
		for i, inner := range value {
			l.flatten(append(at[:len(at):len(at)], strconv.Itoa(i)), inner)
		}
	}
}

func layerOf(at []string, value any) layer {
	made := layer{}
	made.flatten(at, value)
	return made
}

// userValues puts the user's values together as helm.MergeValues does, marked. Layers begin with the one that others are laid over.
func (m *marks) userValues(view *tree.View, request wire.Values) (map[string]any, []layer, error) {
	merged := map[string]any{}
	var layers []layer
	lay := func(content []byte, origin wire.ValueOrigin) error {
		values, err := m.of(content, origin)
		if err != nil {
			return err
		}
		layers = append(layers, layerOf(nil, values))
		merged = loader.MergeMaps(merged, values)
		return nil
	}
	for _, file := range request.ValueFiles {
		content, err := view.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		if err := lay(content, wire.ValueOrigin{Kind: wire.OriginFile, File: file}); err != nil {
			return nil, nil, err
		}
	}
	if err := lay([]byte(request.Values), wire.ValueOrigin{Kind: wire.OriginInline}); err != nil {
		return nil, nil, err
	}
	single := func(kind string, entries []string, parse func(string, map[string]any) error) error {
		for i, entry := range entries {
			if err := parse(entry, merged); err != nil {
				return err
			}
			before := len(*m)
			m.markNew(merged, wire.ValueOrigin{Kind: kind, Index: &i})
			all, made := layerOf(nil, merged), layer{}
			for at, found := range all {
				if int(found) >= before {
					made[at] = found
				}
			}
			layers = append(layers, made)
		}
		return nil
	}
	if err := single(wire.OriginSet, request.Set, strvals.ParseInto); err != nil {
		return nil, nil, err
	}
	return merged, layers, single(wire.OriginSetString, request.SetString, strvals.ParseIntoString)
}

// chartValues marks the values of a chart and of those in it. place is where the chart is. processed is the same chart after its
// dependencies were processed; layers begin with the innermost charts.
func (m *marks) chartValues(view *tree.View, loaded, processed *chart.Chart, place wire.ValueOrigin, at []string) ([]layer, error) {
	var layers []layer
	for _, child := range loaded.Dependencies() {
		for _, enabled := range processed.Dependencies() {
			if !cameFrom(enabled, child, loaded) {
				continue
			}
			inner, err := m.chartValues(view, child, enabled, inside(view, place, child), append(at[:len(at):len(at)], enabled.Name()))
			if err != nil {
				return nil, err
			}
			layers = append(layers, inner...)
		}
	}
	for _, file := range loaded.Raw {
		if file.Name != chartutil.ValuesfileName {
			continue
		}
		values, err := m.of(file.Data, valuesIn(place))
		if err != nil {
			return nil, err
		}
		loaded.Values = values
		layers = append(layers, layerOf(at, values))
	}
	return layers, nil
}

// cameFrom tells whether a processed dependency, which may have an alias, is a chart of the parent's.
func cameFrom(enabled, child, parent *chart.Chart) bool {
	if enabled.Name() == child.Name() {
		return enabled.Metadata.Version == child.Metadata.Version
	}
	for _, dependency := range parent.Metadata.Dependencies {
		if dependency.Alias == enabled.Name() && dependency.Name == child.Name() {
			return enabled.Metadata.Version == child.Metadata.Version
		}
	}
	return false
}

// valuesIn gives the values.yaml of the chart at a place.
func valuesIn(place wire.ValueOrigin) wire.ValueOrigin {
	if place.Kind == wire.OriginPackage {
		place.Member = path.Join(place.Member, chartutil.ValuesfileName)
		return place
	}
	place.File = path.Join(place.File, chartutil.ValuesfileName)
	return place
}

// placeOf gives where a chart is: its folder, or its package with the folder in it.
func placeOf(view *tree.View, chartPath string, loaded *chart.Chart) wire.ValueOrigin {
	if _, state, err := view.Resolve(chartPath); err == nil && state.Kind != tree.Directory {
		return wire.ValueOrigin{Kind: wire.OriginPackage, File: chartPath, Member: loaded.Name()}
	}
	return wire.ValueOrigin{Kind: wire.OriginFile, File: chartPath}
}

// inside gives where a chart in charts/ is. Its folder may have another name than the chart.
func inside(view *tree.View, place wire.ValueOrigin, child *chart.Chart) wire.ValueOrigin {
	if place.Kind == wire.OriginPackage {
		place.Member = path.Join(place.Member, "charts", child.Name())
		return place
	}
	folder := path.Join(place.File, "charts")
	names, _ := view.List(folder) // Helm found the chart there, so it is there
	for _, name := range names {
		at := path.Join(folder, name)
		if strings.HasSuffix(name, ".tgz") && strings.HasPrefix(name, child.Name()+"-"+child.Metadata.Version) {
			return wire.ValueOrigin{Kind: wire.OriginPackage, File: at, Member: child.Name()}
		}
		if content, err := view.ReadFile(path.Join(at, "Chart.yaml")); err == nil && isChart(content, child) {
			return wire.ValueOrigin{Kind: wire.OriginFile, File: at}
		}
	}
	return wire.ValueOrigin{Kind: wire.OriginFile, File: path.Join(folder, child.Name())}
}

func isChart(metadata []byte, wanted *chart.Chart) bool {
	var found chart.Metadata
	return yaml.Unmarshal(metadata, &found) == nil && found.Name == wanted.Name() && found.Version == wanted.Metadata.Version
}
