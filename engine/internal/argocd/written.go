package argocd

import (
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/trace"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// written tells, for the kustomization that write changes, what is the folder's own and what an option; nil when nobody wants to know.
// It is to be called before and asked after the change.
func (w *work) written(options *v1alpha1.ApplicationSourceKustomize) *trace.Written {
	if w.follow == nil || options == nil {
		return nil
	}
	file, content, err := w.kustomization()
	if err != nil {
		return nil
	}
	var own, now types.Kustomization
	if yaml.Unmarshal(content, &own) != nil {
		return nil
	}
	prefix, object := append(slices.Clone(w.at), "kustomize"), w.follow.object
	if w.overridden {
		prefix, object = []any{"kustomize"}, trace.NewObject("", nil)
	}
	read := false
	return &trace.Written{File: file, Own: content, Object: object, From: func(path []any) (trace.Giver, []any) {
		if !read {
			read = true
			if _, changed, err := w.kustomization(); err != nil || yaml.Unmarshal(changed, &now) != nil {
				now = own
			}
		}
		from, at := (writtenFields{w, options, own, now}).from(path)
		if from == trace.FromObject {
			at = append(slices.Clone(prefix), at...)
		}
		return from, at
	}}
}

// writtenFields are the fields of a kustomization before and after options were written into it.
type writtenFields struct {
	*work
	options  *v1alpha1.ApplicationSourceKustomize
	own, now types.Kustomization
}

// from gives where the field at a path comes from, as trace.Written has it, with the path in the options.
func (f writtenFields) from(path []any) (trace.Giver, []any) {
	index := -1
	if len(path) > 1 {
		index, _ = path[1].(int)
	}
	options := f.options
	switch field := path[0]; {
	case field == "namePrefix" && options.NamePrefix != "", field == "nameSuffix" && options.NameSuffix != "", field == "namespace" && options.Namespace != "":
		return trace.FromObject, path
	case field == "images" && index >= 0 && index < len(f.now.Images):
		return f.image(f.now.Images[index].Name, path[2:])
	case field == "replicas" && index >= 0 && index < len(f.now.Replicas):
		return f.replica(f.now.Replicas[index].Name, path[2:])
	case field == "labels" && index >= 0:
		own := index < len(f.own.Labels)
		var pairs map[string]string
		if own {
			pairs = f.own.Labels[index].Pairs
		}
		return pair("commonLabels", options.CommonLabels, pairs, own, path, 3)
	case field == "commonLabels":
		return pair("commonLabels", options.CommonLabels, f.own.CommonLabels, len(f.own.CommonLabels) > 0, path, 1)
	case field == "commonAnnotations":
		return pair("commonAnnotations", options.CommonAnnotations, f.own.CommonAnnotations, len(f.own.CommonAnnotations) > 0, path, 1)
	case field == "patches" && index >= len(f.own.Patches):
		return trace.FromObject, append([]any{"patches", index - len(f.own.Patches)}, path[2:]...)
	case field == "components" && index >= len(f.own.Components) && index < len(f.now.Components):
		if given := slices.Index(options.Components, f.now.Components[index]); given >= 0 {
			return trace.FromObject, []any{"components", given}
		}
		return trace.Unknown, nil
	default:
		return trace.FromOwn, path
	}
}

// pair gives where a label or an annotation comes from; with a path that ends before the key, what the field is.
func pair(field string, options, own map[string]string, isOwn bool, path []any, at int) (trace.Giver, []any) {
	if len(path) <= at {
		if !isOwn {
			return trace.FromObject, []any{field}
		}
		return trace.FromOwn, path
	}
	key, _ := path[at].(string)
	_, given := options[key]
	_, had := own[key]
	switch {
	case given && had:
		return trace.Unknown, nil // which of them counts depends on the other options
	case given:
		return trace.FromObject, []any{field, key}
	default:
		return trace.FromOwn, path
	}
}

func (f writtenFields) replica(name string, rest []any) (trace.Giver, []any) {
	for i, given := range slices.Backward(f.options.Replicas) {
		if given.Name == name {
			return trace.FromObject, append([]any{"replicas", i}, rest...)
		}
	}
	i := slices.IndexFunc(f.own.Replicas, func(r types.Replica) bool { return r.Name == name })
	return ownEntry("replicas", i, rest)
}

func (f writtenFields) image(name string, rest []any) (trace.Giver, []any) {
	for i, option := range slices.Backward(f.options.Images) {
		given := partsOf(f.environment.substitute(string(option)))
		if given["name"] != name {
			continue
		}
		if len(rest) == 0 {
			return trace.FromObject, []any{"images", i}
		}
		if field, _ := rest[0].(string); given[field] != "" {
			return trace.FromObject, []any{"images", i}
		}
	}
	i := slices.IndexFunc(f.own.Images, func(image types.Image) bool { return image.Name == name })
	return ownEntry("images", i, rest)
}

func ownEntry(field string, index int, rest []any) (trace.Giver, []any) {
	if index < 0 {
		return trace.Unknown, nil
	}
	return trace.FromOwn, append([]any{field, index}, rest...)
}

// partsOf gives the fields of an image that an option gives: name=newName:newTag, name:newTag, with @digest in place of a tag.
func partsOf(option string) map[string]string {
	name, given, renamed := strings.Cut(option, "=")
	if !renamed {
		given = option
	}
	parts := map[string]string{}
	given, parts["digest"], _ = strings.Cut(given, "@")
	if colon := strings.LastIndex(given, ":"); colon > strings.LastIndex(given, "/") {
		given, parts["newTag"] = given[:colon], given[colon+1:]
	}
	if renamed {
		parts["name"], parts["newName"] = name, strings.TrimSuffix(given, "*")
	} else {
		parts["name"] = given
	}
	return parts
}
