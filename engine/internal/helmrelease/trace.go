package helmrelease

import (
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/trace"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// following finds out where the objects of a release come from; nil finds out nothing. Objects are followed from one text to the next by
// the file that wrote them and their names; of several alike nothing is told.
type following struct {
	edit    *trace.Edit
	object  *trace.Object
	tracing *helm.Tracing
	// written are the objects of templates, rendered those of them that were post-rendered.
	written, rendered byName
}

// named names an object and the file that wrote it.
type named struct{ file, apiVersion, kind, namespace, name string }

// byName are objects by their names; nil in place of several of one name.
type byName map[named]*trace.Document

func (b byName) add(key named, d trace.Document) {
	if _, twice := b[key]; twice {
		b[key] = nil
		return
	}
	b[key] = &d
}

func newFollowing(request wire.HelmRelease) *following {
	if !request.Trace {
		return nil
	}
	return &following{
		edit: trace.NewEdit(), object: trace.NewObject(request.Object, request.ObjectFile), tracing: helm.NewTracing(),
		written: byName{}, rendered: byName{},
	}
}

// tracer is what finds out where lines of templates come from; nil for nobody.
func (f *following) tracer() *helm.Tracing {
	if f == nil {
		return nil
	}
	return f.tracing
}

func nameIn(content any, file string) named {
	object, _ := content.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	made := named{file: file}
	made.apiVersion, _ = object["apiVersion"].(string)
	made.kind, _ = object["kind"].(string)
	made.namespace, _ = metadata["namespace"].(string)
	made.name, _ = metadata["name"].(string)
	return made
}

// fileOf gives the file that an annotation says an object is from.
func fileOf(content any) string {
	object, _ := content.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	file, _ := annotations[fileAnnotation].(string)
	return file
}

// templates tells what templates gave.
func (f *following) templates(files map[string]string) {
	if f == nil {
		return
	}
	made, lines := f.tracing.Files(files)
	added := f.edit.Add(made, nil)
	for name, origins := range lines {
		for _, document := range trace.Documents([]byte(files[name]), f.edit.InLines(added.Lines(origins))) {
			f.written.add(nameIn(document.Content, name), document)
			for _, item := range itemsOf(document) {
				f.written.add(nameIn(item.Content, name), item)
			}
		}
	}
}

// itemsOf gives the items of a list, which kyaml and kustomize take apart.
func itemsOf(of trace.Document) []trace.Document {
	object, _ := of.Content.(map[string]any)
	origins, _ := of.Fields.(map[string]any)
	items, isList := object["items"].([]any)
	fields, _ := origins["items"].([]any)
	if kind, _ := object["kind"].(string); !strings.HasSuffix(kind, "List") || !isList || len(items) != len(fields) {
		return nil
	}
	made := make([]trace.Document, len(items))
	for i := range items {
		made[i] = trace.Document{Content: items[i], Fields: fields[i]}
	}
	return made
}

func unknown(trace.Change) int { return 0 }

// merged gives the origins of the objects of a text that is to be post-rendered.
func (f *following) merged(manifests string) []trace.Document {
	if f == nil {
		return nil
	}
	documents := trace.Documents([]byte(manifests), func(trace.Leaf) int { return 0 })
	for i, document := range documents {
		if was := f.written[nameIn(document.Content, fileOf(document.Content))]; was != nil {
			documents[i].Fields = was.Follow(document.Content, unknown)
		}
	}
	return documents
}

// build tells of the kustomization of a post-renderer, as the tracer of its build is to tell it; nil for no tracer.
func (f *following) build(renderer int) *trace.Written {
	if f == nil {
		return nil
	}
	return &trace.Written{From: func(path []any) trace.Given {
		if path[0] != "patches" && path[0] != "images" {
			return trace.Given{}
		}
		return trace.Given{Path: append([]any{"spec", "postRenderers", renderer, "kustomize"}, path...), Object: f.object}
	}}
}

// patched gives the origins of what a post-renderer made of objects; made is the trace of its build.
func (f *following) patched(manifests []byte, objects []trace.Document, rendered []byte, made *wire.Trace) []trace.Document {
	if made == nil {
		return trace.Documents(rendered, func(trace.Leaf) int { return 0 })
	}
	type at struct{ line, column int }
	known := map[at]int{}
	next := 0
	places := trace.Places(manifests, func(leaf trace.Leaf) int { next++; known[at{leaf.Line, leaf.Column}] = next; return next })
	numbers := make([]int, next+1)
	for i, fields := range places {
		if i < len(objects) {
			collect(fields, objects[i].Fields, numbers)
		}
	}
	made.Kustomizations = nil
	for i := range made.Steps {
		made.Steps[i].Kustomization = -1
	}
	added := f.edit.Add(made, func(file string, line, column int) (int, bool) {
		return numbers[known[at{line, column}]], path.Base(file) == helmOutput
	})
	documents := trace.Documents(rendered, func(trace.Leaf) int { return 0 })
	for i := range documents {
		if len(made.Resources) == len(documents) {
			documents[i].Fields = added.Fields(made.Resources[i].Fields)
		}
	}
	return documents
}

// collect gives the leaves that places numbers their origins.
func collect(places, fields any, numbers []int) {
	switch places := places.(type) {
	case map[string]any:
		below, _ := fields.(map[string]any)
		for key, value := range places {
			collect(value, below[key], numbers)
		}
	case []any:
		below, _ := fields.([]any)
		for i, value := range places {
			if len(below) == len(places) {
				collect(value, below[i], numbers)
			}
		}
	case int:
		numbers[places], _ = fields.(int)
	}
}

// marked gives the origins of objects to which labels and annotations were added, by a field of the spec or by the controller itself.
func (f *following) marked(objects []trace.Document, rendered []byte, added map[string]map[string]string, by []any) []trace.Document {
	documents := trace.Documents(rendered, func(trace.Leaf) int { return 0 })
	before := byName{}
	for _, object := range apart(objects) {
		before.add(nameIn(object.Content, fileOf(object.Content)), object)
	}
	for i, document := range documents { // kustomize puts the items of lists elsewhere
		if was := before[nameIn(document.Content, fileOf(document.Content))]; was != nil {
			documents[i].Fields = was.Follow(document.Content, unknown)
		}
		f.mark(documents[i].Fields, added, by)
	}
	return documents
}

// apart gives objects with the items of lists in place of these.
func apart(objects []trace.Document) (all []trace.Document) {
	for _, object := range objects {
		if items := itemsOf(object); items != nil {
			all = append(all, items...)
			continue
		}
		all = append(all, object)
	}
	return all
}

func (f *following) mark(fields any, added map[string]map[string]string, by []any) {
	object, _ := fields.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	for field, given := range added {
		origins, _ := metadata[field].(map[string]any)
		for key := range given {
			before, written := origins[key].(int)
			if !written {
				continue
			}
			if by == nil {
				named := f.object.At("metadata", strings.TrimPrefix(key, group+"/"))
				origins[key] = f.edit.Origin(f.edit.Done(wire.StepOwner, -1), named, before, 0)
				continue
			}
			at := append(slices.Clone(by), field)
			origins[key] = f.edit.Origin(f.edit.DoneBy(at...), f.object.At(append(at, key)...), before, 0)
		}
	}
}

// finished tells what came of post-rendering.
func (f *following) finished(objects []trace.Document) {
	if f == nil {
		return
	}
	for _, document := range objects {
		f.rendered.add(nameIn(document.Content, fileOf(document.Content)), document)
	}
}

// printed gives the trace of what is printed. crds are those of the chart, before labels were added.
func (f *following) printed(made *helm.Manifests, crds []chart.CRD, labels map[string]string) *wire.Trace {
	defined := byName{}
	for _, crd := range crds {
		step := f.edit.Step(wire.TraceStep{Field: wire.StepTemplate, Index: -1, Kustomization: -1, Name: crd.Filename})
		for _, document := range trace.Documents(crd.File.Data, func(leaf trace.Leaf) int {
			return f.edit.Origin(step, trace.Spot{File: f.tracing.FileOf(crd.Filename), Line: leaf.Line, Column: leaf.Column}, 0, 0)
		}) {
			defined.add(nameIn(document.Content, crd.Filename), document)
		}
	}
	for _, crd := range made.CRDs {
		for _, document := range trace.Documents(crd.File.Data, func(trace.Leaf) int { return 0 }) {
			fields := document.Fields
			if was := defined[nameIn(document.Content, crd.Filename)]; was != nil {
				fields = was.Follow(document.Content, unknown)
			}
			f.mark(fields, map[string]map[string]string{"labels": labels}, nil)
			f.edit.Resource(document.Content, fields, nil)
		}
	}
	for _, manifest := range made.Sorted {
		f.print(manifest.Name, manifest.Content)
	}
	for _, hook := range made.Hooks {
		f.print(hook.Path, hook.Manifest)
	}
	return &f.edit.Made
}

func (f *following) print(file, content string) {
	for _, document := range trace.Documents([]byte(content), func(trace.Leaf) int { return 0 }) {
		key := nameIn(document.Content, file)
		if strings.HasPrefix(file, generatedFile) {
			key.file = ""
		}
		was := f.rendered[key]
		if _, rendered := f.rendered[key]; !rendered {
			was = f.written[key]
		}
		fields := document.Fields
		if was != nil {
			fields = was.Follow(document.Content, unknown)
		}
		f.edit.Resource(document.Content, fields, nil)
	}
}
