package applicationset

import (
	"fmt"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// selector is a label selector over parameters. Unlike Kubernetes's, it takes any text as a value, such as a server's URL
// (applicationset/utils/selector.go).
type selector []metav1.LabelSelectorRequirement

// newSelector checks a selector; nil selects everything.
func newSelector(labels *metav1.LabelSelector) (selector, error) {
	if labels == nil {
		return nil, nil
	}
	var made selector
	for _, key := range sortedKeys(labels.MatchLabels) {
		made = append(made, metav1.LabelSelectorRequirement{Key: key, Operator: metav1.LabelSelectorOpIn, Values: []string{labels.MatchLabels[key]}})
	}
	made = append(made, labels.MatchExpressions...)
	for _, requirement := range made {
		if err := check(requirement); err != nil {
			return nil, err
		}
	}
	return made, nil
}

func check(requirement metav1.LabelSelectorRequirement) error {
	var errs field.ErrorList
	if problems := validation.IsQualifiedName(requirement.Key); len(problems) > 0 {
		errs = append(errs, field.Invalid(field.NewPath("key"), requirement.Key, strings.Join(problems, "; ")))
	}
	values := field.NewPath("values")
	switch requirement.Operator {
	case metav1.LabelSelectorOpIn, metav1.LabelSelectorOpNotIn:
		if len(requirement.Values) == 0 {
			errs = append(errs, field.Invalid(values, []string(nil), "for 'in', 'notin' operators, values set can't be empty"))
		}
	case metav1.LabelSelectorOpExists, metav1.LabelSelectorOpDoesNotExist:
		if len(requirement.Values) > 0 {
			errs = append(errs, field.Invalid(values, requirement.Values, "values set must be empty for exists and does not exist"))
		}
	default:
		return fmt.Errorf("%q is not a valid pod selector operator", requirement.Operator)
	}
	return errs.ToAggregate()
}

func (s selector) matches(values map[string]string) bool {
	for _, requirement := range s {
		value, found := values[requirement.Key]
		named := found && slices.Contains(requirement.Values, value)
		var matches bool
		switch requirement.Operator {
		case metav1.LabelSelectorOpIn:
			matches = named
		case metav1.LabelSelectorOpNotIn:
			matches = !named
		case metav1.LabelSelectorOpExists:
			matches = found
		case metav1.LabelSelectorOpDoesNotExist:
			matches = !found
		}
		if !matches {
			return false
		}
	}
	return true
}
