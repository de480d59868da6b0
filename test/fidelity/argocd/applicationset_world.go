package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	pullrequest "github.com/argoproj/argo-cd/v3/applicationset/services/pull_request"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/kubernetes"
	kubefake "k8s.io/client-go/kubernetes/fake"
	kubetesting "k8s.io/client-go/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"
)

// setFixture is the file that docs/applicationset-fixture.md describes.
type setFixture struct {
	Clusters []struct {
		Name        string            `json:"name"`
		Server      string            `json:"server"`
		Project     string            `json:"project"`
		Labels      map[string]string `json:"labels"`
		Annotations map[string]string `json:"annotations"`
	} `json:"clusters"`
	ClusterDecisionResource []struct {
		For       map[string]any   `json:"for"`
		MatchKey  string           `json:"matchKey"`
		Decisions []map[string]any `json:"decisions"`
	} `json:"clusterDecisionResource"`
	PullRequest []struct {
		For          map[string]any             `json:"for"`
		PullRequests []*pullrequest.PullRequest `json:"pullRequests"`
	} `json:"pullRequest"`
	SCMProvider []struct {
		For          map[string]any `json:"for"`
		Repositories []scmBranch    `json:"repositories"`
	} `json:"scmProvider"`
	Plugin []struct {
		For        map[string]any   `json:"for"`
		Parameters []map[string]any `json:"parameters"`
	} `json:"plugin"`
}

type scmBranch struct {
	Organization string   `json:"organization"`
	Repository   string   `json:"repository"`
	RepositoryID int64    `json:"repositoryId"`
	URL          string   `json:"url"`
	Branch       string   `json:"branch"`
	SHA          string   `json:"sha"`
	Labels       []string `json:"labels"`
	Paths        []string `json:"paths"`
}

// world is the cluster and the network that Argo CD runs in, as a fixture tells.
type world struct {
	fixture   setFixture
	client    client.Client
	clientset kubernetes.Interface
	dynamic   dynamic.Interface
	server    *httptest.Server
}

var scmConfig = generators.NewSCMConfig("", nil, true, false, nil, false)

func newWorld(fixture setFixture) (*world, error) {
	w := &world{fixture: fixture}
	w.server = httptest.NewServer(http.HandlerFunc(w.answer))
	objects := []client.Object{
		&corev1.ConfigMap{ObjectMeta: named("argocd-cm", map[string]string{"app.kubernetes.io/part-of": "argocd"})},
		&corev1.Secret{ObjectMeta: named("argocd-secret", nil), Data: map[string][]byte{"server.secretkey": []byte("x")}},
		&corev1.Secret{ObjectMeta: named("plugin-token", nil), Data: map[string][]byte{"token": []byte("x")}},
	}
	secrets := &corev1.SecretList{}
	for i, cluster := range fixture.Clusters {
		labels := map[string]string{"argocd.argoproj.io/secret-type": "cluster"}
		for key, value := range cluster.Labels {
			labels[key] = value
		}
		secret := &corev1.Secret{ObjectMeta: named(fmt.Sprintf("cluster-%03d", i), labels), Data: map[string][]byte{
			"name": []byte(cluster.Name), "server": []byte(cluster.Server), "config": []byte("{}"),
		}}
		secret.Annotations = cluster.Annotations
		if cluster.Project != "" {
			secret.Data["project"] = []byte(cluster.Project)
		}
		objects = append(objects, secret)
		secrets.Items = append(secrets.Items, *secret)
	}
	var ducks []runtime.Object
	lists := map[schema.GroupVersionResource]string{}
	for i, answer := range fixture.ClusterDecisionResource {
		duck, configMap, kind := duckOf(i, answer.For, answer.MatchKey, answer.Decisions)
		ducks = append(ducks, duck)
		objects = append(objects, configMap)
		lists[schema.GroupVersionResource{Group: "example.org", Version: "v1", Resource: kind}] = "DuckList"
	}
	for i, answer := range fixture.Plugin {
		name, _ := answer.For["configMapRef"].(map[string]any)["name"].(string)
		objects = append(objects, &corev1.ConfigMap{ObjectMeta: named(name, nil), Data: map[string]string{
			"token": "$plugin-token:token", "baseUrl": fmt.Sprintf("%s/plugin/%d", w.server.URL, i),
		}})
	}
	var plain []runtime.Object
	for _, object := range objects {
		plain = append(plain, object.DeepCopyObject())
	}
	clientset := kubefake.NewSimpleClientset(plain...)
	// The tracker lists in the order of a Go map; a cluster lists by name.
	clientset.PrependReactor("list", "secrets", func(action kubetesting.Action) (bool, runtime.Object, error) {
		selects := action.(kubetesting.ListAction).GetListRestrictions().Labels.String()
		return strings.Contains(selects, "secret-type=cluster"), secrets.DeepCopy(), nil
	})
	w.clientset = clientset
	w.dynamic = dynamicfake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), lists, ducks...)
	scheme := runtime.NewScheme()
	if err := corev1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	// Every project exists: the engine knows of none.
	get := func(ctx context.Context, c client.WithWatch, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
		if _, ok := object.(*v1alpha1.AppProject); ok {
			return nil
		}
		return c.Get(ctx, key, object, options...)
	}
	w.client = fake.NewClientBuilder().WithScheme(scheme).WithObjects(objects...).WithInterceptorFuncs(interceptor.Funcs{Get: get}).Build()
	return w, nil
}

func (w *world) close() { w.server.Close() }

func named(name string, labels map[string]string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: name, Namespace: controllerNamespace, Labels: labels}
}

// duckOf is a resource with decisions in its status, and the ConfigMap that says how to read it.
func duckOf(index int, part map[string]any, matchKey string, decisions []map[string]any) (runtime.Object, client.Object, string) {
	kind := fmt.Sprintf("duck%ds", index)
	metadata := map[string]any{"namespace": controllerNamespace, "name": "unnamed"}
	if name, ok := part["name"].(string); ok {
		metadata["name"] = name
	}
	if selector, ok := part["labelSelector"].(map[string]any); ok {
		metadata["labels"] = selector["matchLabels"]
	}
	all := []any{}
	for _, decision := range decisions {
		all = append(all, map[string]any(decision))
	}
	duck := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "example.org/v1", "kind": "Duck", "metadata": metadata, "status": map[string]any{"clusters": all},
	}}
	if matchKey == "" {
		matchKey = "clusterName"
	}
	configMap, _ := part["configMapRef"].(string)
	data := map[string]string{"apiVersion": "example.org/v1", "kind": kind, "matchKey": matchKey}
	return withResource(duck, kind), &corev1.ConfigMap{ObjectMeta: named(configMap, nil), Data: data}, kind
}

// withResource names the kind so that the dynamic client guesses this resource for it.
func withResource(duck *unstructured.Unstructured, resource string) *unstructured.Unstructured {
	duck.SetKind(strings.TrimSuffix(resource, "s"))
	return duck
}

// answer is the network: GitHub's list of pull requests, and plugins.
func (w *world) answer(response http.ResponseWriter, request *http.Request) {
	var index int
	if _, err := fmt.Sscanf(request.URL.Path, "/plugin/%d/", &index); err == nil {
		_ = json.NewEncoder(response).Encode(map[string]any{"output": map[string]any{"parameters": w.fixture.Plugin[index].Parameters}})
		return
	}
	if _, err := fmt.Sscanf(request.URL.Path, "/github/%d/", &index); err != nil {
		http.NotFound(response, request)
		return
	}
	pulls := []map[string]any{}
	for _, pull := range w.fixture.PullRequest[index].PullRequests {
		labels := []map[string]any{}
		for _, label := range pull.Labels {
			labels = append(labels, map[string]any{"name": label})
		}
		pulls = append(pulls, map[string]any{
			"number": pull.Number, "title": pull.Title, "labels": labels, "user": map[string]any{"login": pull.Author},
			"head": map[string]any{"ref": pull.Branch, "sha": pull.HeadSHA}, "base": map[string]any{"ref": pull.TargetBranch},
		})
	}
	_ = json.NewEncoder(response).Encode(pulls)
}
