package engine

import (
	"encoding/json"

	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/yaml"
)

// printed are values as YAML, by their JSON.
var printed = memo.Memo[[]byte]{Capacity: 4 << 20}

// marshal gives what yaml.Marshal gives; nobody may change it. Charts print the same values in many places, and an edit changes few.
func marshal(value any) ([]byte, error) {
	content, err := json.Marshal(value)
	if err != nil {
		return yaml.Marshal(value) // fails in its own words
	}
	text := string(content)
	if known, ok := printed.Get(text); ok {
		return known, nil
	}
	result, err := yaml.JSONToYAML(content)
	if err == nil {
		printed.Put(text, result)
	}
	return result, err
}
