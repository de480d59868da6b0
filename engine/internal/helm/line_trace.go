package helm

import (
	"fmt"
	"slices"

	"drydock/engine/internal/wire"
)

// lineTrace is a trace in the making.
type lineTrace struct {
	*traced
	made  wire.Trace
	known map[string]int
}

func (t *traced) newLineTrace() *lineTrace {
	return &lineTrace{traced: t, made: wire.Trace{Kustomizations: []wire.TraceKustomization{}, Steps: []wire.TraceStep{}, Origins: [][]int{{}}, Files: []string{}}}
}

// origin gives the number of a line's origin: the first action that wrote in it, with the values that all of them mention, else its
// text.
func (l *lineTrace) origin(line []written) int {
	var values []string
	first := -1
	for i, w := range line {
		if w.segment < 0 || w.segment >= len(l.segments) {
			return 0
		}
		segment := l.segments[w.segment]
		if segment.isText {
			continue
		}
		for _, key := range segment.values {
			if !slices.Contains(values, key) {
				values = append(values, key)
			}
		}
		if first < 0 && !w.isBlank {
			first = i
		}
	}
	if first < 0 {
		first = max(0, slices.IndexFunc(line, func(w written) bool { return !w.isBlank }))
	}
	if first >= len(line) {
		return 0
	}
	return l.segment(line[first].segment, line[first].line, values)
}

// pieces gives what wrote a line, each piece with its origin; nil for what one piece wrote, and when it can't be told.
func (l *lineTrace) pieces(line []written) []wire.TracePiece {
	if len(line) < 2 {
		return nil
	}
	made := make([]wire.TracePiece, len(line))
	for i, w := range line {
		if w.segment < 0 || w.segment >= len(l.segments) {
			return nil
		}
		made[i] = wire.TracePiece{Column: w.column, Origin: l.segment(w.segment, w.line, l.segments[w.segment].values)}
	}
	return made
}

func (l *lineTrace) segment(number, line int, values []string) int {
	segment := l.segments[number]
	field, column := wire.StepAction, segment.column
	if segment.isText {
		field, values, column = wire.StepTemplate, nil, 1
	}
	via := 0
	if segment.via >= 0 {
		included := l.segments[segment.via]
		via = l.segment(segment.via, included.line, included.values)
	}
	name := segment.definition
	if name == "" {
		name = segment.template
	}
	step := l.step(wire.TraceStep{Field: field, Index: -1, Kustomization: -1, Name: name, Values: values})
	return l.row(step, segment.template, line, column, via)
}

// fileLine gives the origin of a line that is as in a file.
func (l *lineTrace) fileLine(name string, line int) int {
	step := l.step(wire.TraceStep{Field: wire.StepTemplate, Index: -1, Kustomization: -1, Name: name})
	return l.row(step, name, line, 1, 0)
}

func (l *lineTrace) row(step int, name string, line, column, via int) int {
	file := l.files[name]
	if file == "" {
		return 0 // in a package within a package
	}
	number := slices.Index(l.made.Files, file)
	if number < 0 {
		number = len(l.made.Files)
		l.made.Files = append(l.made.Files, file)
	}
	row := []int{step, number + 1, line, column, 0, via}
	if via == 0 {
		row = row[:4]
	}
	return l.intern("origin "+fmt.Sprint(row), func() int {
		l.made.Origins = append(l.made.Origins, row)
		return len(l.made.Origins) - 1
	})
}

func (l *lineTrace) step(step wire.TraceStep) int {
	return l.intern("step "+fmt.Sprint(step), func() int {
		l.made.Steps = append(l.made.Steps, step)
		return len(l.made.Steps)
	})
}

func (l *lineTrace) intern(key string, make func() int) int {
	if number, known := l.known[key]; known {
		return number
	}
	if l.known == nil {
		l.known = map[string]int{}
	}
	l.known[key] = make()
	return l.known[key]
}
