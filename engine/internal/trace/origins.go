package trace

import "sigs.k8s.io/kustomize/kyaml/yaml"

// A leaf (a scalar, an empty mapping or an empty list) carries its origin in the column of its node, so that the origin goes wherever
// kustomize copies or moves the node. Nothing of kustomize reads columns. A node that kustomize makes has none, and one that went
// through JSON has a small one.
const tagged = 1 << 40

// origin of a leaf's value; the number 0 stands for none.
type origin struct {
	step  int32
	place place
	// before is the origin of the value that this one was made from or replaced.
	before int32
	// value as it is in the leaf while this is its origin.
	value string
}

// place of a value in a file.
type place struct {
	// file is an index in the tracer's files, from 1; negative for YAML written inside a kustomization, whose texts are counted from -1.
	file, line, column int32
	// via is the origin of the field that the value was taken from.
	via int32
}

func (t *Tracer) add(made origin) int32 {
	t.origins = append(t.origins, made)
	return int32(len(t.origins) - 1)
}

// originIn gives the origin that a node carries; 0 for none.
func (t *Tracer) originIn(n *yaml.Node) int32 {
	if id := n.Column - tagged; id > 0 && id < len(t.origins) {
		return int32(id)
	}
	return 0
}

func mark(n *yaml.Node, id int32) { n.Column = tagged + int(id) }

func isLeaf(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode || len(n.Content) == 0 }
