package trace

import (
	"slices"
	"strconv"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// fields is a resource, or a part of one, with an origin in place of each leaf, as it was after the last step.
type fields struct {
	// origin of a leaf.
	origin int32
	// keys of a mapping, nil for a leaf or a list.
	keys []string
	// items are the values of a mapping, or a list's.
	items []*fields
}

func (f *fields) isLeaf() bool { return f != nil && len(f.items) == 0 }

func (f *fields) at(key string) *fields {
	if f == nil {
		return nil
	}
	if i := slices.Index(f.keys, key); i >= 0 {
		return f.items[i]
	}
	return nil
}

// in gives what a path leads to; nil when there is nothing.
func (f *fields) in(path ...string) *fields {
	for _, key := range path {
		if f == nil {
			return nil
		}
		if f.keys != nil {
			f = f.at(key)
			continue
		}
		index, err := strconv.Atoi(key)
		if err != nil || index < 0 || index >= len(f.items) {
			return nil
		}
		f = f.items[index]
	}
	return f
}

func (f *fields) each(visit func(int32)) {
	if f == nil {
		return
	}
	if len(f.items) == 0 {
		visit(f.origin)
	}
	for _, item := range f.items {
		item.each(visit)
	}
}

// level is how deep a node lies, as far as annotations are concerned: kustomize keeps notes in some, and takes them out in the end.
type level int

const (
	atRoot level = iota
	inMetadata
	inAnnotations
	below
)

func (l level) under(key string) level {
	switch {
	case l == atRoot && key == "metadata":
		return inMetadata
	case l == inMetadata && key == "annotations":
		return inAnnotations
	default:
		return below
	}
}

// skips tells whether an entry is none of the resource's, as long as the build goes on.
func (l level) skips(key string, value *yaml.Node) bool {
	if l == inAnnotations {
		return notes[key]
	}
	if l != inMetadata || key != "annotations" || len(value.Content) == 0 {
		return false
	}
	for i := 0; i < len(value.Content); i += 2 {
		if !notes[value.Content[i].Value] {
			return false
		}
	}
	return true
}

var notes = func() map[string]bool {
	notes := map[string]bool{"config.kubernetes.io/origin": true, "alpha.config.kubernetes.io/transformations": true}
	for _, key := range resource.BuildAnnotations {
		notes[key] = true
	}
	return notes
}()

// same tells whether nothing happened to a node since f was made.
func (t *Tracer) same(n *yaml.Node, f *fields, l level) bool {
	if isLeaf(n) {
		return len(f.items) == 0 && f.origin != 0 && n.Column == tagged+int(f.origin) && t.origins[f.origin].value == n.Value
	}
	if n.Kind == yaml.SequenceNode {
		if f.keys != nil || len(f.items) != len(n.Content) {
			return false
		}
		for i, item := range n.Content {
			if !t.same(item, f.items[i], below) {
				return false
			}
		}
		return true
	}
	at := 0
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		if l < below && l.skips(key, value) {
			continue
		}
		if at >= len(f.keys) || f.keys[at] != key || !t.same(value, f.items[at], l.under(key)) {
			return false
		}
		at++
	}
	return at == len(f.keys)
}
