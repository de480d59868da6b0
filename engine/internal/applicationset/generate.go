// Package applicationset generates the Applications of an ApplicationSet as Argo CD's ApplicationSet controller does
// (github.com/argoproj/argo-cd/v3 v3.2.11, applicationset/), without a cluster and without a connection: what the controller
// learns from those, a fixture tells.
//
// The libraries are those that the controller uses. What stands between them is ours, because the controller's packages bring
// all of Argo CD with them; test/fidelity runs the real ones on the same ApplicationSets.
package applicationset

import (
	"bytes"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/gitfiles"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// maxApplications is how many parameter sets a generator may give, and how many Applications a set: a runaway matrix must not
// fill the memory. Argo CD has no such limit, and no installation that comes near.
const maxApplications = 10_000

// set is an ApplicationSet that is being rendered.
type set struct {
	object             *v1alpha1.ApplicationSet
	templates          *templates
	fixture            *fixture
	view               *tree.View
	ignored            *gitfiles.Ignored
	repositories       []wire.Repository
	newGitFileGlobbing bool
	warnings           []string
	// asksClusters tells that a generator wanted to know the clusters.
	asksClusters bool
}

// Generate gives the Applications as YAML documents, and wire.GeneratedApplications. An Application or a generator that fails
// costs no other one; an error comes only of an ApplicationSet or fixture that can't be read.
func Generate(view *tree.View, request wire.ApplicationSet) (wire.Rendering, error) {
	object, err := decode(request.Object)
	if err != nil {
		return wire.Rendering{}, err
	}
	fixture, err := readFixture(request.Fixture)
	if err != nil {
		return wire.Rendering{}, err
	}
	fixture.complete(request.Live)
	templates, err := newTemplates(object.Spec.GoTemplate, object.Spec.GoTemplateOptions)
	if err != nil {
		return wire.Rendering{}, err
	}
	s := &set{
		object:             object,
		templates:          templates,
		fixture:            fixture,
		view:               view,
		ignored:            gitfiles.Hide(view),
		repositories:       request.Repositories,
		newGitFileGlobbing: request.NewGitFileGlobbing,
	}
	return s.rendering()
}

// decode reads the object as the controller's client does: unknown fields are left out.
func decode(text string) (*v1alpha1.ApplicationSet, error) {
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("the ApplicationSet is not YAML: %w", err)
	}
	var object v1alpha1.ApplicationSet
	if err := utiljson.Unmarshal(data, &object); err != nil {
		return nil, fmt.Errorf("a field of the ApplicationSet has the wrong type: %w", err)
	}
	return &object, nil
}

func (s *set) rendering() (wire.Rendering, error) {
	generated, failures := s.applications()
	details := wire.GeneratedApplications{Applications: []wire.GeneratedApplication{}, Errors: []wire.GenerationError{}}
	for _, failure := range failures {
		details.Errors = append(details.Errors, wire.GenerationError{Path: failure.path, Message: failure.err.Error()})
	}
	if len(failures) > 0 {
		details.ControllerError = failures[0].err.Error()
	}
	if s.asksClusters {
		details.ClustersFrom = s.fixture.clustersFrom
	}
	s.validate(generated)
	s.number(generated)
	var documents bytes.Buffer
	for _, one := range generated {
		if one.err == nil {
			if err := writeDocument(&documents, one.application); err != nil {
				return wire.Rendering{}, err
			}
		}
		details.Applications = append(details.Applications, one.details())
	}
	return wire.Rendering{YAML: documents.Bytes(), Warnings: s.warnings, Details: details}, nil
}

// warn notes what a person should know, once.
func (s *set) warn(format string, args ...any) {
	warning := fmt.Sprintf(format, args...)
	for _, known := range s.warnings {
		if known == warning {
			return
		}
	}
	s.warnings = append(s.warnings, warning)
}
