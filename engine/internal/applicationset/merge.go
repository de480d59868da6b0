package applicationset

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"drydock/engine/internal/argocd/v1alpha1"

	"dario.cat/mergo"
)

// merge lays what the later generators give over those parameter sets of the first that have the same merge keys. The
// controller gives them in the order of a Go map, which is another one each time; here it is the first generator's.
func (s *set) merge(generator *v1alpha1.MergeGenerator, at string) ([]params, []failure) {
	if len(generator.Generators) < 2 {
		return nil, fail(at, errors.New("found less than two generators, Merge requires two or more"))
	}
	var given [][]params
	var failures []failure
	for i, nested := range generator.Generators {
		found, failed := s.produceNested(nested, params{}, fmt.Sprintf("%s.generators[%d]", at, i))
		failures = append(failures, explained(failed, "error getting param sets from generators: error getting params from generator %d of %d", i+1, len(generator.Generators))...)
		given = append(given, found)
	}
	if len(failures) > 0 {
		return nil, failures // what an override is missing from must not look as if there were none
	}
	order, merged, err := byMergeKeys(generator.MergeKeys, given[0])
	if err != nil {
		return nil, fail(at+".mergeKeys", err)
	}
	for _, later := range given[1:] {
		_, overrides, err := byMergeKeys(generator.MergeKeys, later)
		if err != nil {
			return nil, fail(at+".mergeKeys", err)
		}
		for _, key := range order {
			if merged[key], err = s.override(merged[key], overrides[key]); err != nil {
				return nil, fail(at, fmt.Errorf("error merging base param set with override param set: %w", err))
			}
		}
	}
	found := make([]params, len(order))
	for i, key := range order {
		found[i] = merged[key]
	}
	return found, nil
}

func (s *set) override(base, over params) (params, error) {
	if base == nil {
		base = params{}
	}
	if s.object.Spec.GoTemplate && over != nil {
		err := mergo.Merge(&base, over, mergo.WithOverride)
		return base, err
	}
	maps.Copy(base, over)
	return base, nil
}

// byMergeKeys gives parameter sets by what they have for the merge keys, and the order in which they were given.
func byMergeKeys(mergeKeys []string, of []params) (order []string, sets map[string]params, err error) {
	if len(mergeKeys) == 0 {
		return nil, nil, errors.New("error getting param sets by merge key: no merge keys were specified, Merge requires at least one")
	}
	sets = map[string]params{}
	for _, one := range of {
		values := params{}
		for _, key := range mergeKeys {
			values[key] = one[key]
		}
		encoded, err := json.Marshal(values)
		if err != nil {
			return nil, nil, fmt.Errorf("error getting param sets by merge key: error marshalling param set key json: %w", err)
		}
		key := string(encoded)
		if _, known := sets[key]; known {
			return nil, nil, fmt.Errorf("error getting param sets by merge key: the parameters from a generator were not unique by the given mergeKeys, Merge requires all param sets to be unique. Duplicate key was %s", key)
		}
		sets[key] = one
		order = append(order, key)
	}
	return order, sets, nil
}
