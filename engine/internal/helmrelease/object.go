package helmrelease

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"drydock/engine/internal/fluxapi"

	"sigs.k8s.io/yaml"
)

// group is Flux's API group of HelmReleases.
const group = "helm.toolkit.fluxcd.io"

// object is what decides in a HelmRelease (helm.toolkit.fluxcd.io/v2, of helm-controller v1.6.4).
type object struct {
	APIVersion string           `json:"apiVersion"`
	Kind       string           `json:"kind"`
	Metadata   fluxapi.Metadata `json:"metadata"`
	Spec       struct {
		Chart              *struct{ Spec chartSpec } `json:"chart"`
		ReleaseName        string                    `json:"releaseName"`
		TargetNamespace    string                    `json:"targetNamespace"`
		StorageNamespace   string                    `json:"storageNamespace"`
		Install            install                   `json:"install"`
		ValuesFrom         []valuesReference         `json:"valuesFrom"`
		Values             json.RawMessage           `json:"values"`
		CommonMetadata     *fluxapi.CommonMetadata   `json:"commonMetadata"`
		PostRenderers      []postRenderer            `json:"postRenderers"`
		PostRenderStrategy string                    `json:"postRenderStrategy"`
	} `json:"spec"`
	// namespaceUnknown tells that the object has none.
	namespaceUnknown bool
}

// install is how the first revision is installed. skipCRDs is not here: helm-controller v1.6.4 does not look at it.
type install struct {
	DisableHooks            bool   `json:"disableHooks"`
	DisableSchemaValidation bool   `json:"disableSchemaValidation"`
	CRDs                    string `json:"crds"`
}

// chartSpec is what source-controller is told of a chart: spec.chart.spec of a HelmRelease, spec of a HelmChart.
type chartSpec struct {
	Chart                    string   `json:"chart"`
	ValuesFiles              []string `json:"valuesFiles"`
	IgnoreMissingValuesFiles bool     `json:"ignoreMissingValuesFiles"`
}

type valuesReference struct {
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	ValuesKey  string `json:"valuesKey"`
	TargetPath string `json:"targetPath"`
	Optional   bool   `json:"optional"`
	Literal    bool   `json:"literal"`
}

type postRenderer struct {
	Kustomize *struct {
		Patches []fluxapi.Patch `json:"patches"`
		Images  []image         `json:"images"`
	} `json:"kustomize"`
}

type image struct {
	Name    string `json:"name"`
	NewName string `json:"newName"`
	NewTag  string `json:"newTag"`
	Digest  string `json:"digest"`
}

// parse reads a HelmRelease. One without a namespace is in "default", as kubectl would put it there.
func parse(text string) (*object, error) {
	var parsed object
	if err := yaml.Unmarshal([]byte(text), &parsed); err != nil {
		return nil, fmt.Errorf("reading the HelmRelease: %w", err)
	}
	if parsed.Kind != "HelmRelease" || !strings.HasPrefix(parsed.APIVersion, group+"/") {
		return nil, fmt.Errorf("%s %s is not a HelmRelease of %s", parsed.APIVersion, parsed.Kind, group)
	}
	if parsed.Metadata.Name == "" {
		return nil, errors.New("the HelmRelease has no metadata.name")
	}
	if parsed.Metadata.Namespace == "" {
		parsed.Metadata.Namespace, parsed.namespaceUnknown = "default", true
	}
	return &parsed, nil
}

// chartSpecOf gives what the object, or the HelmChart that it refers to, says of the chart.
func chartSpecOf(parsed *object, helmChart string) (chartSpec, error) {
	if helmChart == "" {
		if parsed.Spec.Chart == nil {
			return chartSpec{}, nil
		}
		return parsed.Spec.Chart.Spec, nil
	}
	var referred struct {
		Spec chartSpec `json:"spec"`
	}
	if err := yaml.Unmarshal([]byte(helmChart), &referred); err != nil {
		return chartSpec{}, fmt.Errorf("reading the HelmChart: %w", err)
	}
	return referred.Spec, nil
}
