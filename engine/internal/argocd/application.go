// Package argocd renders Argo CD Applications: the manifests that the repo-server of Argo CD v3.2.11 gives for their sources.
// What it decides between reading an Application and running kustomize or helm is here, since its own code can't be had without
// its servers; test/fidelity compares the two.
package argocd

import (
	"errors"
	"fmt"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// rendering is what the render of one Application has to do with.
type rendering struct {
	view     *tree.View
	request  wire.Application
	app      application
	sources  v1alpha1.ApplicationSources
	instance string
	refs     map[string]int
	warnings []string
	follow   *following
}

// Render gives the manifests of an Application as the repo-server does, source after source: YAML documents, each as Argo CD
// has it as JSON.
func Render(view *tree.View, request wire.Application) (rendered wire.Rendering, err error) {
	r, err := newRendering(view, request)
	if err != nil {
		return rendered, err
	}
	documents, details, err := r.all()
	rendered.Warnings = r.warnings
	rendered.Details = wire.ApplicationDetails{Sources: details}
	rendered.YAML = []byte(strings.Join(documents, "---\n"))
	if r.follow != nil && err == nil {
		rendered.Trace = &r.follow.edit.Made
	}
	return rendered, err
}

func newRendering(view *tree.View, request wire.Application) (*rendering, error) {
	r := &rendering{view: view, request: request, follow: newFollowing(request)}
	if err := yaml.Unmarshal([]byte(request.Object), &r.app); err != nil {
		return nil, fmt.Errorf("reading the Application: %w", err)
	}
	r.sources = r.app.Spec.sources()
	r.instance = instanceName(r.app.Metadata.Name, r.app.Metadata.Namespace, request.ControllerNamespace)
	return r, nil
}

// all renders the sources, as far as they can be.
func (r *rendering) all() (documents []string, details []wire.SourceDetails, err error) {
	details = []wire.SourceDetails{}
	if err := r.check(); err != nil {
		return nil, details, err
	}
	for i := range r.sources {
		made, detail, err := r.source(i)
		details = append(details, detail)
		if err != nil {
			return nil, details, r.inSource(i, err)
		}
		documents = append(documents, made...)
	}
	return documents, details, nil
}

// check looks at the sources together.
func (r *rendering) check() (err error) {
	if err := checkSources(r.sources, r.app.Spec.hasMultipleSources()); err != nil {
		return err
	}
	r.refs, err = referenced(r.sources)
	return err
}

// inSource says which of several sources an error comes from.
func (r *rendering) inSource(index int, err error) error {
	if len(r.sources) == 1 {
		return err
	}
	return fmt.Errorf("failed to generate manifest for source %d of %d: %w", index+1, len(r.sources), err)
}

// checkSources says what the controller says before it asks the repo-server (util/argo/argo.go, validateSourcePermissions).
func checkSources(sources v1alpha1.ApplicationSources, multiple bool) error {
	if len(sources) == 0 {
		return errors.New("spec.source.repoURL and either spec.source.path or spec.source.chart are required")
	}
	for i, source := range sources {
		switch {
		case multiple && (source.RepoURL == "" || source.Path == "" && source.Chart == "" && source.Ref == ""):
			return fmt.Errorf("spec.source.repoURL and either source.path, source.chart, or source.ref are required for source %d of %d", i+1, len(sources))
		case !multiple && (source.RepoURL == "" || source.Path == "" && source.Chart == ""):
			return errors.New("spec.source.repoURL and either spec.source.path or spec.source.chart are required")
		}
	}
	return nil
}

// instanceName is the name that manifests are tracked by, as Application.InstanceName gives it.
func instanceName(name, namespace, controllerNamespace string) string {
	if namespace == "" || controllerNamespace == "" || namespace == controllerNamespace {
		return name
	}
	return namespace + "_" + name
}

// source renders one source.
func (r *rendering) source(index int) ([]string, wire.SourceDetails, error) {
	defer r.view.Keep()() // Argo CD checks the repository out anew for the next
	work, detail, err := r.prepare(index)
	if err != nil || work == nil {
		return nil, detail, err
	}
	objects, err := work.generate(detail.Type)
	detail.ValueFiles = work.laidOver
	if err != nil {
		return nil, detail, err
	}
	documents, err := r.manifests(objects)
	detail.Manifests = len(documents)
	return documents, detail, err
}

// prepare finds out what a source is; nil for one that is there to be referred to.
func (r *rendering) prepare(index int) (*work, wire.SourceDetails, error) {
	detail := wire.SourceDetails{ValueFiles: []string{}}
	source := &r.sources[index]
	if r.app.Spec.hasMultipleSources() && source.Path == "" && source.Chart == "" {
		return nil, detail, nil
	}
	root, err := r.root(index)
	if err != nil {
		return nil, detail, err
	}
	folder, err := appPath(r.view, root, source)
	if err != nil {
		return nil, detail, err
	}
	detail.Path = folder
	work := &work{rendering: r, source: source, root: root, folder: folder, at: []any{"spec", "source"}, laidOver: []string{}}
	if work.files, err = mergeOverrides(r.view, source, folder, r.instance); err != nil {
		return nil, detail, fmt.Errorf("error getting app source type: error while parsing source parameters: %w", err)
	}
	if detail.Type, err = typeOf(r.view, source, folder); err != nil {
		return nil, detail, fmt.Errorf("error getting app source type: %w", err)
	}
	if r.app.Spec.hasMultipleSources() {
		work.at = []any{"spec", "sources", index}
	}
	work.overrides = r.follow.overriding(work.files)
	work.environment = environmentOf(&r.app, r.instance, source, func() string { return r.revision(index, root) })
	return work, detail, nil
}
