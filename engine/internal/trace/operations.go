package trace

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func resolve(root, name string) string {
	if path.IsAbs(name) {
		return name
	}
	return path.Join(root, name)
}

// operations gives the JSON patch (RFC 6902) that a step applies, and whether it does.
func (t *Tracer) operations(s step) ([]*yaml.Node, bool) {
	if s.field != "patches" && s.field != "patchesJson6902" {
		return nil, false
	}
	documents := t.documentsOf(t.patchTexts(s)[0])
	if len(documents) == 0 || documents[0].Kind != yaml.SequenceNode {
		return nil, false
	}
	return documents[0].Content, true
}

// patched gives the fields of a resource after a JSON patch. kustomize makes the whole resource anew when it applies one, so that
// no node keeps its origin; what the operations do to places is known without them. Values are taken from the resource.
func (t *Tracer) patched(c change, old *fields) *fields {
	s := t.steps[c.step]
	operations, _ := t.operations(s)
	text := t.patchTexts(s)[0]
	result := clone(old)
	for _, operation := range operations {
		name, target := find(operation, "op"), pointer(find(operation, "path"))
		if name == nil || target == nil {
			continue
		}
		switch name.Value {
		case "add", "replace":
			replaced := int32(0)
			if before := result.in(target...); before.isLeaf() && name.Value == "replace" {
				replaced = before.origin
			}
			if value := find(operation, "value"); value != nil {
				made := t.fieldsOf(value, func(n *yaml.Node) int32 {
					return t.add(origin{step: c.step, place: t.placeIn(s.kustomization, text, n), before: replaced, value: n.Value})
				})
				put(result, target, made, name.Value == "add")
			}
		case "remove":
			remove(result, target)
		case "move":
			if source := pointer(find(operation, "from")); source != nil {
				moved := result.in(source...)
				remove(result, source)
				put(result, target, moved, true)
			}
		case "copy":
			if source := pointer(find(operation, "from")); source != nil {
				copied := clone(result.in(source...))
				t.replaceOrigins(copied, c.step)
				put(result, target, copied, true)
			}
		}
	}
	return result
}

// replaceOrigins makes what was copied refer to what it was copied from.
func (t *Tracer) replaceOrigins(f *fields, step int32) {
	if f.isLeaf() {
		at := t.origins[f.origin].place
		at.via = f.origin
		f.origin = t.add(origin{step: step, place: at, value: t.origins[f.origin].value})
		return
	}
	if f != nil {
		for _, item := range f.items {
			t.replaceOrigins(item, step)
		}
	}
}

func (t *Tracer) fieldsOf(n *yaml.Node, originOf func(*yaml.Node) int32) *fields {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if isLeaf(n) {
		return &fields{origin: originOf(n)}
	}
	made := &fields{}
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			made.items = append(made.items, t.fieldsOf(item, originOf))
		}
		return made
	}
	for i := 0; i < len(n.Content); i += 2 {
		made.keys = append(made.keys, n.Content[i].Value)
		made.items = append(made.items, t.fieldsOf(n.Content[i+1], originOf))
	}
	return made
}

func clone(f *fields) *fields {
	if f == nil {
		return nil
	}
	made := &fields{origin: f.origin, keys: slices.Clone(f.keys)}
	for _, item := range f.items {
		made.items = append(made.items, clone(item))
	}
	return made
}

// pointer splits a JSON pointer (RFC 6901); nil for the whole document.
func pointer(n *yaml.Node) []string {
	if n == nil || !strings.HasPrefix(n.Value, "/") {
		return nil
	}
	keys := strings.Split(n.Value[1:], "/")
	for i, key := range keys {
		keys[i] = strings.ReplaceAll(strings.ReplaceAll(key, "~1", "/"), "~0", "~")
	}
	return keys
}

// put sets what is at a path, or inserts it when it is an item of a list.
func put(root *fields, target []string, value *fields, insert bool) {
	holder, last := root.in(target[:len(target)-1]...), target[len(target)-1]
	switch {
	case value == nil:
	case holder == nil: // annotations that only kustomize's own notes were in
		put(root, target[:len(target)-1], &fields{keys: []string{last}, items: []*fields{value}}, true)
	case holder.keys == nil && len(holder.items) > 0 || last == "-" || isIndex(last) && len(holder.keys) == 0:
		index, ok := holder.index(last)
		if !ok {
			return
		}
		if insert {
			holder.items = slices.Insert(holder.items, index, value)
		} else if index < len(holder.items) {
			holder.items[index] = value
		}
	default:
		if i := slices.Index(holder.keys, last); i >= 0 {
			holder.items[i] = value
			return
		}
		holder.keys, holder.items = append(holder.keys, last), append(holder.items, value)
	}
}

func remove(root *fields, target []string) {
	holder, last := root.in(target[:len(target)-1]...), target[len(target)-1]
	if holder == nil {
		return
	}
	if i := slices.Index(holder.keys, last); i >= 0 {
		holder.keys, holder.items = slices.Delete(holder.keys, i, i+1), slices.Delete(holder.items, i, i+1)
		return
	}
	if i, ok := holder.index(last); ok && holder.keys == nil && i < len(holder.items) {
		holder.items = slices.Delete(holder.items, i, i+1)
	}
}

// index reads an index of a list; those below 0 count from the end, as in the library that kustomize calls.
func (f *fields) index(key string) (int, bool) {
	if key == "-" {
		return len(f.items), true
	}
	index, err := strconv.Atoi(key)
	if index < 0 {
		index += len(f.items)
	}
	return index, err == nil && index >= 0 && index <= len(f.items)
}

func isIndex(key string) bool {
	_, err := strconv.Atoi(key)
	return err == nil
}
