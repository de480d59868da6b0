package builtinconfig

import (
	"slices"
	"sync"

	"sigs.k8s.io/kustomize/api/types"
)

// Each kustomization merges kustomize's own configuration into what its bases have merged, which is the same nearly always.
var merged mergers

// mergers are the mergers made last.
type mergers struct {
	mu   sync.Mutex
	last []merger // the latest first
}

type merger struct{ into, input, result *TransformerConfig }

// maxMergers is enough for the few that builds without a configuration of their own make.
const maxMergers = 16

// Merge merges two TransformerConfigs objects into
// a new TransformerConfig object
func (t *TransformerConfig) Merge(input *TransformerConfig) (*TransformerConfig, error) {
	if input == nil {
		return t.merge(input)
	}
	if known := merged.find(t, input); known != nil {
		return known.clone(), nil
	}
	into, with := t.clone(), input.clone()
	result, err := t.merge(input)
	if err == nil {
		merged.add(merger{into, with, result.clone()})
	}
	return result, err
}

func (m *mergers) find(into, input *TransformerConfig) *TransformerConfig {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, known := range m.last {
		if known.into.equals(into) && known.input.equals(input) {
			return known.result
		}
	}
	return nil
}

func (m *mergers) add(made merger) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = slices.Insert(m.last, 0, made)
	m.last = m.last[:min(len(m.last), maxMergers)]
}

// lists are all lists of a configuration but NameReference.
func (t *TransformerConfig) lists() [11]*types.FsSlice {
	return [...]*types.FsSlice{
		&t.NamePrefix, &t.NameSuffix, &t.NameSpace, &t.CommonLabels, &t.Labels, &t.TemplateLabels,
		&t.VolumeClaimTemplateLabels, &t.CommonAnnotations, &t.VarReference, &t.Images, &t.Replicas,
	}
}

// clone is DeepCopy, only that a list that is nil stays nil.
func (t *TransformerConfig) clone() *TransformerConfig {
	result := &TransformerConfig{NameReference: slices.Clone(t.NameReference)}
	for i := range result.NameReference {
		result.NameReference[i].Referrers = slices.Clone(result.NameReference[i].Referrers)
	}
	to := result.lists()
	for i, list := range t.lists() {
		*to[i] = slices.Clone(*list)
	}
	return result
}

func (t *TransformerConfig) equals(other *TransformerConfig) bool {
	others := other.lists()
	for i, list := range t.lists() {
		if !sameList(*list, *others[i]) {
			return false
		}
	}
	return (t.NameReference == nil) == (other.NameReference == nil) &&
		slices.EqualFunc(t.NameReference, other.NameReference, func(a, b NameBackReferences) bool {
			return a.Gvk == b.Gvk && sameList(a.Referrers, b.Referrers)
		})
}

func sameList(a, b types.FsSlice) bool { return (a == nil) == (b == nil) && slices.Equal(a, b) }
