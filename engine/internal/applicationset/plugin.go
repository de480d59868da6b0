package applicationset

import (
	"fmt"
	"maps"

	"drydock/engine/internal/argocd/v1alpha1"

	"github.com/jeremywohl/flatten"
)

// plugin gives the parameter sets that the fixture has for the plugin, and what the plugin was given.
func (s *set) plugin(generator *v1alpha1.PluginGenerator, at string) ([]params, []failure) {
	answer, failures := answerTo(generator, "plugin", at, s.fixture.Plugin)
	if failures != nil {
		return nil, failures
	}
	var found []params
	for _, given := range answer.Parameters {
		one, err := s.structured(given)
		if err != nil {
			return nil, fail(at, fmt.Errorf("error generating params: %w", err))
		}
		one["generator"] = map[string]any{
			"input": map[string]v1alpha1.PluginParameters{"parameters": generator.Input.Parameters},
		}
		if err := s.templates.addValues(generator.Values, one); err != nil {
			return nil, fail(fieldOf(err, at+".values"), fmt.Errorf("error generating params: %w", err))
		}
		found = append(found, one)
	}
	return found, nil
}

// structured gives an object's fields as parameters: as they are with goTemplate, else a text for each leaf.
func (s *set) structured(object map[string]any) (params, error) {
	found := params{}
	if s.object.Spec.GoTemplate {
		maps.Copy(found, object)
		return found, nil
	}
	flat, err := flatten.Flatten(object, "", flatten.DotStyle)
	for key, value := range flat {
		found[key] = plain(value)
	}
	return found, err
}
