package values

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"drydock/engine/internal/wire"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
)

// mark stands in place of a value while Helm puts values together. It is the value's index among the marked ones.
type mark int

type marked struct {
	value  any
	origin wire.ValueOrigin
}

// marks are the values that were marked.
type marks []marked

func (m *marks) add(value any, origin wire.ValueOrigin) mark {
	*m = append(*m, marked{value, origin})
	return mark(len(*m) - 1)
}

// of gives the values of a YAML file with marks in place of what is no table and no list. Null stays, it takes away what others set.
func (m *marks) of(content []byte, origin wire.ValueOrigin) (map[string]any, error) {
	values, err := loader.LoadValues(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var documents []*yaml.Node
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		documents = append([]*yaml.Node{&document}, documents...) // the last wins
	}
	return m.table(values, documents, origin), nil
}

// table marks what is in a table, which stands in any of the nodes, the first before the others.
func (m *marks) table(values map[string]any, nodes []*yaml.Node, origin wire.ValueOrigin) map[string]any {
	out := make(map[string]any, len(values))
	for key, value := range values {
		out[key] = m.value(value, fieldsOf(nodes, key), origin)
	}
	return out
}

func (m *marks) value(value any, nodes []*yaml.Node, origin wire.ValueOrigin) any {
	switch value := value.(type) {
	case nil:
		return nil
	case map[string]any:
		return m.table(value, nodes, origin)
	case []any:
		out := make([]any, len(value))
		for i, item := range value {
			out[i] = m.value(item, itemOf(nodes, i), origin)
		}
		return out
	default:
		if len(nodes) > 0 {
			origin.Line = nodes[0].Line
		}
		return m.add(value, origin)
	}
}

// behind gives what a node stands for: a document's content, what an alias refers to.
func behind(node *yaml.Node) *yaml.Node {
	for {
		switch {
		case node.Kind == yaml.DocumentNode && len(node.Content) > 0:
			node = node.Content[0]
		case node.Kind == yaml.AliasNode:
			node = node.Alias
		default:
			return node
		}
	}
}

// fieldsOf gives the nodes of a key's value, the one that counts first, then those that it is merged over.
func fieldsOf(nodes []*yaml.Node, key string) []*yaml.Node {
	var found, merged []*yaml.Node
	for _, node := range nodes {
		node = behind(node)
		if node.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			name, value := node.Content[i], node.Content[i+1]
			switch {
			case name.Value == key:
				found = append(found, value)
			case name.Tag == "!!merge" && behind(value).Kind == yaml.SequenceNode:
				merged = append(merged, fieldsOf(behind(value).Content, key)...)
			case name.Tag == "!!merge":
				merged = append(merged, fieldsOf([]*yaml.Node{value}, key)...)
			}
		}
	}
	return append(found, merged...)
}

// itemOf gives the node of a list's item.
func itemOf(nodes []*yaml.Node, index int) []*yaml.Node {
	if len(nodes) == 0 {
		return nil
	}
	if list := behind(nodes[0]); list.Kind == yaml.SequenceNode && index < len(list.Content) {
		return []*yaml.Node{list.Content[index]}
	}
	return nil
}

// markNew marks what is not marked yet.
func (m *marks) markNew(value any, origin wire.ValueOrigin) any {
	switch value := value.(type) {
	case nil, mark:
		return value
	case map[string]any:
		for key, inner := range value {
			value[key] = m.markNew(inner, origin)
		}
		return value
	case []any:
		for i, inner := range value {
			value[i] = m.markNew(inner, origin)
		}
		return value
	default:
		return m.add(value, origin)
	}
}

// key of a path, as a key of Go's maps.
func keyOf(path []string) string { return strings.Join(path, "\x00") }
