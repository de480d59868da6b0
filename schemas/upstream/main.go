// Command upstream prints what the pinned upstream projects say about their own types, as one JSON document:
// Flux's and Argo CD's custom resources, and kustomize's configuration. What Drydock makes of it is TypeScript,
// in the folder above.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// Kind is one served version of a custom resource.
type Kind struct {
	// Module and Version name the Go module that the types were read from.
	Module  string `json:"module"`
	Version string `json:"version"`
	Group   string `json:"group"`
	// APIVersion is the version inside the group, such as v1beta2.
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Plural     string `json:"plural"`
	Namespaced bool   `json:"namespaced"`
	Deprecated bool   `json:"deprecated"`
	// Warning is what the API server answers when a deprecated version is used; may be empty.
	Warning string                         `json:"warning"`
	Schema  *apiextensions.JSONSchemaProps `json:"schema"`
}

// Output is the whole document.
type Output struct {
	Kinds []Kind `json:"kinds"`
	// Kustomize has a definition for each Go type that a kustomization file is made of.
	Kustomize Definitions `json:"kustomize"`
	// KustomizeVersion is the version of sigs.k8s.io/kustomize/api.
	KustomizeVersion string `json:"kustomizeVersion"`
	// KubernetesValues has the values of Kubernetes' own fields that take certain texts only.
	KubernetesValues FieldValues `json:"kubernetesValues"`
}

func main() {
	log.SetFlags(0)
	argoFolder := flag.String("argocd", "", "folder of the module github.com/argoproj/argo-cd/v3")
	argoVersion := flag.String("argocd-version", "", "version of that module")
	kubernetesFolder := flag.String("kubernetes-api", "", "folder of the module k8s.io/api")
	flag.Parse()
	if *argoFolder == "" || *argoVersion == "" || *kubernetesFolder == "" {
		log.Fatal("upstream: -argocd, -argocd-version and -kubernetes-api are needed")
	}
	output, err := read(*argoFolder, *argoVersion, *kubernetesFolder)
	if err != nil {
		log.Fatalf("upstream: %v", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(output); err != nil {
		log.Fatalf("upstream: %v", err)
	}
}

func read(argoFolder, argoVersion, kubernetesFolder string) (*Output, error) {
	values, err := kubernetesValues(kubernetesFolder)
	if err != nil {
		return nil, err
	}
	kustomize, kustomizeVersion, err := kustomizeDefinitions()
	if err != nil {
		return nil, err
	}
	argo, err := argoKinds(argoFolder, argoVersion)
	if err != nil {
		return nil, err
	}
	flux, err := fluxKinds()
	if err != nil {
		return nil, err
	}
	return &Output{
		Kinds:            append(flux, argo...),
		Kustomize:        kustomize,
		KustomizeVersion: kustomizeVersion,
		KubernetesValues: values,
	}, nil
}
