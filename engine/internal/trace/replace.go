package trace

import (
	"path"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/api/filters/replacement"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/utils"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// replacementOf gives the only replacement that a transformer applies; the kustomize that tells of its steps has made one for each.
func replacementOf(made any) (types.Replacement, bool) {
	one, ok := made.(interface{ Replacements() []types.Replacement })
	if !ok || len(one.Replacements()) != 1 {
		return types.Replacement{}, false
	}
	return one.Replacements()[0], true
}

// sentinel is a value that no resource has.
const sentinel = "\uE0D0drydock\uE0D1"

// replacing finds out, before a replacement is made, which fields it will set: those that kustomize sets when the value is another
// one. Afterwards nothing might show it.
func (t *Tracer) replacing(k *kustomization, index int, made types.Replacement, resources []*resource.Resource) func(*resource.Resource) change {
	number, source := k.nextReplacement(t)
	field := "replacements"
	if index >= len(k.transformers) {
		field, number = "transformers", -1
	}
	step := t.stepOf(k, field, number)
	from := t.sourceOf(k, made, source, resources)
	touched := touchedBy(made, resources)
	by := t.changeBy(step)
	by.explain = func(*yaml.Node, []string, int32) place { return from }
	return func(r *resource.Resource) change {
		by.touched = touched[r]
		return by
	}
}

// replacementSource is where a replacement is written.
type replacementSource struct {
	file string // empty for the kustomization
	path []any
}

// nextReplacement gives the entry of the field `replacements` that is applied next. An entry that names a file may stand for many.
func (k *kustomization) nextReplacement(t *Tracer) (int, replacementSource) {
	number := 0
	defer func() { k.replaced++ }()
	for i, entry := range k.content.Replacements {
		if entry.Path == "" {
			if number == k.replaced {
				return i, replacementSource{"", []any{"replacements", i}}
			}
			number++
			continue
		}
		file := path.Join(k.root, entry.Path)
		count, list := 1, false
		if documents := t.textOf(file).documents; len(documents) > 0 && documents[0].Kind == yaml.SequenceNode {
			count, list = len(documents[0].Content), true
		}
		if k.replaced < number+count {
			if !list {
				return i, replacementSource{file, nil}
			}
			return i, replacementSource{file, []any{k.replaced - number}}
		}
		number += count
	}
	return -1, replacementSource{}
}

// sourceOf finds the place that a replacement takes its value from.
func (t *Tracer) sourceOf(k *kustomization, made types.Replacement, written replacementSource, resources []*resource.Resource) place {
	if made.SourceValue != nil {
		if written.file == "" {
			return t.inKustomization(k, append(written.path, "sourceValue")...)
		}
		at := place{file: t.file(written.file)}
		if documents := t.textOf(written.file).documents; len(documents) > 0 {
			if n := find(documents[0], append(written.path, "sourceValue")...); n != nil {
				at.line, at.column = int32(n.Line), int32(n.Column)
			}
		}
		return at
	}
	if made.Source == nil {
		return place{}
	}
	fieldPath := made.Source.FieldPath
	if fieldPath == "" {
		fieldPath = types.DefaultReplacementFieldPath
	}
	for _, r := range resources {
		for _, id := range append(r.PrevIds(), r.CurId()) {
			if !id.IsSelectedBy(made.Source.ResId) {
				continue
			}
			n, err := r.Pipe(yaml.Lookup(utils.SmarterPathSplitter(fieldPath, ".")...))
			if err != nil || n.IsNil() {
				return place{}
			}
			at := t.origins[t.originIn(n.YNode())].place
			at.via = t.originIn(n.YNode())
			return at
		}
	}
	return place{}
}

// touchedBy gives the paths that a replacement sets, by resource.
func touchedBy(made types.Replacement, resources []*resource.Resource) map[*resource.Resource]map[string]bool {
	value := sentinel
	probe := types.Replacement{SourceValue: &value, Targets: made.Targets}
	nodes := make([]*yaml.RNode, len(resources))
	for i, r := range resources {
		nodes[i] = r.RNode.Copy()
	}
	touched := map[*resource.Resource]map[string]bool{}
	if _, err := (replacement.Filter{Replacements: []types.Replacement{probe}}).Filter(nodes); err != nil {
		return touched // the replacement will say so
	}
	for i, r := range resources {
		found := map[string]bool{}
		findSentinel(nodes[i].YNode(), nil, found)
		if len(found) > 0 {
			touched[r] = found
		}
	}
	return touched
}

func findSentinel(n *yaml.Node, path []string, found map[string]bool) {
	switch n.Kind {
	case yaml.ScalarNode:
		if strings.Contains(n.Value, sentinel) {
			found[strings.Join(path, "\x00")] = true
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			findSentinel(item, append(path, strconv.Itoa(i)), found)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			findSentinel(n.Content[i+1], append(path, n.Content[i].Value), found)
		}
	}
}
