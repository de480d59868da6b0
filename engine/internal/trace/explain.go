package trace

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// changeBy gives what is known of the doing of a kustomization's field before resources are compared.
func (t *Tracer) changeBy(number int32) change {
	s := t.steps[number]
	made := change{
		Tracer: t,
		step:   number,
		sets:   func(path []string, value string) bool { return t.sets(s, path, value) },
	}
	made.explain = func(n *yaml.Node, path []string, _ int32) place { return t.explain(s, path, n.Value) }
	_, made.rebuilt = t.operations(s)
	return made
}

// explain finds the place of a value that a field sets.
func (t *Tracer) explain(s step, path []string, value string) place {
	k, last := s.kustomization, path[len(path)-1]
	switch s.field {
	case "namespace", "namePrefix", "nameSuffix":
		return t.inKustomization(k, s.field)
	case "buildMetadata":
		return t.inKustomization(k, s.field, slices.Index(k.content.BuildMetadata, buildMetadata[last]))
	case "labels":
		return t.inKustomization(k, s.field, s.index, "pairs", last)
	case "commonLabels", "commonAnnotations":
		return t.inKustomization(k, s.field, last)
	case "replicas":
		return t.inKustomization(k, s.field, s.index, "count")
	case "images":
		return t.inKustomization(k, k.image(s.index)...)
	case "patches", "patchesStrategicMerge", "patchesJson6902":
		at, _ := t.inPatch(s, path, value)
		return at
	default:
		return place{}
	}
}

// buildMetadata has the option that adds a label or an annotation.
var buildMetadata = map[string]string{
	konfig.ManagedbyLabelKey:                     types.ManagedByLabelOption,
	"config.kubernetes.io/origin":                types.OriginAnnotations,
	"alpha.config.kubernetes.io/transformations": types.TransformerAnnotations,
}

// image gives the path of the field of an image that decides its rendered value.
func (k *kustomization) image(index int) []any {
	image, list := k.content.Images[index], "images"
	field := "newName"
	switch {
	case image.NewTag != "":
		field = "newTag"
	case image.Digest != "":
		field = "digest"
	case image.NewName == "":
		field = "tagSuffix"
	}
	return []any{list, index, field}
}

// sets tells whether a field sets what is at a path, when all that shows is that kustomize made the node anew with the same value:
// it also does that with names, and with all annotations when it takes a note.
func (t *Tracer) sets(s step, path []string, value string) bool {
	switch {
	case len(path) == 1 && (path[0] == "kind" || path[0] == "apiVersion"):
		return false
	case len(path) == 2 && path[0] == "metadata" && path[1] == "name":
		return s.field == "namespace" // of a Namespace
	case len(path) == 2 && path[0] == "metadata" && path[1] == "namespace":
		return s.field == "namespace"
	case len(path) == 3 && path[0] == "metadata" && path[1] == "annotations":
		if s.field == "commonAnnotations" {
			_, given := s.kustomization.content.CommonAnnotations[path[2]]
			return given
		}
		_, found := t.inPatch(s, path, value)
		return found
	default:
		return true
	}
}

// patchTexts gives the texts of a step that patches: files, and what stands in the kustomization.
func (t *Tracer) patchTexts(s step) []patchText {
	k := s.kustomization
	inFile := func(name string) patchText { return patchText{file: resolve(k.root, name)} }
	patch := func(of types.Patch) []patchText {
		if of.Path != "" {
			return []patchText{inFile(of.Path)}
		}
		return []patchText{{content: of.Patch, path: []any{s.field, s.index, "patch"}}}
	}
	switch s.field {
	case "patches":
		return patch(k.content.Patches[s.index])
	case "patchesJson6902":
		return patch(k.content.PatchesJson6902[s.index])
	case "patchesStrategicMerge":
		var texts []patchText
		for i, entry := range k.content.PatchesStrategicMerge {
			if strings.Contains(string(entry), "\n") || strings.Contains(string(entry), "{") {
				texts = append(texts, patchText{content: string(entry), path: []any{s.field, i}})
				continue
			}
			texts = append(texts, inFile(string(entry)))
		}
		return texts
	default:
		return nil
	}
}

// patchText is a file, or what stands at a path of the kustomization.
type patchText struct {
	file    string
	content string
	path    []any
}

func (t *Tracer) documentsOf(p patchText) []*yaml.Node {
	if p.file != "" {
		return t.textOf(p.file).documents
	}
	key := "\x00" + p.content // no file is called so
	if t.texts[key] == nil {
		t.texts[key] = parseText([]byte(p.content))
	}
	return t.texts[key].documents
}

func (t *Tracer) placeIn(k *kustomization, p patchText, n *yaml.Node) place {
	if p.file != "" {
		return place{file: t.file(p.file), line: int32(n.Line), column: int32(n.Column)}
	}
	return t.inScalar(k, false, int32(n.Line), int32(n.Column), p.path...)
}

// inPatch finds the only place in a step's patches that gives a field this value.
func (t *Tracer) inPatch(s step, path []string, value string) (at place, found bool) {
	keys := make([]any, len(path))
	for i, key := range path {
		keys[i] = key
	}
	for _, p := range t.patchTexts(s) {
		for _, document := range t.documentsOf(p) {
			n := find(document, keys...)
			if n == nil || n.Value != value {
				continue
			}
			if found {
				return place{}, true
			}
			at, found = t.placeIn(s.kustomization, p, n), true
		}
	}
	return at, found
}

// within gives the place of what was read for the step: that in a file, or in the kustomization.
func (c *change) within(at place) place {
	s := c.steps[c.step]
	texts := c.patchTexts(s)
	isInline := func(p patchText) bool { return p.file == "" }
	if at.file < 0 {
		content := string(c.inlines[-at.file-1])
		i := slices.IndexFunc(texts, func(p patchText) bool {
			return isInline(p) && strings.TrimSpace(p.content) == strings.TrimSpace(content)
		})
		if i < 0 {
			return place{}
		}
		return c.inScalar(s.kustomization, content != texts[i].content, at.line, at.column, texts[i].path...)
	}
	if len(texts) == 1 && isInline(texts[0]) { // a file with the same text was read before
		return c.inScalar(s.kustomization, true, at.line, at.column, texts[0].path...)
	}
	return at
}
