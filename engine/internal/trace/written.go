package trace

import (
	"fmt"
	"slices"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Written tells of the kustomization that is built that a controller wrote it, from the one in the folder and from an object.
type Written struct {
	// File is the path of the kustomization, Own what the folder has there; nil for nothing.
	File string
	Own  []byte
	// From tells what gives the field at a path of the written kustomization.
	From func(path []any) Given
}

// Given tells what gives a field of a written kustomization; nothing for a field that comes from somewhere else.
type Given struct {
	// Path is the field's in what gives it.
	Path []any
	// Object is what gives it; nil for the folder's kustomization.
	Object *Object
}

// Object is the object that is rendered, or a file with more of it.
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

// Has tells whether something but null stands at a path of keys (string) and indices (int).
func (o *Object) Has(path ...any) bool {
	return slices.ContainsFunc(o.text.documents, func(document *yaml.Node) bool {
		n := find(document, path...)
		return n != nil && n.Tag != yaml.NodeTagNull
	})
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
	given := t.written.From(path)
	switch o := given.Object; {
	case given.Path == nil:
		return source{}, nil, false
	case o != nil:
		return source{text: o.text, file: o.File, above: o.Line - 1}, given.Path, o.File != ""
	default:
		return source{text: t.own, file: k.file}, given.Path, t.own != nil && isSame(findIn(t.textOf(k.file), path), findIn(t.own, given.Path))
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
	given := t.written.From(path)
	switch {
	case given.Path == nil:
		return s.field, -1, true
	case given.Object != nil:
		field, index = FieldName(given.Path)
		return field, index, false
	default:
		if _, index = FieldName(given.Path); index >= 0 && findIn(t.ownText(), given.Path) == nil {
			index = -1
		}
		return s.field, index, true
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
