package values

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// Tags that switch charts on and off, in place of conditions and tags that are values, and marked.
const (
	on  = "\x00on"
	off = "\x00off"
)

// trace tells where each of the values comes from that Helm found for a chart, whose dependencies it has processed.
func trace(view *tree.View, request wire.Values, processed *chart.Chart, found map[string]any) ([]wire.ValueLeaf, error) {
	again, err := helm.Load(view, request.Chart)
	if err != nil {
		return nil, err
	}
	var marks marks
	user, over, err := marks.userValues(view, request)
	if err != nil {
		return nil, err
	}
	layers, err := marks.chartValues(view, again, processed, placeOf(view, request.Chart, again), nil)
	if err != nil {
		return nil, err
	}
	layers = append(layers, over...)
	slices.Reverse(layers) // the one that wins first
	fixDependencies(again, processed)
	switches, isTable := user["tags"].(map[string]any)
	if !isTable {
		switches = map[string]any{}
		user["tags"] = switches
	}
	switches[on], switches[off] = true, false
	combined, err := coalesce(again, user)
	if err != nil {
		return nil, err
	}
	told := layerOf(nil, combined)
	var leaves []wire.ValueLeaf
	eachLeaf(nil, found, func(at []any, value any) {
		leaves = append(leaves, leafOf(marks, told, layers, at, value))
	})
	return leaves, nil
}

// leafOf tells where a value comes from. It says nothing when the mark that Helm left there is not this value's.
func leafOf(marks marks, told layer, layers []layer, at []any, value any) wire.ValueLeaf {
	leaf := wire.ValueLeaf{Path: at, Value: value, Overrode: []wire.OverriddenValue{}}
	key := textKey(at)
	winner, ok := told[key]
	if ok && reflect.DeepEqual(marks[winner].value, value) {
		leaf.Origin = &marks[winner].origin
	}
	for _, layer := range layers {
		if other, given := layer[key]; given && (!ok || marks[other].origin != marks[winner].origin) {
			leaf.Overrode = append(leaf.Overrode, wire.OverriddenValue{Value: marks[other].value, Origin: marks[other].origin})
		}
	}
	return leaf
}

func textKey(at []any) string {
	texts := make([]string, len(at))
	for i, step := range at {
		switch step := step.(type) {
		case string:
			texts[i] = step
		case int:
			texts[i] = strconv.Itoa(step)
		}
	}
	return keyOf(texts)
}

// eachLeaf visits what is no table and no list, or an empty one, in the order of the keys.
func eachLeaf(at []any, value any, visit func([]any, any)) {
	here := at[:len(at):len(at)]
	switch inner := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(inner))
		for key := range inner {
			keys = append(keys, key)
		}
		slices.SortFunc(keys, strings.Compare)
		for _, key := range keys {
			eachLeaf(append(here, key), inner[key], visit)
		}
		if len(inner) > 0 || len(at) == 0 {
			return
		}
	case []any:
		for i, item := range inner {
			eachLeaf(append(here, i), item, visit)
		}
		if len(inner) > 0 {
			return
		}
	}
	visit(here, value)
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
