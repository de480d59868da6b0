package util

import (
	"maps"

	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/yaml"
)

// heads are what manifests begin with, by all of their text.
var heads = memo.Memo[SimpleHead]{Capacity: 4 << 20}

// readHead does what yaml.Unmarshal does. Most manifests are as they were before an edit.
func readHead(manifest string, head *SimpleHead) error {
	if known, ok := heads.Get(manifest); ok {
		*head = known.copied()
		return nil
	}
	err := yaml.Unmarshal([]byte(manifest), head)
	if err == nil {
		heads.Put(manifest, head.copied())
	}
	return err
}

func (h SimpleHead) copied() SimpleHead {
	if h.Metadata != nil {
		metadata := *h.Metadata
		metadata.Annotations = maps.Clone(metadata.Annotations)
		h.Metadata = &metadata
	}
	return h
}
