// Package fluxapi has the fields that Flux's kinds have in common (github.com/fluxcd/pkg/apis/meta and apis/kustomize), as far as they decide
// what is rendered.
package fluxapi

import "sigs.k8s.io/kustomize/api/types"

// Metadata is what is read of every object's metadata.
type Metadata struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
}

// CommonMetadata is added to every object.
type CommonMetadata struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

// Patch is a patch of kustomize's.
type Patch struct {
	Patch  string    `json:"patch"`
	Target *Selector `json:"target"`
}

// Selector says what a patch is for.
type Selector struct {
	Group              string `json:"group"`
	Version            string `json:"version"`
	Kind               string `json:"kind"`
	Namespace          string `json:"namespace"`
	Name               string `json:"name"`
	AnnotationSelector string `json:"annotationSelector"`
	LabelSelector      string `json:"labelSelector"`
}

// ForKustomize is the patch in kustomize's own type.
func (p Patch) ForKustomize() types.Patch {
	if p.Target == nil {
		return types.Patch{Patch: p.Patch}
	}
	target := &types.Selector{LabelSelector: p.Target.LabelSelector, AnnotationSelector: p.Target.AnnotationSelector}
	target.Group, target.Version, target.Kind = p.Target.Group, p.Target.Version, p.Target.Kind
	target.Name, target.Namespace = p.Target.Name, p.Target.Namespace
	return types.Patch{Patch: p.Patch, Target: target}
}
