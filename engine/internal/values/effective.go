// Package values tells what values a chart is rendered with, and where each of them comes from.
package values

import (
	"slices"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"sigs.k8s.io/yaml"
)

// Composing loads a chart with all that is in it, and puts together what is laid over its values. It is done twice.
type Composing func(reader *Reader) (*chart.Chart, map[string]any, error)

// Processing gives the values that the chart's templates see, those of its sub-charts in them. It may change the chart.
type Processing func(loaded *chart.Chart, values map[string]any) (map[string]any, error)

// Chart is what was told of a chart.
type Chart struct {
	Name    string
	Version string
	YAML    []byte
	Leaves  []wire.ValueLeaf
}

// Told is the chart as it is told of. source is the index of an Application's source.
func (c *Chart) Told(source int) wire.ChartValues {
	return wire.ChartValues{Name: c.Name, Version: c.Version, Source: source, Leaves: c.Leaves}
}

// Effective gives the values that a chart's templates see, as whoever renders it puts them together, and tells of each where it comes from.
//
// Where values come from is told by the same code: it puts them together a second time, with a mark in place of each value.
func Effective(compose Composing, process Processing) (*Chart, error) {
	loaded, given, err := compose(nil)
	if err != nil {
		return nil, err
	}
	made := &Chart{Name: loaded.Name(), Version: loaded.Metadata.Version}
	found, err := process(loaded, given)
	if err != nil {
		return nil, err
	}
	if made.Leaves, err = trace(compose, process, loaded, found); err != nil {
		return nil, err
	}
	made.YAML, err = yaml.Marshal(found)
	return made, err
}

// Tags that switch charts on and off, in place of conditions and tags that are values, and marked.
const (
	on  = "\x00on"
	off = "\x00off"
)

// trace tells where each of the values comes from that were found for a chart, whose dependencies were processed.
func trace(compose Composing, process Processing, processed *chart.Chart, found map[string]any) ([]wire.ValueLeaf, error) {
	var ignored []string // it would be warned of twice
	defer logs.Collect(logs.Leveled, &ignored)()
	reader := &Reader{charts: map[*chart.Chart]layer{}}
	again, given, err := compose(reader)
	if err != nil {
		return nil, err
	}
	layers := reader.of(again, processed, nil)
	for _, made := range reader.layers {
		layers = append(layers, made...)
	}
	slices.Reverse(layers) // the one that wins first
	fixDependencies(again, processed)
	switches, isTable := given["tags"].(map[string]any)
	if !isTable {
		switches = map[string]any{}
		given["tags"] = switches
	}
	switches[on], switches[off] = true, false
	combined, err := process(again, given)
	if err != nil {
		return nil, err
	}
	told := told{reader.marks, layerOf(combined), layers}
	var leaves []wire.ValueLeaf
	eachLeaf(nil, found, func(at []any, value any) { leaves = append(leaves, told.leaf(at, value)) })
	return leaves, nil
}

// of gives the values of a chart and of those in it, the innermost first. processed is the same chart after its dependencies were processed.
func (r *Reader) of(loaded, processed *chart.Chart, at []string) []layer {
	var layers []layer
	for _, child := range loaded.Dependencies() {
		for _, enabled := range processed.Dependencies() {
			if cameFrom(enabled, child, loaded) {
				layers = append(layers, r.of(child, enabled, append(at[:len(at):len(at)], enabled.Name()))...)
			}
		}
	}
	if own, ok := r.charts[loaded]; ok {
		layers = append(layers, own.below(at))
	}
	return layers
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

// fixDependencies switches the dependencies of a chart on and off as they are in the same chart after they were processed.
func fixDependencies(loaded, processed *chart.Chart) {
	for _, dependency := range loaded.Metadata.Dependencies {
		name := dependency.Name
		if dependency.Alias != "" {
			name = dependency.Alias
		}
		dependency.Condition, dependency.Tags = "", []string{off}
		if slices.ContainsFunc(processed.Metadata.Dependencies, func(enabled *chart.Dependency) bool { return enabled.Name == name }) {
			dependency.Tags = []string{on}
		}
	}
	for _, child := range loaded.Dependencies() {
		for _, enabled := range processed.Dependencies() {
			if cameFrom(enabled, child, loaded) {
				fixDependencies(child, enabled)
				break
			}
		}
	}
}
