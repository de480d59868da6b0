package applicationset

import (
	"errors"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"

	"dario.cat/mergo"
)

// matrix gives each parameter set of the first generator with each of the second, which can name the first's parameters.
func (s *set) matrix(generator *v1alpha1.MatrixGenerator, at string) ([]params, []failure) {
	if len(generator.Generators) < 2 {
		return nil, fail(at, errors.New("found less than two generators, Matrix support only two"))
	}
	if len(generator.Generators) > 2 {
		return nil, fail(at, errors.New("found more than two generators, Matrix support only two"))
	}
	firsts, failures := s.produceNested(generator.Generators[0], nil, at+".generators[0]")
	failures = explained(failures, "error failed to get params for first generator in matrix generator")
	var found []params
	for _, first := range firsts {
		seconds, failed := s.produceNested(generator.Generators[1], first, at+".generators[1]")
		failures = appendNew(failures, explained(failed, "failed to get params for second generator in the matrix generator"))
		for _, second := range seconds {
			pair, err := s.combined(first, second)
			if err != nil {
				failures = append(failures, failure{at, err})
				continue
			}
			found = append(found, pair)
		}
		if len(found) > maxApplications {
			break // produce tells
		}
	}
	return found, failures
}

// appendNew leaves out what is known: the second generator often fails alike for each of the first's parameter sets.
func appendNew(to, failures []failure) []failure {
	for _, one := range failures {
		known := false
		for _, other := range to {
			known = known || one.path == other.path && one.err.Error() == other.err.Error()
		}
		if !known {
			to = append(to, one)
		}
	}
	return to
}

// combined lays the first generator's parameters over the second's. Without goTemplate they must not differ.
func (s *set) combined(first, second params) (params, error) {
	pair := params{}
	if s.object.Spec.GoTemplate {
		if err := mergo.Merge(&pair, second, mergo.WithOverride); err != nil {
			return nil, fmt.Errorf("failed to merge params from the second generator in the matrix generator with temp map: %w", err)
		}
		if err := mergo.Merge(&pair, first, mergo.WithOverride); err != nil {
			return nil, fmt.Errorf("failed to merge params from the second generator in the matrix generator with the first: %w", err)
		}
		return pair, nil
	}
	for key, value := range first {
		pair[key] = plain(value)
	}
	for _, key := range sortedKeys(second) {
		value := plain(second[key])
		if known, ok := pair[key]; ok && known != value {
			return nil, fmt.Errorf("failed to combine string maps with merging params for the matrix generator: found duplicate key %s with different value, a: %s ,b: %s", key, known, value)
		}
		pair[key] = value
	}
	return pair, nil
}
