package trace

import (
	"bufio"
	"bytes"
	"fmt"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Absorb lets what a generator made be added to the resources, and finds out what became of it: with `behavior: merge` or `replace`
// it takes the place of a resource, and takes over some of its fields.
func (t *Tracer) Absorb(key any, index int, generated []*resource.Resource, present func() []*resource.Resource, absorb func() error) error {
	k := t.byKey[key]
	field, number := k.generator(index)
	step := t.stepOf(k, field, number)
	var entry place
	if field == "helmCharts" {
		entry = t.inKustomization(k, field, number)
	}
	for _, r := range generated {
		if t.resources[r] != nil {
			continue
		}
		made := change{Tracer: t, step: step}
		made.known = t.wanted(r.YNode(), step, entry)
		made.explain = func(_ *yaml.Node, path []string, _ int32) place { return t.generated(k, field, number, path) }
		t.resources[r] = &tracked{made.follow(r.YNode(), nil, atRoot, nil), []int32{step}}
	}
	before := present()
	if err := absorb(); err != nil {
		return err
	}
	for i, r := range present() {
		if i >= len(before) || before[i] == r || t.resources[before[i]] == nil || t.resources[r] == nil {
			continue
		}
		old := t.resources[before[i]]
		merged := merging{t, step, old.fields, t.resources[r].fields}
		made := change{Tracer: t, step: step, old: t.resources[r].fields, sets: func([]string, string) bool { return true }}
		made.explain = func(*yaml.Node, []string, int32) place { return place{} }
		merged.mark(r, &made)
		t.resources[r] = &tracked{made.old, append(append([]int32{}, old.steps...), step)}
	}
	return nil
}

// merging is a generated resource that takes the place of another.
type merging struct {
	*Tracer
	step           int32
	old, generated *fields
}

func (m merging) mark(r *resource.Resource, c *change) {
	c.rebuilt = true // kustomize writes the data anew
	c.old = m.fieldsOfMerged(r)
	c.old = c.follow(r.YNode(), c.old, atRoot, nil)
}

// fieldsOfMerged gives each leaf the origin of the resource that its value is from.
func (m merging) fieldsOfMerged(r *resource.Resource) *fields {
	made := clone(m.generated)
	var lay func(from *fields, path []string)
	lay = func(from *fields, path []string) {
		if from == nil {
			return
		}
		if len(from.items) > 0 {
			for i, key := range from.keys {
				lay(from.items[i], append(path, key))
			}
			return
		}
		value := find(r.YNode(), anyOf(path)...)
		if value == nil || value.Value != m.origins[from.origin].value {
			return
		}
		own := m.generated.in(path...)
		switch {
		case own == nil || identifies(path): // the name, the namespace and the kind stay the old ones
			put(made, path, &fields{origin: from.origin}, false)
		case own.isLeaf():
			put(made, path, &fields{origin: m.add(origin{m.step, m.origins[own.origin].place, from.origin, value.Value})}, false)
		}
	}
	lay(m.old, nil)
	return made
}

func anyOf(path []string) []any {
	keys := make([]any, len(path))
	for i, key := range path {
		keys[i] = key
	}
	return keys
}

// generated finds the place of a field of a generated ConfigMap or Secret.
func (t *Tracer) generated(k *kustomization, field string, index int, path []string) place {
	var args types.GeneratorArgs
	switch field {
	case "configMapGenerator":
		args = k.content.ConfigMapGenerator[index].GeneratorArgs
	case "secretGenerator":
		args = k.content.SecretGenerator[index].GeneratorArgs
	default:
		return place{}
	}
	last := path[len(path)-1]
	switch {
	case len(path) == 2 && (path[0] == "data" || path[0] == "binaryData"):
		return t.generatedFrom(k, field, index, args, last)
	case len(path) == 2 && path[0] == "metadata":
		return t.inKustomization(k, field, index, last)
	case len(path) == 3 && path[0] == "metadata":
		return t.option(k, field, index, path[1], last)
	case last == "immutable":
		return t.option(k, field, index, last)
	case last == "type" && k.content.SecretGenerator[index].Type != "":
		return t.inKustomization(k, field, index, last)
	case len(path) == 1 && last == "kind":
		return t.keyOf(k, field, index)
	default:
		return place{} // kustomize's own words: v1, Opaque
	}
}

// keyOf gives the place of the key of a generator's list, which decides what is generated.
func (t *Tracer) keyOf(k *kustomization, field string, index int) place {
	from, path, ok := t.writtenIn(k, []any{field, index})
	if !ok {
		return place{}
	}
	for _, document := range from.documents {
		if key, _ := entryIn(document, fmt.Sprint(path[0])); key != nil {
			return place{file: t.file(from.file), line: int32(from.above + key.Line), column: int32(key.Column)}
		}
	}
	return place{}
}

// option finds an option of a generator, which stands in its entry or in that for all.
func (t *Tracer) option(k *kustomization, field string, index int, option ...any) place {
	if at := t.inKustomization(k, append([]any{field, index, "options"}, option...)...); at.line > 0 {
		return at
	}
	return t.inKustomization(k, append([]any{"generatorOptions"}, option...)...)
}

// generatedFrom finds the literal, the file or the line of a file that a key's value is from.
func (t *Tracer) generatedFrom(k *kustomization, field string, index int, args types.GeneratorArgs, key string) place {
	for i, literal := range args.LiteralSources {
		if name, _, _ := strings.Cut(literal, "="); strings.Trim(name, `'"`) == key || name == key {
			return t.inKustomization(k, field, index, "literals", i)
		}
	}
	for _, source := range args.FileSources {
		name, file, named := strings.Cut(source, "=")
		if !named {
			name, file = path.Base(source), source
		}
		if name == key {
			return place{file: t.file(resolve(k.root, file))}
		}
	}
	for _, source := range args.EnvSources {
		file := resolve(k.root, source)
		if line, column := keyIn(t.textOf(file).content, key); line > 0 {
			return place{file: t.file(file), line: line, column: column}
		}
	}
	return place{}
}

// keyIn finds the value of a key in a file of KEY=value lines.
func keyIn(content, key string) (line, column int32) {
	lines := bufio.NewScanner(bytes.NewReader([]byte(content)))
	lines.Buffer(nil, len(content)+1)
	for number := int32(1); lines.Scan(); number++ {
		written := lines.Text()
		name, _, assigned := strings.Cut(strings.TrimLeft(strings.TrimPrefix(written, "\uFEFF"), " \t"), "=")
		if assigned && name == key {
			return number, int32(len([]rune(written[:strings.Index(written, "=")+1]))) + 1
		}
	}
	return 0, 0
}
