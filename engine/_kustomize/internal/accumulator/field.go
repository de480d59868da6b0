package accumulator

import (
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// mayHaveField tells whether filters/fieldspec may find something at a field of a node, or complain. Deployments have some sixty
// fields that may refer to something, and most lack most of them.
func mayHaveField(node *yaml.Node, field types.FieldSpec) bool {
	if field.CreateIfNotPresent {
		return true
	}
	names, ok := paths.Get(field.Path)
	if !ok {
		names = namesIn(field.Path)
		paths.Put(field.Path, names)
	}
	return mayHave(node, names)
}

// paths are what namesIn gave.
var paths = memo.Memo[[]string]{Capacity: 1 << 18}

// namesIn gives the names of the fields that a path goes through; none when there are ways of writing a path in it that are not worth
// repeating here, or for a field that another reference may add.
func namesIn(path string) []string {
	if !plainPath.MatchString(path) || strings.HasSuffix(path, "/namespace") {
		return nil
	}
	return strings.Split(path, "/")
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
