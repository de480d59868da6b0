package values

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"drydock/engine/internal/wire"
)

// told is what marks tell after values were put together with them.
type told struct {
	marks []marked
	// found are the marks where they came to.
	found layer
	// layers are where marks were given, the one that wins first.
	layers []layer
}

// leaf tells where a value comes from. It says nothing when the mark that came there is not this value's.
func (t told) leaf(at []any, value any) wire.ValueLeaf {
	leaf := wire.ValueLeaf{Path: at, Value: value, Overrode: []wire.OverriddenValue{}}
	key := textKey(at)
	winner, known := t.found[key]
	if !known {
		winner, known = t.empty(key)
	}
	if known && reflect.DeepEqual(t.marks[winner].value, value) && t.marks[winner].origin.Kind != "" {
		leaf.Origin = &t.marks[winner].origin
	}
	for _, layer := range t.layers {
		other, given := layer[key]
		if !given || t.marks[other].origin.Kind == "" || leaf.Origin != nil && t.marks[other].origin == *leaf.Origin {
			continue
		}
		told := wire.OverriddenValue{Value: t.marks[other].value, Origin: t.marks[other].origin}
		// A chart's own values may be given as a file, too.
		if !slices.ContainsFunc(leaf.Overrode, func(known wire.OverriddenValue) bool { return known.Origin == told.Origin }) {
			leaf.Overrode = append(leaf.Overrode, told)
		}
	}
	return leaf
}

// empty gives the mark of what carries none, for it is empty or null: what was given last at its place.
func (t told) empty(key string) (mark, bool) {
	for _, layer := range t.layers {
		if given, ok := layer[key]; ok {
			return given, true
		}
	}
	return 0, false
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
