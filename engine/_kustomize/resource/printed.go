package resource

import (
	"bytes"
	"encoding/json"

	"sigs.k8s.io/kustomize/api/internal/memo"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// printed are resources as AsYAML gives them, by what String gives.
var printed = memo.Memo[[]byte]{Capacity: 8 << 20}

// AsYAML returns the resource in Yaml form.
//
// It goes through two parsers and three printers, and kyaml's MarshalJSON begins by printing the node: what that gives decides
// all that follows. An edit changes few resources, so most were printed before.
func (r *Resource) AsYAML() ([]byte, error) {
	node := r.YNode()
	if node == nil || node.Kind != kyaml.MappingNode {
		return r.asYAML()
	}
	text, err := r.RNode.String()
	if err != nil {
		return nil, err
	}
	if known, ok := printed.Get(text); ok {
		return bytes.Clone(known), nil
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
		printed.Put(text, bytes.Clone(result))
	}
	return result, err
}
