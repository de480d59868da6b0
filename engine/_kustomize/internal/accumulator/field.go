package accumulator

import (
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// mayHaveField tells whether filters/fieldspec may find something at a field of a node, or complain. Deployments have some sixty
// fields that may refer to something, and most lack most of them.
func mayHaveField(node *yaml.Node, field types.FieldSpec) bool {
	if field.CreateIfNotPresent || !plainPath.MatchString(field.Path) || strings.HasSuffix(field.Path, "/namespace") {
		return true // ways of writing a path that are not worth repeating here; a field that another reference may add
	}
	return mayHave(node, strings.Split(field.Path, "/"))
}

var plainPath = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9]*(/[a-zA-Z][a-zA-Z0-9]*)*$`)

func mayHave(node *yaml.Node, path []string) bool {
	if node == nil || len(path) == 0 {
		return true
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == path[0] {
				return mayHave(node.Content[i+1], path[1:])
			}
		}
		return false
	case yaml.SequenceNode:
		for _, element := range node.Content {
			if mayHave(element, path) {
				return true
			}
		}
		return false
	default:
		return true
	}
}
