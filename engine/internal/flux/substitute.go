package flux

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"drydock/engine/internal/wire"

	"github.com/fluxcd/pkg/envsubst"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/yaml"
)

const (
	variablePattern = "^[_[:alpha:]][_[:alpha:][:digit:]]*$"
	substituteMark  = "kustomize.toolkit.fluxcd.io/substitute"
	disabled        = "disabled"
)

var variableName = regexp.MustCompile(variablePattern)

// substitution puts values in the place of variables. It is SubstituteVariables of github.com/fluxcd/pkg/kustomize v1.35.6, in its
// words, over the same library.
type substitution struct {
	values map[string]string
	strict bool
	// keepUnknown tells that variables without a value stay as they are written.
	keepUnknown bool
	// always tells that resources are rewritten even when there are no values.
	always bool
	// used are the resources that refer to a variable, by its name.
	used map[string][]string
	// missed is the variable without a value that was asked for last.
	missed string
}

func newSubstitution(object postBuild, request wire.Flux) *substitution {
	values := map[string]string{}
	for _, given := range []map[string]string{request.Substitutions, object.Substitute} {
		for name, value := range given {
			values[name] = strings.ReplaceAll(value, "\n", "")
		}
	}
	return &substitution{
		values: values, strict: request.Strict, keepUnknown: request.KeepUnknown, always: object.SubstituteStrategy == "Always", used: map[string][]string{},
	}
}

// apply substitutes in a resource, and tells whether it is one to substitute in. A problem comes beside the error when one
// resource or variable is at fault.
func (s *substitution) apply(res *resource.Resource) (bool, *wire.FluxProblem, error) {
	content, err := res.AsYAML()
	if err != nil {
		return false, nil, err
	}
	if res.GetLabels()[substituteMark] == disabled || res.GetAnnotations()[substituteMark] == disabled {
		return false, nil, nil
	}
	if len(s.values) == 0 && !s.always && !s.keepUnknown {
		return true, nil, nil
	}
	problem := &wire.FluxProblem{Resource: nameOf(res)}
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		if !variableName.MatchString(name) {
			problem.Variable = name
			return false, problem, fmt.Errorf("envsubst error: '%s' var name is invalid, must match '%s'", name, variablePattern)
		}
	}
	s.missed = ""
	output, err := envsubst.Eval(string(content), func(name string) (string, bool) { return s.value(name, problem.Resource) })
	if err != nil {
		problem.Variable = s.missed
		return false, problem, fmt.Errorf("envsubst error: variable substitution failed: %w", err)
	}
	json, err := yaml.YAMLToJSON([]byte(output))
	if err != nil {
		return false, problem, fmt.Errorf("envsubst error: YAMLToJSON: %w", err)
	}
	if err := res.UnmarshalJSON(json); err != nil {
		return false, problem, fmt.Errorf("UnmarshalJSON: %w", err)
	}
	return true, nil, nil
}

// value is envsubst's mapping; the second result tells whether a variable may be used.
func (s *substitution) value(name, where string) (string, bool) {
	if !slices.Contains(s.used[name], where) {
		s.used[name] = append(s.used[name], where)
	}
	value, set := s.values[name]
	if !set && s.keepUnknown {
		return "${" + name + "}", true
	}
	if s.strict && !set {
		s.missed = name
	}
	return value, set || !s.strict
}

// variables are those that resources refer to, by name.
func (s *substitution) variables() []wire.FluxVariable {
	variables := []wire.FluxVariable{}
	for _, name := range slices.Sorted(maps.Keys(s.used)) {
		_, set := s.values[name]
		variables = append(variables, wire.FluxVariable{Name: name, Set: set, Where: s.used[name]})
	}
	return variables
}
