package applicationset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/wire"

	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"sigs.k8s.io/yaml"
)

// resourcesFinalizer makes an Application's resources go when it goes.
const resourcesFinalizer = "resources-finalizer.argocd.argoproj.io"

// generated is an Application, or why there is none, for a set of parameters.
type generated struct {
	application *v1alpha1.Application
	generator   string
	params      params
	step        int
	unresolved  []string
	err         error
	field       string
}

// applications runs the generators and renders the template with each set of parameters (applicationset/controllers/template).
func (s *set) applications() ([]*generated, []failure) {
	var all []*generated
	var failures []failure
	if len(s.object.Spec.Generators) == 0 {
		s.warn("spec.generators: there is none, so no Application is generated")
	}
	for i := range s.object.Spec.Generators {
		generator := &s.object.Spec.Generators[i]
		at := fmt.Sprintf("spec.generators[%d]", i)
		if len(s.kinds(generator)) == 0 {
			s.warn("%s: ApplicationSet %s contains unrecognized generators", at, s.object.Name)
		}
		results, failed := s.produce(generator, s.object.Spec.Template, nil, at)
		failures = append(failures, failed...)
		for _, result := range results {
			for _, values := range result.params {
				if len(all) == maxApplications {
					return all, append(failures, failure{at, tooMany()})
				}
				one := s.application(result.template, values)
				one.generator = result.path
				all = append(all, one)
				if one.err != nil {
					failures = append(failures, failure{one.field, one.err})
				}
			}
		}
	}
	return all, failures
}

// application renders the template with a set of parameters.
func (s *set) application(template v1alpha1.ApplicationSetTemplate, values params) *generated {
	one := &generated{params: values}
	s.templates.unresolved = nil
	application, err := s.fromTemplate(template, values)
	if err != nil {
		one.err, one.field = err, fieldOf(err, "spec.template")
		return one
	}
	if patch := s.object.Spec.TemplatePatch; patch != nil {
		if application, err = s.patched(application, *patch, values); err != nil {
			one.err, one.field = err, "spec.templatePatch"
			return one
		}
	}
	application.Namespace = s.object.Namespace // an ApplicationSet makes Applications in its own namespace only
	normalizeSpec(&application.Spec)
	one.application = application
	one.unresolved = slices.Clone(s.templates.unresolved)
	return one
}

// fromTemplate leaves the template as it is when there are no parameters, without a finalizer too; so does the controller.
func (s *set) fromTemplate(template v1alpha1.ApplicationSetTemplate, values params) (*v1alpha1.Application, error) {
	rendered := &template
	if len(values) > 0 {
		var err error
		if rendered, err = filled(s.templates, &template, values); err != nil {
			return nil, err
		}
		policy := s.object.Spec.SyncPolicy
		if len(rendered.Finalizers) == 0 && (policy == nil || !policy.PreserveResourcesOnDeletion) {
			rendered.Finalizers = []string{resourcesFinalizer}
		}
	}
	application := &v1alpha1.Application{Spec: rendered.Spec}
	application.Name = rendered.Name
	application.Labels = rendered.Labels
	application.Annotations = rendered.Annotations
	application.Finalizers = rendered.Finalizers
	return application, nil
}

// patched applies the templatePatch, a strategic merge patch that can't change the project.
func (s *set) patched(application *v1alpha1.Application, template string, values params) (*v1alpha1.Application, error) {
	text, err := s.templates.replace(template, values)
	if err != nil {
		return nil, fmt.Errorf("error replacing values in templatePatch: %w", err)
	}
	original, err := json.Marshal(application)
	if err != nil {
		return nil, fmt.Errorf("error while marhsalling Application %w", err)
	}
	patch, err := asJSON(text)
	if err != nil {
		return nil, fmt.Errorf("error while converting template to json %q: %w", patch, err)
	}
	if err := json.Unmarshal([]byte(patch), &v1alpha1.Application{}); err != nil {
		return nil, fmt.Errorf("invalid templatePatch %q: %w", patch, err)
	}
	data, err := strategicpatch.StrategicMergePatch(original, []byte(patch), v1alpha1.Application{})
	if err != nil {
		return nil, fmt.Errorf("error while applying templatePatch template to json %q: %w", patch, err)
	}
	var result v1alpha1.Application
	if err := json.Unmarshal(data, &result); err != nil {
		return nil, fmt.Errorf("error while unmarhsalling patched application: %w", err)
	}
	result.Spec.Project = application.Spec.Project
	return &result, nil
}

// details is what is told of an Application beside its YAML.
func (g *generated) details() wire.GeneratedApplication {
	told := wire.GeneratedApplication{Generator: g.generator, Params: g.params, Step: g.step, Unresolved: g.unresolved}
	if g.application != nil {
		told.Name, told.Namespace = g.application.Name, g.application.Namespace
	}
	if g.err != nil {
		told.Error, told.Field = g.err.Error(), g.field
	}
	return told
}

// written is what the controller writes of an Application, but for the reference to its owner, whose uid only a cluster knows.
type written struct {
	APIVersion string                   `json:"apiVersion"`
	Kind       string                   `json:"kind"`
	Metadata   writtenMetadata          `json:"metadata"`
	Spec       v1alpha1.ApplicationSpec `json:"spec"`
	Operation  *v1alpha1.Operation      `json:"operation,omitempty"`
}

type writtenMetadata struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	Finalizers  []string          `json:"finalizers,omitempty"`
}

func writeDocument(to *bytes.Buffer, application *v1alpha1.Application) error {
	metadata := writtenMetadata{application.Name, application.Namespace, application.Labels, application.Annotations, application.Finalizers}
	document, err := yaml.Marshal(written{"argoproj.io/v1alpha1", "Application", metadata, application.Spec, application.Operation})
	if err != nil {
		return fmt.Errorf("writing Application %s: %w", application.Name, err)
	}
	if to.Len() > 0 {
		to.WriteString("---\n")
	}
	to.Write(document)
	return nil
}
