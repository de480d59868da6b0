// The reference: what the real helm-controller installs for a HelmRelease. It is built inside a copy of helm-controller's own module,
// because what decides is in internal packages there (test/fidelity/flux-controllers.ts). No cluster takes part: the
// objects that values are taken from are given, and nothing is applied.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/go-logr/logr"
	helmaction "helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/kube"
	kubefake "helm.sh/helm/v4/pkg/kube/fake"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/cli-runtime/pkg/resource"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	sigsyaml "sigs.k8s.io/yaml"

	v2 "github.com/fluxcd/helm-controller/api/v2"
	"github.com/fluxcd/helm-controller/internal/action"
	fluxchartutil "github.com/fluxcd/pkg/chartutil"
)

type request struct {
	Object      string   `json:"object"`
	Chart       string   `json:"chart"`
	Objects     []string `json:"objects"`
	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
}

type hook struct {
	Path     string `json:"path"`
	Manifest string `json:"manifest"`
}

type response struct {
	CRDs     []any  `json:"crds"`
	Manifest string `json:"manifest"`
	Hooks    []hook `json:"hooks"`
	// DisableHooks: the hooks are not executed.
	DisableHooks bool   `json:"disableHooks"`
	Release      string `json:"release"`
	Namespace    string `json:"namespace"`
	Storage      string `json:"storage"`
	Error        string `json:"error"`
}

func main() {
	ctrl.SetLogger(logr.Discard())
	decoder, encoder := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked request
		if err := decoder.Decode(&asked); err == io.EOF {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		var answer response
		if err := install(asked, &answer); err != nil {
			answer.Error = err.Error()
		}
		if err := encoder.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func install(asked request, answer *response) error {
	var object v2.HelmRelease
	if err := sigsyaml.Unmarshal([]byte(asked.Object), &object); err != nil {
		return err
	}
	if object.GetInstall().CRDs == v2.CreateReplace {
		object.Spec.Install.CRDs = v2.Create // the same when there are none to replace, but for a cluster that is asked which there are
	}
	ctx := context.Background()
	known := objects{known: map[string]client.Object{}}
	if err := known.add(asked.Objects); err != nil {
		return err
	}
	values, err := fluxchartutil.ChartValuesFromReferences(ctx, logr.Discard(), known, object.Namespace, object.GetValues(), object.Spec.ValuesFrom...)
	if err != nil {
		return err
	}
	loaded, err := packaged(asked.Chart)
	if err != nil {
		return err
	}
	recorder := &recorder{}
	config := helmaction.NewConfiguration()
	config.KubeClient = recorder
	answer.DisableHooks = object.GetInstall().DisableHooks
	answer.Storage = object.GetStorageNamespace()
	released, err := action.Install(ctx, config, &object, loaded, values, func(install *helmaction.Install) {
		install.DryRunStrategy = helmaction.DryRunClient
		install.APIVersions = asked.APIVersions
		if asked.KubeVersion != "" {
			if install.KubeVersion, err = common.ParseKubeVersion(asked.KubeVersion); err != nil {
				panic(err)
			}
		}
	})
	answer.CRDs = recorder.created
	if err != nil {
		return err
	}
	answer.Release, answer.Namespace, answer.Manifest = released.Name, released.Namespace, released.Manifest
	for _, found := range released.Hooks {
		answer.Hooks = append(answer.Hooks, hook{found.Path, found.Manifest})
	}
	return nil
}

// packaged loads a chart as it reaches helm-controller: in the package that source-controller made.
func packaged(place string) (*chart.Chart, error) {
	content, err := os.ReadFile(place)
	if err != nil {
		return nil, err
	}
	return loader.LoadArchive(bytes.NewReader(content))
}

// objects answers what values are looked up with.
type objects struct {
	client.Client
	known map[string]client.Object
}

func (o objects) add(texts []string) error {
	for _, text := range texts {
		var found unstructured.Unstructured
		if err := sigsyaml.Unmarshal([]byte(text), &found.Object); err != nil {
			return err
		}
		var typed client.Object = &corev1.ConfigMap{}
		if found.GetKind() == "Secret" {
			typed = &corev1.Secret{}
		}
		if err := sigsyaml.Unmarshal([]byte(text), typed); err != nil {
			return err
		}
		if secret, ok := typed.(*corev1.Secret); ok {
			for key, value := range secret.StringData { // as the API server does
				if secret.Data == nil {
					secret.Data = map[string][]byte{}
				}
				secret.Data[key] = []byte(value)
			}
		}
		o.known[found.GetKind()+"/"+found.GetNamespace()+"/"+found.GetName()] = typed
	}
	return nil
}

// Get is client.Reader's.
func (o objects) Get(_ context.Context, key client.ObjectKey, into client.Object, _ ...client.GetOption) error {
	switch into := into.(type) {
	case *corev1.Secret:
		if found, ok := o.known["Secret/"+key.String()].(*corev1.Secret); ok {
			*into = *found
			return nil
		}
	case *corev1.ConfigMap:
		if found, ok := o.known["ConfigMap/"+key.String()].(*corev1.ConfigMap); ok {
			*into = *found
			return nil
		}
	}
	return apierrors.NewNotFound(schema.GroupResource{Resource: resourceOf(into)}, key.Name)
}

// recorder takes what would be applied before the release: custom resource definitions.
type recorder struct {
	kubefake.PrintingKubeClient
	created []any
}

// Build is kube.Interface's.
func (r *recorder) Build(from io.Reader, _ bool) (kube.ResourceList, error) {
	var list kube.ResourceList
	decoder := yaml.NewYAMLOrJSONDecoder(from, 4096)
	for {
		var found unstructured.Unstructured
		if err := decoder.Decode(&found.Object); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if len(found.Object) == 0 {
			continue
		}
		list = append(list, &resource.Info{
			Mapping:   &meta.RESTMapping{GroupVersionKind: found.GroupVersionKind(), Scope: meta.RESTScopeRoot},
			Name:      found.GetName(),
			Namespace: found.GetNamespace(),
			Object:    &found,
		})
	}
}

// Create is kube.Interface's.
func (r *recorder) Create(list kube.ResourceList, _ ...kube.ClientCreateOption) (*kube.Result, error) {
	for _, info := range list {
		r.created = append(r.created, info.Object.(*unstructured.Unstructured).Object)
	}
	return &kube.Result{}, nil
}

func resourceOf(object client.Object) string {
	if _, ok := object.(*corev1.Secret); ok {
		return "secrets"
	}
	return "configmaps"
}
