package trace

import (
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Report tells where the fields of what was rendered come from. What was done to the resources since the last step is said to be done
// by `buildMetadata`, which kustomize applies last.
func (t *Tracer) Report(rendered resmap.ResMap) *wire.Trace {
	if rendered.Size() > 0 {
		t.Step("buildMetadata", rendered.Resources())
	}
	r := &report{Tracer: t, numbers: map[int32]int{0: 0}, made: wire.Trace{Files: t.files, Origins: [][]int{{}}}}
	for _, k := range t.kustomizations {
		entered := wire.TraceKustomization{File: int(t.file(k.file)) - 1, Parent: -1, Field: k.field, Index: k.index}
		if k.parent != nil {
			entered.Parent = k.parent.id
		}
		r.made.Kustomizations = append(r.made.Kustomizations, entered)
	}
	for _, s := range t.steps[1:] {
		if s.chart != nil {
			r.made.Steps = append(r.made.Steps, *s.chart)
			continue
		}
		told := wire.TraceStep{Kustomization: s.kustomization.id}
		own := false
		if told.Field, told.Index, own = t.reported(s); !own {
			told.Kustomization = -1
		}
		r.made.Steps = append(r.made.Steps, told)
	}
	r.made.Resources = []wire.TraceResource{}
	for _, res := range rendered.Resources() {
		r.made.Resources = append(r.made.Resources, r.resource(res))
	}
	r.made.Files = t.files
	return &r.made
}

type report struct {
	*Tracer
	made wire.Trace
	// numbers are those of origins in the report.
	numbers map[int32]int
}

func (r *report) resource(res *resource.Resource) wire.TraceResource {
	made := wire.TraceResource{APIVersion: res.GetApiVersion(), Kind: res.GetKind(), Namespace: res.GetNamespace(), Name: res.GetName(), Steps: []int{}}
	if known := r.resources[res]; known != nil {
		for _, step := range known.steps {
			made.Steps = append(made.Steps, int(step))
		}
	}
	made.Fields = r.fields(res.YNode())
	return made
}

func (r *report) fields(n *yaml.Node) any {
	if isLeaf(n) {
		return r.number(r.originIn(n))
	}
	if n.Kind == yaml.SequenceNode {
		items := make([]any, len(n.Content))
		for i, item := range n.Content {
			items[i] = r.fields(item)
		}
		return items
	}
	entries := make(map[string]any, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		entries[n.Content[i].Value] = r.fields(n.Content[i+1])
	}
	return entries
}

// number gives an origin's number in the report. What leads to it comes before it.
func (r *report) number(id int32) int {
	if number, known := r.numbers[id]; known {
		return number
	}
	from := r.origins[id]
	before, via := r.number(from.before), r.number(from.place.via)
	file := max(from.place.file, 0)
	row := []int{int(from.step), int(file), int(from.place.line), int(from.place.column), before, via}
	if file == 0 {
		row[2], row[3] = 0, 0
	}
	for len(row) > 0 && row[len(row)-1] == 0 {
		row = row[:len(row)-1]
	}
	r.numbers[id] = len(r.made.Origins)
	r.made.Origins = append(r.made.Origins, row)
	return r.numbers[id]
}
