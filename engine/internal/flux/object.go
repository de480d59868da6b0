package flux

import (
	"fmt"

	"drydock/engine/internal/fluxapi"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// kustomization is what a rendering needs of the kind Kustomization of kustomize.toolkit.fluxcd.io/v1 (kustomize-controller v1.9.5).
type kustomization struct {
	Metadata fluxapi.Metadata  `json:"metadata"`
	Spec     KustomizationSpec `json:"spec"`
}

// KustomizationSpec has upstream's name because it stands in the message that a value of a wrong type gives.
type KustomizationSpec struct {
	Path                    string                  `json:"path"`
	TargetNamespace         string                  `json:"targetNamespace"`
	NamePrefix              string                  `json:"namePrefix"`
	NameSuffix              string                  `json:"nameSuffix"`
	Patches                 []fluxapi.Patch         `json:"patches"`
	Images                  []types.Image           `json:"images"`
	Components              []string                `json:"components"`
	IgnoreMissingComponents bool                    `json:"ignoreMissingComponents"`
	BuildMetadata           []string                `json:"buildMetadata"`
	CommonMetadata          *fluxapi.CommonMetadata `json:"commonMetadata"`
	PostBuild               *postBuild              `json:"postBuild"`
	Decryption              *decryption             `json:"decryption"`
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
