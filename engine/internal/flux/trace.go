package flux

import (
	"regexp"
	"slices"
	"strings"

	"drydock/engine/internal/trace"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/resource"
)

// writtenBy tells what of a kustomization that generate gave is the folder's, and what the Flux Kustomization's.
func writtenBy(spec KustomizationSpec, made generated, object *trace.Object) *trace.Written {
	return &trace.Written{File: made.file, Own: made.own, From: func(path []any) trace.Given {
		if at := made.inSpec(spec, path); at != nil {
			return trace.Given{Path: append([]any{"spec"}, at...), Object: object}
		}
		return trace.Given{Path: path}
	}}
}

// inSpec gives the path below the spec of what gives a field of the kustomization; nil for none.
func (made generated) inSpec(spec KustomizationSpec, path []any) []any {
	index := -1
	if len(path) > 1 {
		index, _ = path[1].(int)
	}
	field := path[0]
	switch {
	case field == "namespace" && spec.TargetNamespace != "":
		return []any{"targetNamespace"}
	case field == "namePrefix" && spec.NamePrefix != "", field == "nameSuffix" && spec.NameSuffix != "":
		return path
	case field == "buildMetadata" && len(spec.BuildMetadata) > 0:
		return path
	case field == "patches" && index >= made.patches:
		return append([]any{"patches", index - made.patches}, path[2:]...)
	case field == "components" && index >= made.components && index-made.components < len(made.added):
		return []any{"components", made.added[index-made.components]}
	case field == "images" && index >= 0 && index < len(made.images):
		return imageInSpec(spec, made.images[index].Name, path[2:])
	default:
		return nil
	}
}

// imageInSpec gives the path below the spec of what gives a field of an image, or with no field of the last that gives any.
func imageInSpec(spec KustomizationSpec, name string, field []any) []any {
	for i, image := range slices.Backward(spec.Images) {
		given := map[any]bool{"newName": image.NewName != "", "newTag": image.NewTag != "", "digest": image.Digest != ""}
		if image.Name == name && (len(field) == 0 || given[field[0]]) {
			return append([]any{"images", i}, field...)
		}
	}
	return nil
}

// following keeps what happens to the resources of a build after kustomize made them; nil keeps nothing.
type following struct {
	object  kustomization
	request wire.Flux
	at      *trace.Object
	// was and is are the resources, in their order, before and after the substitution.
	was, is []any
	prints  []printed
}

// printed is an object of the rendering: the number of its resource and of the item if that is a list; its content when that is
// another one.
type printed struct {
	resource, item int
	content        any
}

func (f *following) before(res *resource.Resource) {
	if f != nil {
		f.was = append(f.was, trace.Content(res))
	}
}

func (f *following) after(res *resource.Resource) {
	if f != nil {
		f.is = append(f.is, trace.Content(res))
	}
}

func (f *following) printed(resource, item int, object any) {
	if f == nil {
		return
	}
	made := printed{resource: resource, item: item}
	if object != nil {
		made.content = trace.Content(object)
	}
	f.prints = append(f.prints, made)
}

// trace tells where the printed objects come from; of has the resources of the build.
func (f *following) trace(of *wire.Trace) *wire.Trace {
	edit := trace.NewEdit()
	build := edit.Add(of, nil)
	for _, p := range f.prints {
		if p.resource >= len(of.Resources) {
			break // the original kustomize, which tells nothing
		}
		made := of.Resources[p.resource]
		was := trace.Document{Content: f.was[p.resource], Fields: build.Fields(made.Fields)}
		is := trace.Document{Content: f.is[p.resource]}
		is.Fields = was.Follow(is.Content, func(c trace.Change) int { return f.substituted(edit, c) })
		if p.content != nil {
			is = itemOf(is, p.item)
			is.Fields = is.Follow(p.content, func(trace.Change) int { return 0 })
			is.Content = p.content
			f.markAdded(edit, is.Fields)
		}
		edit.Resource(is.Content, is.Fields, build.Steps(made.Steps))
	}
	return &edit.Made
}

// itemOf gives an item of a list, and an object that is none itself.
func itemOf(list trace.Document, index int) trace.Document {
	object, _ := list.Content.(map[string]any)
	items, isList := object["items"].([]any)
	if !isList {
		return list
	}
	origins, _ := list.Fields.(map[string]any)
	fields, _ := origins["items"].([]any)
	if index >= len(items) || index >= len(fields) {
		return trace.Document{}
	}
	return trace.Document{Content: items[index], Fields: fields[index]}
}

var variable = regexp.MustCompile(`\$\{#?([_A-Za-z][_A-Za-z0-9]*)`)

// substituted gives the origin of a field that the substitution changed. Its place is that of the text with the variables.
func (f *following) substituted(edit *trace.Edit, c trace.Change) int {
	written, _ := c.Was.(string)
	var names []string
	for _, found := range variable.FindAllStringSubmatch(strings.ReplaceAll(written, "$$", ""), -1) {
		if !slices.Contains(names, found[1]) {
			names = append(names, found[1])
		}
	}
	step := edit.Done(wire.StepSubstitute, -1, names...)
	via := 0
	if len(names) == 1 && f.object.Spec.PostBuild != nil {
		if _, given := f.object.Spec.PostBuild.Substitute[names[0]]; given {
			path := []any{"spec", "postBuild", "substitute", names[0]}
			via = edit.Origin(edit.DoneBy(path[:3]...), f.at.At(path...), 0, 0)
		}
	}
	return edit.Moved(step, c.Before, via)
}

// markAdded gives the labels and annotations that every object gets their origin, also where they were there before.
func (f *following) markAdded(edit *trace.Edit, fields any) {
	object, _ := fields.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	add := addedTo(f.object, f.request.OwnerLabels)
	for field, given := range map[string]map[string]string{"labels": add.labels, "annotations": add.annotations} {
		origins, _ := metadata[field].(map[string]any)
		for key := range given {
			before, _ := origins[key].(int)
			if origins != nil {
				origins[key] = f.origin(edit, field, key, before)
			}
		}
	}
}

func (f *following) origin(edit *trace.Edit, field, key string, before int) int {
	var ours map[string]string
	if common := f.object.Spec.CommonMetadata; common != nil && field == "labels" {
		ours = common.Labels
	} else if common != nil {
		ours = common.Annotations
	}
	if _, given := ours[key]; !given {
		named := f.at.At("metadata", strings.TrimPrefix(key, ownerLabel))
		return edit.Origin(edit.Done(wire.StepOwner, -1), named, before, 0)
	}
	path := []any{"spec", "commonMetadata", field, key}
	return edit.Origin(edit.DoneBy(path[:3]...), f.at.At(path...), before, 0)
}
