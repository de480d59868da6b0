package flux

import (
	"fmt"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// kustomization is what a rendering needs of the kind Kustomization of kustomize.toolkit.fluxcd.io/v1 (kustomize-controller v1.9.5).
type kustomization struct {
	Metadata metadata          `json:"metadata"`
	Spec     KustomizationSpec `json:"spec"`
}

type metadata struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
}

// KustomizationSpec has upstream's name because it stands in the message that a value of a wrong type gives.
type KustomizationSpec struct {
	Path                    string          `json:"path"`
	TargetNamespace         string          `json:"targetNamespace"`
	NamePrefix              string          `json:"namePrefix"`
	NameSuffix              string          `json:"nameSuffix"`
	Patches                 []patch         `json:"patches"`
	Images                  []types.Image   `json:"images"`
	Components              []string        `json:"components"`
	IgnoreMissingComponents bool            `json:"ignoreMissingComponents"`
	BuildMetadata           []string        `json:"buildMetadata"`
	CommonMetadata          *commonMetadata `json:"commonMetadata"`
	PostBuild               *postBuild      `json:"postBuild"`
	Decryption              *decryption     `json:"decryption"`
}

type patch struct {
	Patch  string    `json:"patch"`
	Target *selector `json:"target"`
}

type selector struct {
	Group              string `json:"group"`
	Version            string `json:"version"`
	Kind               string `json:"kind"`
	Name               string `json:"name"`
	Namespace          string `json:"namespace"`
	AnnotationSelector string `json:"annotationSelector"`
	LabelSelector      string `json:"labelSelector"`
}

type commonMetadata struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

type postBuild struct {
	SubstituteStrategy string            `json:"substituteStrategy"`
	Substitute         map[string]string `json:"substitute"`
}

type decryption struct {
	Provider string `json:"provider"`
}

// parse reads a Kustomization. A null is a field that is not given, as it is to the API server.
func parse(object string) (kustomization, error) {
	var parsed kustomization
	if err := yaml.Unmarshal([]byte(object), &parsed); err != nil {
		return parsed, fmt.Errorf("reading the Kustomization: %w", err)
	}
	return parsed, nil
}

// forKustomize is the selector of a patch in kustomize's own type.
func (s *selector) forKustomize() *types.Selector {
	if s == nil {
		return nil
	}
	selected := &types.Selector{LabelSelector: s.LabelSelector, AnnotationSelector: s.AnnotationSelector}
	selected.Group, selected.Version, selected.Kind = s.Group, s.Version, s.Kind
	selected.Name, selected.Namespace = s.Name, s.Namespace
	return selected
}
