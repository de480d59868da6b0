package resource

import (
	"strings"

	"sigs.k8s.io/kustomize/api/internal/utils"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// kustomize looks for a resource by making the ids of all of them, each time. Most are told apart by their names, which take no
// memory to compare: these two answer no only if the id, or every previous id, has another name.

// MayBeNamed tells whether GetName may give this name.
func (r *Resource) MayBeNamed(name string) bool {
	node := r.YNode()
	if node == nil || node.Kind != kyaml.MappingNode || name == "" {
		return true
	}
	found := fieldOf(fieldOf(node, kyaml.MetadataField), kyaml.NameField)
	return found != nil && found.Value == name
}

// MayHaveBeenNamed tells whether one of PrevIds may have this name.
func (r *Resource) MayHaveBeenNamed(name string) bool {
	node := r.YNode()
	if node == nil || node.Kind != kyaml.MappingNode {
		return true
	}
	annotations := fieldOf(fieldOf(node, kyaml.MetadataField), kyaml.AnnotationsField)
	names := fieldOf(annotations, utils.BuildAnnotationPreviousNames)
	return names != nil && strings.Contains(names.Value, name)
}

// fieldOf gives the value of the first key of this name, as kyaml does; nil for none.
func fieldOf(node *kyaml.Node, name string) *kyaml.Node {
	if node == nil {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; key != nil && key.Value == name {
			return node.Content[i+1]
		}
	}
	return nil
}
