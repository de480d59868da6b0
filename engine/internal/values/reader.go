package values

import (
	"strconv"
	"strings"

	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// mark stands in place of a value while values are put together. It is the value's index among the marked ones.
type mark int

type marked struct {
	value any
	// origin has no kind when it can't be told.
	origin wire.ValueOrigin
}

// Rank says what lies over what. Within a rank, what was read later lies over what was read before.
type Rank int

// The ranks.
const (
	// OfChart are files that stand in place of a chart's own values.
	OfChart Rank = iota
	// Laid are files and other texts that are laid over a chart's values.
	Laid
	// Inline are values that are written where the chart is asked for.
	Inline
	// Single are values that are given one by one.
	Single
	ranks
)

// Reader is asked by what puts values together for every text that it reads. The nil Reader gives the values that are in it. Any other gives
// them with a mark in place of each, so that the same code that puts values together tells where they come from.
type Reader struct {
	marks  []marked
	layers [ranks][]layer
	// charts are the values that charts have of their own, by the chart as it was loaded.
	charts map[*chart.Chart]layer
}

// Text is what values are read from.
type Text struct {
	Rank    Rank
	Content []byte
	Parse   func(content []byte) (map[string]any, error)
	// Spots gives what values are looked for in, what counts first before the others; it is called when that matters.
	Spots func() []Spot
}

// Read gives the values in a text.
func (r *Reader) Read(text Text) (map[string]any, error) {
	values, err := text.Parse(text.Content)
	if err != nil || r == nil {
		return values, err
	}
	given, made := r.table(values, text.Spots())
	r.layers[text.Rank] = append(r.layers[text.Rank], made)
	return given, nil
}

// Set lets put change values that were put together, and tells that what is new in them comes from one place.
func (r *Reader) Set(values map[string]any, from func() wire.ValueOrigin, put func() error) error {
	if err := put(); err != nil || r == nil {
		return err
	}
	before, made := len(r.marks), layer{}
	r.markNew(values, from())
	for at, found := range layerOf(values) {
		if int(found) >= before {
			made[at] = found
		}
	}
	r.layers[Single] = append(r.layers[Single], made)
	return nil
}

// Chart marks the values of a chart and of those in it. fileOf gives the path of a file's content; empty when it is not known.
func (r *Reader) Chart(loaded *chart.Chart, fileOf func(content []byte) string) {
	if r == nil {
		return
	}
	for _, file := range loaded.Raw {
		if file.Name == chartutil.ValuesfileName {
			spots := Documents(file.Data, InFile(fileOf(file.Data)))
			loaded.Values, r.charts[loaded] = r.table(loaded.Values, spots)
		}
	}
	for _, child := range loaded.Dependencies() {
		r.Chart(child, fileOf)
	}
}

// Replace tells that files are going to stand in place of a chart's own values. The function that it gives tells that these are one of the
// files.
func (r *Reader) Replace(loaded *chart.Chart) (keep func()) {
	if r == nil {
		return func() {}
	}
	own := r.charts[loaded]
	delete(r.charts, loaded)
	return func() { r.layers[OfChart] = append(r.layers[OfChart], own) }
}

func (r *Reader) add(value any, origin wire.ValueOrigin) mark {
	r.marks = append(r.marks, marked{value, origin})
	return mark(len(r.marks) - 1)
}

// table gives values with marks in place of what is no table and no list, and where they were given. Null stays, for it takes away what
// others set; so does what is empty, for others are laid over it.
func (r *Reader) table(values map[string]any, spots []Spot) (map[string]any, layer) {
	made := layer{}
	out := make(map[string]any, len(values))
	for key, value := range values {
		out[key] = r.value([]string{key}, value, fieldsOf(spots, key), made)
	}
	return out, made
}

func (r *Reader) value(at []string, value any, spots []Spot, made layer) any {
	note := func() mark {
		var origin wire.ValueOrigin
		switch found := firstGiven(spots); {
		case found != nil:
			origin = found.at(found.node.Line)
		case len(spots) > 0: // null is what stands there
			origin = spots[0].at(spots[0].node.Line)
		}
		noted := r.add(value, origin)
		made[keyOf(at)] = noted
		return noted
	}
	within := func(step string) []string { return append(at[:len(at):len(at)], step) }
	switch value := value.(type) {
	case nil:
		note()
		return nil
	case map[string]any:
		if len(value) == 0 {
			note()
		}
		out := make(map[string]any, len(value))
		for key, inner := range value {
			out[key] = r.value(within(key), inner, fieldsOf(spots, key), made)
		}
		return out
	case []any:
		if len(value) == 0 {
			note()
		}
		out := make([]any, len(value))
		for i, item := range value {
			out[i] = r.value(within(strconv.Itoa(i)), item, itemOf(spots, i), made)
		}
		return out
	default:
		return note()
	}
}

// markNew marks what is not marked yet.
func (r *Reader) markNew(value any, origin wire.ValueOrigin) any {
	switch value := value.(type) {
	case nil, mark:
		return value
	case map[string]any:
		for key, inner := range value {
			value[key] = r.markNew(inner, origin)
		}
		return value
	case []any:
		for i, inner := range value {
			value[i] = r.markNew(inner, origin)
		}
		return value
	default:
		return r.add(value, origin)
	}
}

// layer is where values were given: marks by their path from the root of the values.
type layer map[string]mark

// layerOf gives the marks in values.
func layerOf(values map[string]any) layer {
	made := layer{}
	made.flatten(nil, values)
	return made
}

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

// below gives the same layer as the values of a sub-chart.
func (l layer) below(at []string) layer {
	if len(at) == 0 {
		return l
	}
	made := make(layer, len(l))
	for key, given := range l {
		made[keyOf(at)+separator+key] = given
	}
	return made
}

const separator = "\x00"

// keyOf a path, as a key of Go's maps.
func keyOf(path []string) string { return strings.Join(path, separator) }
