package target

import (
	"bytes"
	"encoding/json"

	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/yaml"
)

// configs are what transformers are configured with, YAML by JSON.
var configs = memo.Memo[[]byte]{Capacity: 4 << 20}

// configOf gives what yaml.Marshal gives. Most of a configuration is kustomize's long lists of fields, the same in every build, and
// making JSON is the short part of the way to YAML.
func configOf(config interface{}) ([]byte, error) {
	content, err := json.Marshal(config)
	if err != nil {
		return yaml.Marshal(config) // fails in its own words
	}
	text := string(content)
	if known, ok := configs.Get(text); ok {
		return bytes.Clone(known), nil
	}
	result, err := yaml.JSONToYAML(content)
	if err == nil {
		configs.Put(text, bytes.Clone(result))
	}
	return result, err
}
