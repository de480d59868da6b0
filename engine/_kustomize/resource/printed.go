package resource

import (
	"bytes"
	"encoding/binary"
	"encoding/json"

	"sigs.k8s.io/kustomize/kyaml/memo"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// printed are resources as AsYAML gives them, by what their nodes hold.
var printed = memo.Memo[[]byte]{Capacity: 16 << 20}

// AsYAML returns the resource in Yaml form.
//
// It goes through two parsers and three printers, and an edit changes few resources, so most were printed before. kyaml's
// MarshalJSON begins by printing the node: what the printer looks at decides all that follows.
func (r *Resource) AsYAML() ([]byte, error) {
	node := r.YNode()
	if node == nil || node.Kind != kyaml.MappingNode {
		return r.asYAML()
	}
	held, ok := appendHeld(nil, node)
	if !ok {
		return r.asYAML()
	}
	key := string(held)
	if known, ok := printed.Get(key); ok {
		return bytes.Clone(known), nil
	}
	text, err := r.RNode.String()
	if err != nil {
		return nil, err
	}
	fields := map[string]interface{}{}
	if err := kyaml.Unmarshal([]byte(text), &fields); err != nil {
		return nil, err
	}
	content, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	result, err := yaml.JSONToYAML(content)
	if err == nil {
		printed.Put(key, bytes.Clone(result))
	}
	return result, err
}

// appendHeld appends everything of a node that decides how it is printed, so that other nodes give other bytes; not ok for an alias.
// The place where a node stood decides nothing.
func appendHeld(to []byte, node *kyaml.Node) (held []byte, ok bool) {
	if node == nil || node.Alias != nil {
		return nil, false
	}
	to = binary.AppendUvarint(to, uint64(node.Kind))
	to = binary.AppendUvarint(to, uint64(node.Style))
	for _, text := range [...]string{node.Tag, node.Value, node.Anchor, node.HeadComment, node.LineComment, node.FootComment} {
		to = binary.AppendUvarint(to, uint64(len(text)))
		to = append(to, text...)
	}
	to = binary.AppendUvarint(to, uint64(len(node.Content)))
	for _, child := range node.Content {
		if to, ok = appendHeld(to, child); !ok {
			return nil, false
		}
	}
	return to, true
}
