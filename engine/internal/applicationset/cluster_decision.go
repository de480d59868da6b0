package applicationset

import (
	"errors"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/wire"
)

// clusterDecision gives the clusters that the status of a resource names, of those that Argo CD knows.
func (s *set) clusterDecision(generator *v1alpha1.DuckTypeGenerator, at string) ([]params, []failure) {
	selector := generator.LabelSelector
	none := selector.MatchLabels == nil && selector.MatchExpressions == nil
	if (generator.Name == "") == none {
		return nil, fail(at, errors.New("there is a problem with the definition of the ClusterDecisionResource generator: it needs either name or labelSelector"))
	}
	answer, failures := answerTo(generator, "clusterDecisionResource", at, s.fixture.ClusterDecisionResource)
	if failures != nil {
		return nil, failures
	}
	matchKey := answer.MatchKey
	if matchKey == "" {
		matchKey = "clusterName"
	}
	s.asksClusters = true
	var found []params
	for _, decision := range answer.Decisions {
		name := decision[matchKey]
		known, ok := s.clusterNamed(name)
		if !ok {
			s.warn("%s: the fixture's decision %s: %q names no known cluster and is left out, as Argo CD does", at, matchKey, name)
			continue
		}
		one := params{"name": known.Name, "server": known.Server}
		for key, value := range decision {
			one[key] = value
		}
		s.addPlainValues(generator.Values, one)
		found = append(found, one)
	}
	return found, nil
}

func (s *set) clusterNamed(name string) (wire.Cluster, bool) {
	for _, known := range s.fixture.known() {
		if known.Name == name && name != "" {
			return known, true
		}
	}
	return wire.Cluster{}, false
}

// addPlainValues adds values as they are: this generator's are not templates.
func (s *set) addPlainValues(values map[string]string, to params) {
	if s.object.Spec.GoTemplate {
		if len(values) > 0 {
			to["values"] = values
		}
		return
	}
	for key, value := range values {
		to["values."+key] = value
	}
}
