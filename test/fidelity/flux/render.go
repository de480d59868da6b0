package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	securejoin "github.com/cyphar/filepath-securejoin"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	generator "github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/ssa"
	ssautil "github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/yaml"
)

// variables is the ConfigMap that holds a request's substitutions.
const variables = "substitutions"

// render takes the steps of kustomize-controller's reconciler up to what it applies, decryption left out: the reconciler itself is
// internal to its module. Generator, build, substitution, objects and metadata are the libraries'.
func render(given request) (string, error) {
	var object kustomizev1.Kustomization
	if err := yaml.Unmarshal([]byte(given.Object), &object); err != nil {
		return "", fmt.Errorf("reading the Kustomization: %w", err)
	}
	if object.Spec.PostBuild != nil {
		object.Spec.PostBuild.SubstituteFrom = []kustomizev1.SubstituteReference{{Kind: "ConfigMap", Name: variables}}
	}
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&object)
	if err != nil {
		return "", err
	}
	folder, err := securejoin.SecureJoin(given.Root, object.Spec.Path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(folder); err != nil {
		return "", fmt.Errorf("kustomization path not found: %w", err)
	}
	untyped := unstructured.Unstructured{Object: fields}
	if _, err := generator.NewGenerator(given.Root, untyped).WriteFile(folder); err != nil {
		return "", err
	}
	resources, err := generator.SecureBuild(given.Root, folder, true)
	if err != nil {
		return "", fmt.Errorf("kustomize build failed: %w", err)
	}
	if err := finish(resources, object, untyped, given); err != nil {
		return "", err
	}
	built, err := resources.AsYaml()
	if err != nil {
		return "", fmt.Errorf("kustomize build failed: %w", err)
	}
	return applied(built, object, given.OwnerLabels)
}

// finish checks and substitutes, as the reconciler's build does.
func finish(resources resmap.ResMap, object kustomizev1.Kustomization, untyped unstructured.Unstructured, given request) error {
	if object.Spec.PostBuild == nil {
		return checkNames(resources)
	}
	values := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: variables, Namespace: object.Namespace}, Data: given.Substitutions}
	cluster := fake.NewClientBuilder().WithObjects(values).Build()
	for _, res := range resources.Resources() {
		if err := checkName(res); err != nil {
			return err
		}
		replaced, err := generator.SubstituteVariables(context.Background(), cluster, untyped, res,
			generator.SubstituteWithStrict(given.Strict),
			generator.SubstituteWithAlways(object.GetSubstituteStrategy() == kustomizev1.SubstituteStrategyAlways))
		if err != nil {
			return fmt.Errorf("post build failed for '%s/%s': %w", res.GetGvk(), res.GetName(), err)
		}
		if replaced == nil {
			continue
		}
		if _, err := resources.Replace(res); err != nil {
			return err
		}
	}
	return nil
}

func checkNames(resources resmap.ResMap) error {
	for _, res := range resources.Resources() {
		if err := checkName(res); err != nil {
			return err
		}
	}
	return nil
}

func checkName(res *resource.Resource) error {
	if res.GetName() == "" || res.GetKind() == "" || res.GetApiVersion() == "" {
		return fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %v", res.String())
	}
	return nil
}

// applied gives the objects as the controller hands them to its apply.
func applied(built []byte, object kustomizev1.Kustomization, ownerLabels bool) (string, error) {
	objects, err := ssautil.ReadObjects(bytes.NewReader(built))
	if err != nil {
		return "", err
	}
	if ownerLabels {
		owner := ssa.Owner{Field: "kustomize-controller", Group: kustomizev1.GroupVersion.Group}
		ssa.NewResourceManager(nil, nil, owner).SetOwnerLabels(objects, object.GetName(), object.GetNamespace())
	}
	if given := object.Spec.CommonMetadata; given != nil {
		ssautil.SetCommonMetadata(objects, given.Labels, given.Annotations)
	}
	var documents [][]byte
	for _, object := range objects {
		document, err := yaml.Marshal(object)
		if err != nil {
			return "", err
		}
		documents = append(documents, document)
	}
	return string(bytes.Join(documents, []byte("---\n"))), nil
}
