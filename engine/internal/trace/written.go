package trace

import (
	"fmt"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Written tells of the kustomization that is built that a controller wrote it, from the one in the folder and from an object.
type Written struct {
	// File is the path of the kustomization, Own what the folder has there; nil for nothing.
	File string
	Own  []byte
	// Object is what the rest is from.
	Object *Object
	// From tells what gives the field at a path of the written kustomization.
	From func(path []any) (from Giver, at []any)
}

// Giver is what gives a field of a written kustomization.
type Giver int

// Unknown gives a field that comes from somewhere else, or from both.
const (
	Unknown Giver = iota
	FromOwn
	FromObject
)

// Object is the object that is rendered.
type Object struct {
	// File is the path of the file that it stands in, and Line the line there that its text begins at, from 1; empty when it stands
	// nowhere.
	File string
	Line int
	text *text
}

// NewObject gives an object by its text, which stands in a file or, with nil, in none.
func NewObject(content string, in *wire.ObjectFile) *Object {
	made := &Object{text: parseText([]byte(content))}
	if in != nil {
		made.File, made.Line = in.Path, in.Line
	}
	return made
}

// At finds what stands at a path of keys (string) and indices (int).
func (o *Object) At(path ...any) Spot {
	if o.File == "" {
		return Spot{}
	}
	for _, document := range o.text.documents {
		if n := find(document, path...); n != nil {
			return Spot{o.File, n.Line + o.Line - 1, n.Column}
		}
	}
	return Spot{}
}

// Spot is a place in a file; without a file for none.
type Spot struct {
	File         string
	Line, Column int
}

// source is a text that fields are found in.
type source struct {
	*text
	file string
	// above is how many lines of the file stand above the text.
	above int
}

// writtenIn gives the text that a field of a kustomization is written in, and the field's path there; false when it is not known.
func (t *Tracer) writtenIn(k *kustomization, path []any) (source, []any, bool) {
	if t.written == nil || k.parent != nil {
		return source{text: t.textOf(k.file), file: k.file}, path, true
	}
	from, at := t.written.From(path)
	switch from {
	case FromObject:
		o := t.written.Object
		return source{text: o.text, file: o.File, above: o.Line - 1}, at, o.File != ""
	case FromOwn:
		return source{text: t.own, file: k.file}, at, t.own != nil && isSame(findIn(t.textOf(k.file), path), findIn(t.own, at))
	default:
		return source{}, nil, false
	}
}

// isSame tells whether a field of the written kustomization still has the value of the folder's.
func isSame(written, own *yaml.Node) bool {
	return written != nil && own != nil && written.Kind == own.Kind && written.Value == own.Value
}

func findIn(t *text, path []any) *yaml.Node {
	if len(t.documents) == 0 {
		return nil
	}
	return find(t.documents[0], path...)
}

// reported gives the field and the entry that a step is told of as, and whether it is one of the kustomization's.
func (t *Tracer) reported(s step) (field string, index int, own bool) {
	if t.written == nil || s.kustomization.parent != nil {
		return s.field, s.index, true
	}
	path := []any{s.field}
	if s.index >= 0 {
		path = append(path, s.index)
	}
	from, at := t.written.From(path)
	switch from {
	case FromObject:
		field, index = FieldName(at)
		return field, index, false
	case FromOwn:
		if _, index = FieldName(at); index >= 0 && findIn(t.ownText(), at) == nil {
			index = -1
		}
		return s.field, index, true
	default:
		return s.field, -1, true
	}
}

func (t *Tracer) ownText() *text {
	if t.own == nil {
		return &text{}
	}
	return t.own
}

// FieldName writes a path as people do, without the index at its end, which is -1 when there is none.
func FieldName(path []any) (name string, index int) {
	index = -1
	if last, ok := path[len(path)-1].(int); ok {
		index, path = last, path[:len(path)-1]
	}
	var written strings.Builder
	for _, key := range path {
		switch key := key.(type) {
		case int:
			fmt.Fprintf(&written, "[%d]", key)
		default:
			if written.Len() > 0 {
				written.WriteByte('.')
			}
			fmt.Fprint(&written, key)
		}
	}
	return written.String(), index
}
