package argocd

import (
	"strings"

	"drydock/engine/internal/trace"
	"drydock/engine/internal/wire"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// following finds out where the manifests of an Application come from; nil finds out nothing.
type following struct {
	edit *trace.Edit
	// object is the Application.
	object *trace.Object
	of     map[*unstructured.Unstructured]traced
}

// traced is what is known of an object: the origins of its fields, and steps that touched it.
type traced struct {
	fields any
	steps  []int
}

func newFollowing(request wire.Application) *following {
	if !request.Trace {
		return nil
	}
	return &following{
		edit: trace.NewEdit(), object: trace.NewObject(request.Object, request.ObjectFile), of: map[*unstructured.Unstructured]traced{},
	}
}

// overriding gives files as what may give options.
func (f *following) overriding(files []override) []*trace.Object {
	if f == nil {
		return nil
	}
	objects := make([]*trace.Object, len(files))
	for i, file := range files {
		objects[i] = trace.NewObject(string(file.content), &wire.ObjectFile{Path: file.file, Line: 1})
	}
	return objects
}

// built tells that kustomize built objects.
func (f *following) built(objects []*unstructured.Unstructured, rendered wire.Rendering) {
	if f == nil || rendered.Trace == nil {
		return
	}
	added := f.edit.Add(rendered.Trace, nil)
	if len(rendered.Trace.Resources) != len(objects) {
		return
	}
	for i, resource := range rendered.Trace.Resources {
		f.of[objects[i]] = traced{added.Fields(resource.Fields), added.Steps(resource.Steps)}
	}
}

// templated tells that Helm wrote objects.
func (f *following) templated(objects []*unstructured.Unstructured, rendered wire.Rendering) {
	if f == nil || rendered.Trace == nil {
		return
	}
	f.known(objects, f.edit.LinePlaces(rendered.YAML, f.edit.Add(rendered.Trace, nil).Lines(trace.LinesOf(rendered.Trace))))
}

// read tells that objects were read from a file.
func (f *following) read(objects []*unstructured.Unstructured, file manifestFile) {
	if f == nil {
		return
	}
	step := f.edit.Done(wire.StepDirectory, -1)
	f.known(objects, trace.Places(file.content, func(leaf trace.Leaf) int {
		return f.edit.Origin(step, trace.Spot{File: file.place, Line: leaf.Line, Column: leaf.Column}, 0, 0)
	}))
}

// known notes the origins of objects, if there are as many.
func (f *following) known(objects []*unstructured.Unstructured, fields []any) {
	if len(fields) != len(objects) {
		return
	}
	for i, object := range objects {
		f.of[object] = traced{fields: fields[i]}
	}
}

// item tells that an object is an item of a list, or the object itself.
func (f *following) item(of, item *unstructured.Unstructured, index int) {
	if f == nil || of == item {
		return
	}
	list := f.of[of]
	fields, _ := list.fields.(map[string]any)
	items, _ := fields["items"].([]any)
	if index < len(items) {
		f.of[item] = traced{items[index], list.steps}
	}
}

// mark marks an object, and tells where what is printed of it comes from.
func (f *following) mark(object *unstructured.Unstructured, mark func() error) error {
	if f == nil {
		return mark()
	}
	was := trace.Document{Content: trace.Content(object.Object), Fields: f.of[object].fields}
	if err := mark(); err != nil {
		return err
	}
	content := trace.Content(object.Object)
	fields := was.Follow(content, func(c trace.Change) int {
		if len(c.Path) == 0 || c.Path[0] != "metadata" && !strings.Contains(strings.Join(c.Path, "/"), "/metadata/labels/") {
			return 0
		}
		return f.edit.Origin(f.edit.Done(wire.StepTracking, -1), f.object.At("metadata", "name"), c.Before, 0)
	})
	f.edit.Resource(content, fields, f.of[object].steps)
	return nil
}
