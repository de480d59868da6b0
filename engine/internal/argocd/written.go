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
	read := false
	return &trace.Written{File: file, Own: content, From: func(path []any) trace.Given {
		if !read {
			read = true
			if _, changed, err := w.kustomization(); err != nil || yaml.Unmarshal(changed, &now) != nil {
				now = own
			}
		}
		return (writtenFields{w, options, own, now}).from(path)
	}}
}

// writtenFields are the fields of a kustomization before and after options were written into it.
type writtenFields struct {
	*work
	options  *v1alpha1.ApplicationSourceKustomize
	own, now types.Kustomization
}

// from tells what gives the field at a path.
func (f writtenFields) from(path []any) trace.Given {
	index := -1
	if len(path) > 1 {
		index, _ = path[1].(int)
	}
	options := f.options
	switch field := path[0]; {
	case field == "namePrefix" && options.NamePrefix != "", field == "nameSuffix" && options.NameSuffix != "", field == "namespace" && options.Namespace != "":
		return f.option(path...)
	case field == "images" && index >= 0 && index < len(f.now.Images):
		return f.image(f.now.Images[index].Name, path[2:])
	case field == "replicas" && index >= 0 && index < len(f.now.Replicas):
		return f.replica(f.now.Replicas[index].Name, path[2:])
	case field == "labels" && index >= 0 && index < len(f.now.Labels):
		pairs := pairs{"commonLabels", options.CommonLabels, nil, f.now.Labels[index].Pairs}
		if index < len(f.own.Labels) {
			pairs.own = f.own.Labels[index].Pairs
		}
		return f.pair(pairs, path, 3)
	case field == "commonLabels":
		return f.pair(pairs{"commonLabels", options.CommonLabels, f.own.CommonLabels, f.now.CommonLabels}, path, 1)
	case field == "commonAnnotations":
		return f.pair(pairs{"commonAnnotations", options.CommonAnnotations, f.own.CommonAnnotations, f.now.CommonAnnotations}, path, 1)
	case field == "patches" && index >= len(f.own.Patches):
		return f.option(append([]any{"patches", index - len(f.own.Patches)}, path[2:]...)...)
	case field == "components" && index >= len(f.own.Components) && index < len(f.now.Components):
		if given := slices.Index(options.Components, f.now.Components[index]); given >= 0 {
			return f.option("components", given)
		}
		return trace.Given{}
	default:
		return trace.Given{Path: path}
	}
}

// option tells what gives an option for kustomize: the last file that has it, else the Application. Such files are merged: a list
// takes the place of a list, and what is null stays.
func (w *work) option(path ...any) trace.Given {
	at := append([]any{"kustomize"}, path...)
	for _, file := range slices.Backward(w.overrides) {
		if file.Has(at...) {
			return trace.Given{Path: at, Object: file}
		}
	}
	return trace.Given{Path: append(slices.Clone(w.at), at...), Object: w.follow.object}
}

// pairs are the labels or the annotations that options give, and those of the kustomization before and after.
type pairs struct {
	field             string
	options, own, now map[string]string
}

// pair tells what gives a label or an annotation; with a path that ends before the key, what gives the field.
func (f writtenFields) pair(pairs pairs, path []any, at int) trace.Given {
	if len(path) <= at {
		if len(pairs.own) == 0 {
			return f.option(pairs.field)
		}
		return trace.Given{Path: path}
	}
	key, _ := path[at].(string)
	_, given := pairs.options[key]
	own, had := pairs.own[key]
	switch {
	case given && (!had || own != pairs.now[key]):
		return f.option(pairs.field, key)
	case given:
		return trace.Given{} // which of them counts depends on the other options
	default:
		return trace.Given{Path: path}
	}
}

func (f writtenFields) replica(name string, rest []any) trace.Given {
	for i, given := range slices.Backward(f.options.Replicas) {
		if given.Name == name {
			return f.option(append([]any{"replicas", i}, rest...)...)
		}
	}
	i := slices.IndexFunc(f.own.Replicas, func(r types.Replica) bool { return r.Name == name })
	return ownEntry("replicas", i, rest)
}

func (f writtenFields) image(name string, rest []any) trace.Given {
	for i, option := range slices.Backward(f.options.Images) {
		given := partsOf(f.environment.substitute(string(option)))
		if given["name"] != name {
			continue
		}
		if len(rest) == 0 {
			return f.option("images", i)
		}
		if field, _ := rest[0].(string); given[field] != "" {
			return f.option("images", i)
		}
	}
	i := slices.IndexFunc(f.own.Images, func(image types.Image) bool { return image.Name == name })
	return ownEntry("images", i, rest)
}

func ownEntry(field string, index int, rest []any) trace.Given {
	if index < 0 {
		return trace.Given{}
	}
	return trace.Given{Path: append([]any{field, index}, rest...)}
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
