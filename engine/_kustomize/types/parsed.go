package types

import (
	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/yaml"
)

// kustomizations are the JSON of kustomizations, by their YAML.
var kustomizations = memo.Memo[[]byte]{Capacity: 1 << 20}

// jsonOf gives what yaml.YAMLToJSON gives. Nobody may change it.
func jsonOf(kustomization []byte) ([]byte, error) {
	text := string(kustomization)
	if known, ok := kustomizations.Get(text); ok {
		return known, nil
	}
	result, err := yaml.YAMLToJSON(kustomization)
	if err == nil {
		kustomizations.Put(text, result)
	}
	return result, err
}
