package resource

import (
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/memo"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// parsed are the nodes of YAML texts. They take some 30 times the memory of the text.
var parsed = memo.Memo[[]*kyaml.RNode]{Capacity: 2 << 20}

// nodesOf gives what kio.FromBytes gives; copying nodes takes a tenth of parsing them.
func nodesOf(content []byte) ([]*kyaml.RNode, error) {
	text := string(content)
	if known, ok := parsed.Get(text); ok {
		return copies(known), nil
	}
	nodes, err := kio.FromBytes(content)
	if err != nil {
		return nil, err
	}
	for _, node := range nodes {
		if !copiable(node.YNode()) {
			return nodes, nil
		}
	}
	parsed.Put(text, copies(nodes))
	return nodes, nil
}

func copies(nodes []*kyaml.RNode) []*kyaml.RNode {
	if nodes == nil {
		return nil
	}
	result := make([]*kyaml.RNode, len(nodes))
	for i, node := range nodes {
		result[i] = node.Copy()
	}
	return result
}

// copiable tells whether Copy makes a node that has nothing in common with the original: an alias would lead back to it.
func copiable(node *kyaml.Node) bool {
	if node == nil {
		return true
	}
	for _, child := range node.Content {
		if !copiable(child) {
			return false
		}
	}
	return node.Alias == nil
}
