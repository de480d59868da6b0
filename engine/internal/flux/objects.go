package flux

import (
	"bytes"
	"fmt"
	"maps"
	"strings"

	"k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// ownerLabel begins the labels by which the controller knows what it applied.
const ownerLabel = "kustomize.toolkit.fluxcd.io/"

// added are the labels and annotations that every object gets.
type added struct{ labels, annotations map[string]string }

// addedTo gives what a Kustomization adds to its objects: commonMetadata, over the owner's labels if they are wanted.
func addedTo(object kustomization, ownerLabels bool) added {
	all := added{labels: map[string]string{}}
	if ownerLabels {
		all.labels[ownerLabel+"name"] = object.Metadata.Name
		all.labels[ownerLabel+"namespace"] = object.Metadata.Namespace
	}
	if given := object.Spec.CommonMetadata; given != nil {
		maps.Copy(all.labels, given.Labels)
		all.annotations = given.Annotations
	}
	return all
}

// objectsYAML gives the objects that the controller makes of resources, with what is added to each: ReadObjects and
// SetCommonMetadata of github.com/fluxcd/pkg/ssa/utils v0.76.2.
func objectsYAML(resources resmap.ResMap, add added, follow *following) ([]byte, error) {
	var documents [][]byte
	for i, res := range resources.Resources() {
		content, err := res.AsYAML()
		if err != nil {
			object, _ := res.Map()
			return nil, fmt.Errorf("kustomize build failed: %#v: %w", object, err)
		}
		mayBeList := res.Field("items") != nil
		switch {
		case !hasText(res.Field("kind")):
			object, _ := yaml.YAMLToJSON(content)
			return nil, fmt.Errorf("error unmarshaling JSON: while decoding JSON: Object 'Kind' is missing in '%s'", object)
		case !mayBeList && !isApplied(res):
		case !mayBeList && len(add.labels) == 0 && len(add.annotations) == 0:
			documents = append(documents, content)
			follow.printed(i, 0, nil)
		default:
			read, err := readObjects(content)
			if err != nil {
				return nil, err
			}
			for item, object := range read {
				add.to(object)
				follow.printed(i, item, object)
				document, err := yaml.Marshal(object)
				if err != nil {
					return nil, err
				}
				documents = append(documents, document)
			}
		}
	}
	return bytes.Join(documents, []byte("---\n")), nil
}

// isApplied tells whether a resource is one for the API server: it has a name and a version, which a substitution may have
// taken from it, and is no kustomization for kustomize itself.
func isApplied(res *resource.Resource) bool {
	if !hasText(res.Field("metadata").Value.Field("name")) || !hasText(res.Field("apiVersion")) {
		return false
	}
	return !strings.EqualFold(res.GetKind(), "kustomization") || !strings.HasPrefix(res.GetApiVersion(), "kustomize.config.k8s.io/")
}

// hasText tells whether a field is given and neither null nor empty.
func hasText(field *kyaml.MapNode) bool {
	return !field.IsNilOrEmpty() && kyaml.GetValue(field.Value) != ""
}

// readObjects gives the object in a document, or its items when it has a list of them.
func readObjects(document []byte) ([]map[string]any, error) {
	content, err := yaml.YAMLToJSON(document)
	if err != nil {
		return nil, err
	}
	var object map[string]any
	if err := json.Unmarshal(content, &object); err != nil {
		return nil, err
	}
	items, ok := object["items"].([]any)
	if !ok {
		return []map[string]any{object}, nil
	}
	var objects []map[string]any
	for _, item := range items {
		child, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("items member is not an object: %T", child)
		}
		objects = append(objects, child)
	}
	return objects, nil
}

// to adds to an object.
func (a added) to(object map[string]any) {
	metadata, ok := object["metadata"].(map[string]any)
	if !ok {
		metadata = map[string]any{}
		object["metadata"] = metadata
	}
	addTo(metadata, "labels", a.labels)
	addTo(metadata, "annotations", a.annotations)
}

func addTo(metadata map[string]any, field string, given map[string]string) {
	all := texts(metadata[field])
	for key, value := range given {
		all[key] = value
	}
	if len(all) > 0 {
		metadata[field] = all
	}
}

// texts copies a map of texts. One that holds anything else counts as empty, as in apimachinery.
func texts(field any) map[string]any {
	values, _ := field.(map[string]any)
	for _, value := range values {
		if _, ok := value.(string); !ok {
			return map[string]any{}
		}
	}
	if values == nil {
		return map[string]any{}
	}
	return maps.Clone(values)
}

// nameOf names a resource as Flux does: kind/namespace/name, or kind/name.
func nameOf(res *resource.Resource) string {
	if namespace := res.GetNamespace(); namespace != "" {
		return res.GetKind() + "/" + namespace + "/" + res.GetName()
	}
	return res.GetKind() + "/" + res.GetName()
}
