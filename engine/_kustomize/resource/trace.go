package resource

import kyaml "sigs.k8s.io/kustomize/kyaml/yaml"

// traceItems gives the items of a list, which went through JSON, the columns that they had in the list.
func traceItems(list *kyaml.RNode, items []*kyaml.RNode) {
	field := list.Field("items")
	if field == nil || len(field.Value.Content()) != len(items) {
		return
	}
	for i, item := range items {
		copyColumns(field.Value.Content()[i], item.YNode())
	}
}

func copyColumns(from, to *kyaml.Node) {
	if from.Kind != to.Kind || from.Kind == kyaml.ScalarNode || len(from.Content) == 0 {
		if from.Kind == to.Kind && from.Value == to.Value {
			to.Column = from.Column
		}
		return
	}
	if from.Kind == kyaml.SequenceNode && len(from.Content) == len(to.Content) {
		for i := range from.Content {
			copyColumns(from.Content[i], to.Content[i])
		}
	}
	if from.Kind != kyaml.MappingNode {
		return
	}
	for i := 0; i < len(to.Content); i += 2 {
		for j := 0; j < len(from.Content); j += 2 {
			if from.Content[j].Value == to.Content[i].Value {
				copyColumns(from.Content[j+1], to.Content[i+1])
			}
		}
	}
}
