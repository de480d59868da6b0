package applicationset

import (
	"slices"

	"drydock/engine/internal/argocd/v1alpha1"
)

// number finds the step of a RollingSync in which each Application is updated, by its labels
// (applicationset_controller.go, buildAppDependencyList).
func (s *set) number(all []*generated) {
	strategy := s.object.Spec.Strategy
	if strategy == nil || strategy.Type != "RollingSync" || strategy.RollingSync == nil || len(strategy.RollingSync.Steps) == 0 {
		return
	}
	for _, one := range all {
		if one.application == nil {
			continue
		}
		for i, step := range strategy.RollingSync.Steps {
			if !inStep(step, one.application.Labels) {
				continue
			}
			if one.step > 0 {
				s.warn("spec.strategy.rollingSync: Application %s is in two steps, %d and %d", one.application.Name, one.step, i+1)
				continue
			}
			one.step = i + 1
		}
		if one.step == 0 {
			s.warn("spec.strategy.rollingSync: Application %s is in no step, so it is never synced", one.application.Name)
		}
	}
}

func inStep(step v1alpha1.ApplicationSetRolloutStep, labels map[string]string) bool {
	for _, expression := range step.MatchExpressions {
		value, labelled := labels[expression.Key]
		named := slices.Contains(expression.Values, value)
		switch {
		case !labelled && expression.Operator == "In":
			return false
		case !labelled:
		case expression.Operator == "In" && !named, expression.Operator == "NotIn" && named:
			return false
		case expression.Operator != "In" && expression.Operator != "NotIn":
			return false
		}
	}
	return true
}
