package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"drydock/engine/internal/wire"
)

// Edit is a trace to which is added what is done to documents after kustomize or Helm has made them.
type Edit struct {
	Made  wire.Trace
	known map[string]int
}

// NewEdit makes a trace of nothing.
func NewEdit() *Edit {
	return &Edit{known: map[string]int{}, Made: wire.Trace{
		Files: []string{}, Kustomizations: []wire.TraceKustomization{}, Steps: []wire.TraceStep{}, Origins: [][]int{{}}, Resources: []wire.TraceResource{},
	}}
}

// Step gives the number of a step.
func (e *Edit) Step(step wire.TraceStep) int {
	return e.intern("step "+fmt.Sprintf("%#v", step), func() int {
		e.Made.Steps = append(e.Made.Steps, step)
		return len(e.Made.Steps)
	})
}

// Done gives the number of a step of something that is no kustomization.
func (e *Edit) Done(field string, index int, values ...string) int {
	return e.Step(wire.TraceStep{Field: field, Index: index, Kustomization: -1, Values: values})
}

// DoneBy gives the number of the step of an object's field.
func (e *Edit) DoneBy(path ...any) int {
	field, index := FieldName(path)
	return e.Done(field, index)
}

// Origin gives the number of an origin.
func (e *Edit) Origin(step int, at Spot, before, via int) int {
	row := []int{step, 0, 0, 0, before, via}
	if at.File != "" {
		row[1], row[2], row[3] = e.file(at.File), at.Line, at.Column
	}
	return e.row(row)
}

// Moved gives the number of an origin that is another one's, by another step.
func (e *Edit) Moved(step, before, via int) int {
	row := make([]int, 6)
	copy(row, e.Made.Origins[before])
	row[0], row[4], row[5] = step, before, via
	return e.row(row)
}

func (e *Edit) row(row []int) int {
	for len(row) > 0 && row[len(row)-1] == 0 {
		row = row[:len(row)-1]
	}
	if len(row) == 0 {
		return 0
	}
	return e.intern("origin "+fmt.Sprint(row), func() int {
		e.Made.Origins = append(e.Made.Origins, row)
		return len(e.Made.Origins) - 1
	})
}

func (e *Edit) file(name string) int {
	i := slices.Index(e.Made.Files, name)
	if i < 0 {
		i = len(e.Made.Files)
		e.Made.Files = append(e.Made.Files, name)
	}
	return i + 1
}

func (e *Edit) intern(key string, make func() int) int {
	number, known := e.known[key]
	if !known {
		if e.known == nil {
			e.known = map[string]int{}
		}
		number = make()
		e.known[key] = number
	}
	return number
}

// Added is another trace in this one.
type Added struct {
	steps, origins []int
}

// Add takes the files, kustomizations, steps and origins of another trace. Places in a file that elsewhere is asked for are those that
// it gives; nil for none.
func (e *Edit) Add(other *wire.Trace, elsewhere func(file string, line, column int) (origin int, known bool)) Added {
	first := len(e.Made.Kustomizations)
	for _, k := range other.Kustomizations {
		k.File = e.file(other.Files[k.File]) - 1
		if k.Parent >= 0 {
			k.Parent += first
		}
		e.Made.Kustomizations = append(e.Made.Kustomizations, k)
	}
	added := Added{steps: []int{0}, origins: []int{0}}
	for _, step := range other.Steps {
		if step.Kustomization >= 0 {
			step.Kustomization += first
		}
		added.steps = append(added.steps, e.Step(step))
	}
	for _, origin := range other.Origins[1:] {
		row := make([]int, 6)
		copy(row, origin)
		row[0], row[4], row[5] = added.steps[row[0]], added.origins[row[4]], added.origins[row[5]]
		if row[1] > 0 {
			file := other.Files[row[1]-1]
			if elsewhere != nil {
				if number, known := elsewhere(file, row[2], row[3]); known {
					added.origins = append(added.origins, e.through(row, number))
					continue
				}
			}
			row[1] = e.file(file)
		}
		added.origins = append(added.origins, e.row(row))
	}
	return added
}

// through gives the origin of a value that a build took from what was made before it.
func (e *Edit) through(row []int, number int) int {
	if row[4] == 0 && row[5] == 0 {
		return number
	}
	made := make([]int, 6)
	copy(made, e.Made.Origins[number])
	made[0], made[4], made[5] = row[0], row[4], row[5]
	return e.row(made)
}

// Fields gives the origins of a resource of the trace that was added.
func (a Added) Fields(of any) any { return Map(of, func(number int) int { return a.origins[number] }) }

// Steps gives the steps of a resource of the trace that was added.
func (a Added) Steps(of []int) []int {
	steps := make([]int, len(of))
	for i, step := range of {
		steps[i] = a.steps[step]
	}
	return steps
}

// Lines gives the origins of lines of the trace that was added.
func (a Added) Lines(of Lines) Lines {
	made := Lines{make([]int, len(of.Whole)), make(map[int][]wire.TracePiece, len(of.Pieces))}
	for i, number := range of.Whole {
		made.Whole[i] = a.origins[number]
	}
	for line, pieces := range of.Pieces {
		for _, piece := range pieces {
			made.Pieces[line] = append(made.Pieces[line], wire.TracePiece{Column: piece.Column, Origin: a.origins[piece.Origin]})
		}
	}
	return made
}

// Map gives fields of the same shape with other origins.
func Map(fields any, change func(int) int) any {
	switch fields := fields.(type) {
	case map[string]any:
		made := make(map[string]any, len(fields))
		for key, value := range fields {
			made[key] = Map(value, change)
		}
		return made
	case []any:
		made := make([]any, len(fields))
		for i, value := range fields {
			made[i] = Map(value, change)
		}
		return made
	case int:
		return change(fields)
	default:
		return 0
	}
}

// Document is an object as JSON has it (Content), and the origin of each of its fields, in the form of wire.TraceResource.
type Document struct{ Content, Fields any }

// Content gives an object as Document has it.
func Content(object any) any {
	text, err := json.Marshal(object)
	if err != nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var content any
	if decoder.Decode(&content) != nil {
		return nil
	}
	return content
}

// Change is a field that is not as it was.
type Change struct {
	// Path has the keys and the indices, as texts, of the field; it is only valid for now.
	Path []string
	// Was is the value that was there, or in its place, before; nil for none. Before is its origin.
	Was    any
	Before int
}

// Follow gives the origins of an object after it was changed: what is as before has its origin, all else the one that changed gives.
func (was Document) Follow(after any, changed func(Change) int) any {
	return follow(after, was.Content, was.Fields, nil, changed)
}

func follow(after, content, fields any, path []string, changed func(Change) int) any {
	switch after := after.(type) {
	case map[string]any:
		if len(after) == 0 {
			break
		}
		made := make(map[string]any, len(after))
		for key, value := range after {
			below, known := at(content, fields, key)
			if !known && !isObject(content) {
				below = Document{content, fields} // what was written in its place
			}
			made[key] = follow(value, below.Content, below.Fields, append(path, key), changed)
		}
		return made
	case []any:
		if len(after) == 0 {
			break
		}
		made := make([]any, len(after))
		items, isList := content.([]any)
		origins, _ := fields.([]any)
		for i, value := range after {
			var below Document
			switch {
			case isList && len(items) == len(after) && len(origins) == len(after):
				below = Document{items[i], origins[i]}
			case !isList:
				below = Document{content, fields}
			}
			made[i] = follow(value, below.Content, below.Fields, append(path, fmt.Sprint(i)), changed)
		}
		return made
	}
	origin, isLeaf := fields.(int)
	if isLeaf && reflect.DeepEqual(after, content) {
		return origin
	}
	if !isLeaf {
		content = nil
	}
	return changed(Change{Path: path, Was: content, Before: origin})
}

func isObject(content any) bool {
	_, ok := content.(map[string]any)
	return ok
}

func at(content, fields any, key string) (Document, bool) {
	object, _ := content.(map[string]any)
	origins, _ := fields.(map[string]any)
	value, known := object[key]
	return Document{value, origins[key]}, known
}

// Resource adds a rendered document to the trace. steps are those that are known to have touched it, beside those of its fields.
func (e *Edit) Resource(content, fields any, steps []int) {
	object, _ := content.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	text := func(value any) string {
		written, _ := value.(string)
		return written
	}
	steps = append([]int{}, steps...)
	Map(fields, func(number int) int {
		if row := e.Made.Origins[number]; len(row) > 0 && row[0] > 0 && !slices.Contains(steps, row[0]) {
			steps = append(steps, row[0])
		}
		return number
	})
	slices.Sort(steps)
	e.Made.Resources = append(e.Made.Resources, wire.TraceResource{
		APIVersion: text(object["apiVersion"]), Kind: text(object["kind"]), Namespace: text(metadata["namespace"]), Name: text(metadata["name"]),
		Steps: steps, Fields: shaped(content, fields),
	})
}

// shaped gives fields in the shape of an object: what has no origin has 0.
func shaped(content, fields any) any {
	return follow(content, content, fields, nil, func(Change) int { return 0 })
}
