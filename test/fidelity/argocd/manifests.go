package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	apppath "github.com/argoproj/argo-cd/v3/util/app/path"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/yaml"
)

// application is one Application, and what its controller and the repositories would tell the repo-server.
type application struct {
	// Object is the Application, as YAML.
	Object string `json:"object"`
	// Roots are the folders that hold the repositories or unpacked charts of its sources, in their order.
	Roots       []string `json:"roots"`
	Revision    string   `json:"revision"`
	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
	// BuildOptions is kustomize.buildOptions of argocd-cm.
	BuildOptions string `json:"buildOptions"`
	// ControllerNamespace is where Argo CD runs; empty for the Application's own.
	ControllerNamespace string `json:"controllerNamespace"`
	// TrackingMethod is empty for manifests without tracking.
	TrackingMethod string `json:"trackingMethod"`
	TrackingLabel  string `json:"trackingLabel"`
	InstallationID string `json:"installationID"`
}

// generated is what comes of an Application: manifests of each source, or an error.
type generated struct {
	Sources []source `json:"sources"`
	Error   string   `json:"error,omitempty"`
}

type source struct {
	Type      string            `json:"type"`
	Manifests []json.RawMessage `json:"manifests"`
}

// manifests asks the repo-server's code for the manifests of each Application of a list.
func manifests(input []byte) (any, error) {
	var applications []application
	if err := json.Unmarshal(input, &applications); err != nil {
		return nil, err
	}
	results := []generated{}
	for _, app := range applications {
		sources, err := sourcesOf(app)
		result := generated{Sources: sources}
		if err != nil {
			result.Error = err.Error()
		}
		results = append(results, result)
	}
	return results, nil
}

// sourcesOf asks for one source after the other as the controller does (controller/state.go, GetRepoObjs), and does for each what
// the repo-server does before it generates (reposerver/repository/repository.go, runRepoOperation and runManifestGenAsync).
func sourcesOf(given application) ([]source, error) {
	var app v1alpha1.Application
	if err := yaml.Unmarshal([]byte(given.Object), &app); err != nil {
		return nil, err
	}
	ctx := context.Background()
	sources := app.Spec.GetSources()
	getRepository := func(_ context.Context, url, _ string) (*v1alpha1.Repository, error) {
		return &v1alpha1.Repository{Repo: url}, nil
	}
	refs, err := argo.GetRefSources(ctx, sources, app.Spec.Project, getRepository, nil)
	if err != nil {
		return nil, fmt.Errorf("failed to get ref sources: %w", err)
	}
	var results []source
	for i := range sources {
		result, err := generate(ctx, &app, given, i, refs)
		if err != nil {
			return nil, fmt.Errorf("failed to generate manifest for source %d of %d: %w", i+1, len(sources), err)
		}
		results = append(results, result)
	}
	return results, nil
}

func generate(ctx context.Context, app *v1alpha1.Application, given application, index int, refs v1alpha1.RefTargetRevisionMapping) (source, error) {
	from := app.Spec.GetSources()[index]
	isMulti := app.Spec.HasMultipleSources()
	if isMulti && from.Path == "" && !from.IsOCI() && !from.IsHelm() {
		return source{Manifests: []json.RawMessage{}}, nil
	}
	checkouts, err := checkOut(app.Spec.GetSources(), given.Roots)
	if err != nil {
		return source{}, err
	}
	defer os.RemoveAll(checkouts.folder)
	root := checkouts.roots[index]
	if err := apppath.CheckOutOfBoundsSymlinks(root); err != nil {
		return source{}, fmt.Errorf("repository contains out-of-bounds symlinks: %w", err)
	}
	appPath := root
	if !from.IsHelm() {
		if appPath, err = apppath.Path(root, from.Path); err != nil {
			return source{}, err
		}
	}
	namespace := given.ControllerNamespace
	if namespace == "" {
		namespace = app.Namespace
	}
	request := &apiclient.ManifestRequest{
		Repo:               &v1alpha1.Repository{Repo: from.RepoURL},
		Revision:           given.Revision,
		AppName:            app.InstanceName(namespace),
		Namespace:          app.Spec.Destination.Namespace,
		ApplicationSource:  &from,
		KustomizeOptions:   &v1alpha1.KustomizeOptions{BuildOptions: given.BuildOptions},
		KubeVersion:        given.KubeVersion,
		ApiVersions:        given.APIVersions,
		HelmOptions:        &v1alpha1.HelmOptions{ValuesFileSchemes: []string{"https", "http"}}, // the default of helm.valuesFileSchemes
		HasMultipleSources: isMulti,
		RefSources:         refs,
		ProjectName:        app.Spec.GetProject(),
		TrackingMethod:     given.TrackingMethod,
		InstallationID:     given.InstallationID,
	}
	if given.TrackingMethod != "" {
		request.AppLabelKey = given.TrackingLabel
	}
	limit := resource.MustParse("10M") // the repo-server's default
	response, err := repository.GenerateManifests(ctx, appPath, root, given.Revision, request, false, git.NoopCredsStore{}, limit, checkouts.paths)
	if err != nil {
		return source{}, checkouts.withoutFolders(err)
	}
	result := source{Type: response.SourceType, Manifests: []json.RawMessage{}}
	for _, manifest := range response.Manifests {
		result.Manifests = append(result.Manifests, json.RawMessage(manifest))
	}
	return result, nil
}

// checkouts are copies of the sources' folders, for kustomize's options are written into them.
type checkouts struct {
	folder string
	roots  []string
	// originals are the folders by their copies.
	originals map[string]string
	paths     *utilio.RandomizedTempPaths
}

func checkOut(sources v1alpha1.ApplicationSources, roots []string) (*checkouts, error) {
	if len(roots) != len(sources) {
		return nil, fmt.Errorf("%d roots for %d sources", len(roots), len(sources))
	}
	folder, err := os.MkdirTemp("", "argocd-oracle")
	if err != nil {
		return nil, err
	}
	made := &checkouts{folder: folder, originals: map[string]string{}, paths: utilio.NewRandomizedTempPaths(folder)}
	copies := map[string]string{}
	for i, root := range roots {
		if copies[root] == "" && root != "" {
			copies[root] = filepath.Join(folder, fmt.Sprint(i))
			made.originals[copies[root]] = root
			if err := os.CopyFS(copies[root], os.DirFS(root)); err != nil {
				return nil, err
			}
		}
		made.roots = append(made.roots, copies[root])
		made.paths.Add(git.NormalizeGitURL(sources[i].RepoURL), copies[root])
	}
	return made, nil
}

// withoutFolders names the folders that were copied in place of the copies.
func (c *checkouts) withoutFolders(err error) error {
	message := err.Error()
	for made, original := range c.originals {
		message = strings.ReplaceAll(message, made, original)
	}
	return fmt.Errorf("%s", message)
}
