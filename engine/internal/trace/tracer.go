// Package trace tells where each field of what kustomize renders comes from. scripts/kustomize-module.ts builds the engine with a
// kustomize that tells a Tracer of each step of a build; the tracer compares the resources before and after it.
//
// Read tracer.go first: what it is told. change.go says how a step's doing is found, origins.go how a field keeps its origin.
package trace

import (
	"bytes"
	"path"
	"path/filepath"
	"slices"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Tracer watches one build. Its exported methods that take kustomize's types are called by the kustomize of the build; if they are
// never called, that is the original one, and everything is of unknown origin.
type Tracer struct {
	read  func(name string) ([]byte, error)
	texts map[string]*text

	files   []string
	inlines [][]byte
	// last is the file that was read last.
	last struct {
		name    string
		content []byte
	}

	kustomizations []*kustomization
	byKey          map[any]*kustomization
	steps          []step
	origins        []origin
	resources      map[*resource.Resource]*tracked
	// references are fields that follow a name or a namespace, and where that comes from.
	references map[*yaml.Node]place
	// inflated is what Helm made last.
	inflated inflated
	// top is the level that resources are compared from.
	top level
	// written is nil for a kustomization that is as in its folder; own is the folder's.
	written *Written
	own     *text
}

// tracked is a resource as it was after the last step.
type tracked struct {
	fields *fields
	steps  []int32
}

// step is something that touches resources.
type step struct {
	kustomization *kustomization
	field         string
	index         int
	// chart is a step of Helm's, which is no kustomization's; nil for others.
	chart *wire.TraceStep
}

// New makes the tracer of a build; read gives the content of files that the build has read. written is nil when the kustomization is
// as in its folder.
func New(read func(name string) ([]byte, error), written *Written) *Tracer {
	made := &Tracer{
		written: written,
		read:    read, texts: map[string]*text{}, byKey: map[any]*kustomization{}, resources: map[*resource.Resource]*tracked{},
		references: map[*yaml.Node]place{},
		steps:      make([]step, 1), origins: make([]origin, 1),
	}
	if written != nil && written.Own != nil {
		made.own = parseText(written.Own)
	}
	return made
}

// FileRead is told of each file that the build reads.
func (t *Tracer) FileRead(name string, content []byte) { t.last.name, t.last.content = name, content }

// Entered is told of each kustomization. Keys name kustomizations from here on.
func (t *Tracer) Entered(parent, key any, root, file string, content types.Kustomization) {
	entered := &kustomization{
		id: len(t.kustomizations), root: filepath.ToSlash(root), content: content, parent: t.byKey[parent], index: -1,
		transformers: transformersOf(content), generators: generatorsOf(content),
	}
	entered.file = path.Join(entered.root, file)
	entered.findEntry()
	t.kustomizations = append(t.kustomizations, entered)
	t.byKey[key] = entered
}

// Parsed is told of YAML that was made into nodes: resources and patches, from files and from inside kustomizations.
func (t *Tracer) Parsed(content []byte, nodes []*yaml.RNode) {
	starts := documentStarts(content)
	if len(starts) != len(nodes) {
		if len(starts) != 1 {
			return
		}
		starts = slices.Repeat(starts, len(nodes)) // the items of a list
	}
	if t.parsedChart(content, nodes, starts) {
		return
	}
	file := t.source(content)
	for i, node := range nodes {
		t.markRead(node.YNode(), file, int32(starts[i]))
	}
}

// source gives the file that has this content, or notes that it stands inside a kustomization.
func (t *Tracer) source(content []byte) int32 {
	if bytes.Equal(content, t.last.content) {
		return t.file(t.last.name)
	}
	t.inlines = append(t.inlines, bytes.Clone(content))
	return int32(-len(t.inlines))
}

// file gives the number of a file.
func (t *Tracer) file(name string) int32 {
	if i := slices.Index(t.files, name); i >= 0 {
		return int32(i + 1)
	}
	t.files = append(t.files, name)
	return int32(len(t.files))
}

func (t *Tracer) markRead(n *yaml.Node, file, above int32) {
	if t.originIn(n) != 0 {
		return // an anchor's value, which stands in several places
	}
	if isLeaf(n) {
		at := place{file: file, line: above + int32(n.Line), column: int32(n.Column)}
		mark(n, t.add(origin{place: at, value: n.Value}))
		return
	}
	from := 0
	if n.Kind == yaml.MappingNode {
		from = 1
	}
	for i := from; i < len(n.Content); i += from + 1 {
		t.markRead(n.Content[i], file, above)
	}
}

// Loaded is told of each file of resources.
func (t *Tracer) Loaded(key any, entry string, resources []*resource.Resource) {
	k := t.byKey[key]
	step := t.stepOf(k, "resources", k.entry("resources", entry))
	for _, r := range resources {
		loaded := change{Tracer: t, step: step}
		loaded.explain = func(*yaml.Node, []string, int32) place { return place{file: t.file(path.Join(k.root, entry))} }
		made := loaded.follow(r.YNode(), nil, atRoot, nil)
		t.resources[r] = &tracked{made, []int32{step}}
	}
}

// Transform lets a transformer do its work, and finds out what it did.
func (t *Tracer) Transform(key any, index int, plugin any, resources resmap.ResMap, transform func() error) error {
	k := t.byKey[key]
	field, number := k.transformer(index, plugin)
	step := t.stepOf(k, field, number)
	by := t.changeBy(step)
	make := func(*resource.Resource) change { return by }
	if replacement, ok := replacementOf(plugin); ok {
		make = t.replacing(k, index, replacement, resources.Resources())
	}
	if err := transform(); err != nil {
		return err
	}
	t.compare(resources.Resources(), make)
	return nil
}

// Finished is told when one of the steps that follow all kustomizations is done.
func (t *Tracer) Finished(field string, resources []*resource.Resource) {
	t.Step(field, resources)
}

// Step notes what was done to resources since the last step as done by the field of the kustomization that is built, or by
// something else of that name.
func (t *Tracer) Step(field string, resources []*resource.Resource) {
	if len(t.kustomizations) == 0 {
		return
	}
	step := t.stepOf(t.kustomizations[0], field, -1)
	if field == "buildMetadata" {
		t.top = below // its annotations are meant to stay
	}
	by := t.changeBy(step)
	by.sets = func([]string, string) bool { return false }
	switch field {
	case "hash":
		by.explain = func(_ *yaml.Node, _ []string, before int32) place { return t.origins[before].place }
	case "nameReference":
		by.explain = func(n *yaml.Node, _ []string, _ int32) place { return t.references[n] }
	case "vars":
		by.explain = t.substituted(resources)
	}
	t.compare(resources, func(*resource.Resource) change { return by })
}

func (t *Tracer) compare(resources []*resource.Resource, make func(*resource.Resource) change) {
	for _, r := range resources {
		if r.IsNilOrEmpty() {
			continue
		}
		known := t.resources[r]
		if known == nil {
			known = &tracked{}
			t.resources[r] = known
		}
		made := make(r)
		if known.fields != nil && made.touched == nil && t.same(r.YNode(), known.fields, t.top) {
			continue
		}
		made.Tracer, made.old = t, known.fields
		if made.rebuilt && known.fields != nil {
			made.old = t.patched(made, known.fields)
		}
		known.fields = made.follow(r.YNode(), made.old, t.top, nil)
		if len(known.steps) == 0 || known.steps[len(known.steps)-1] != made.step {
			known.steps = append(known.steps, made.step)
		}
	}
}

func (t *Tracer) stepOf(k *kustomization, field string, index int) int32 {
	wanted := step{kustomization: k, field: field, index: index}
	if i := slices.Index(t.steps, wanted); i > 0 {
		return int32(i)
	}
	t.steps = append(t.steps, wanted)
	return int32(len(t.steps) - 1)
}
