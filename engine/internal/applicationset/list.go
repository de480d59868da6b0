package applicationset

import (
	"encoding/json"
	"errors"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"

	"sigs.k8s.io/yaml"
)

// list gives the elements of a list generator; one that is wrong costs no other.
func (s *set) list(generator *v1alpha1.ListGenerator, at string) ([]params, []failure) {
	var found []params
	var failures []failure
	for i, raw := range generator.Elements {
		one, err := s.element(raw)
		if err != nil {
			failures = append(failures, failure{fmt.Sprintf("%s.elements[%d]", at, i), err})
			continue
		}
		found = append(found, one)
	}
	if generator.ElementsYaml != "" {
		var more []params
		if err := yaml.Unmarshal([]byte(generator.ElementsYaml), &more); err != nil {
			return found, append(failures, failure{at + ".elementsYaml", fmt.Errorf("error unmarshling decoded ElementsYaml %w", err)})
		}
		found = append(found, more...)
	}
	return found, failures
}

// element reads an element. Without goTemplate it has texts only, and a map `values` of texts.
func (s *set) element(raw v1alpha1.JSON) (params, error) {
	var element params
	if err := json.Unmarshal(raw.Raw, &element); err != nil {
		return nil, fmt.Errorf("error unmarshling list element %w", err)
	}
	if s.object.Spec.GoTemplate {
		return element, nil
	}
	found := params{}
	for _, key := range sortedKeys(element) {
		if key != "values" {
			if err := addText(found, key, element[key]); err != nil {
				return nil, err
			}
			continue
		}
		values, ok := element[key].(map[string]any)
		if !ok {
			return nil, errors.New("error parsing values map")
		}
		for _, name := range sortedKeys(values) {
			if err := addText(found, "values."+name, values[name]); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

func addText(to params, key string, value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("error parsing value as string: %s is %v; quote it, or set goTemplate: true, which takes any value", key, value)
	}
	to[key] = text
	return nil
}
