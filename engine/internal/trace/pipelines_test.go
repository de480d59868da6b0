package trace_test

import (
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"drydock/engine/internal/argocd"
	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/flux"
	"drydock/engine/internal/helmrelease"
	"drydock/engine/internal/render"
	"drydock/engine/internal/treetest"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// declared is an object in a file.
type declared struct {
	text string
	wire.ObjectFile
}

// objects finds those of a kind in files.
func objects(files treetest.Files, group, kind string) (found []declared) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".yaml") {
			continue
		}
		line := 1
		for _, text := range strings.SplitAfter(files[name], "\n---\n") {
			var object struct {
				APIVersion string `json:"apiVersion"`
				Kind       string `json:"kind"`
			}
			if yaml.Unmarshal([]byte(text), &object) == nil && object.Kind == kind && strings.HasPrefix(object.APIVersion, group+"/") {
				found = append(found, declared{strings.TrimSuffix(text, "---\n"), wire.ObjectFile{Path: name, Line: line}})
			}
			line += strings.Count(text, "\n")
		}
	}
	return found
}

// in gives the object as it stands in changed files.
func (d declared) in(files treetest.Files) declared {
	lines := strings.SplitAfter(files[d.Path], "\n")[d.Line-1:]
	end := slices.Index(lines, "---\n")
	if end < 0 {
		end = len(lines)
	}
	d.text = strings.Join(lines[:end], "")
	return d
}

func from(t *testing.T, folder string) treetest.Files {
	root, err := filepath.Abs("../../testdata/" + folder)
	if err != nil {
		t.Fatal(err)
	}
	return treetest.FromDisk(t, root)
}

// pipeline renders an object of files.
type pipeline func(files treetest.Files, object declared, traced bool) (wire.Rendering, error)

// keeps checks each object of a kind: whoever asks for origins gets the same, and who edits a named line sees the field change.
func keeps(t *testing.T, folder, group, kind string, render pipeline) {
	files := from(t, folder)
	kept := promise{T: t, enough: 4, seen: map[string]bool{}}
	rendered := 0
	for _, object := range objects(files, group, kind) {
		plain, plainErr := render(files, object, false)
		traced, err := render(files, object, true)
		if string(plain.YAML) != string(traced.YAML) || !reflect.DeepEqual(plain.Warnings, traced.Warnings) || steady(plainErr) != steady(err) ||
			!reflect.DeepEqual(plain.Details, traced.Details) {
			t.Errorf("%s:%d: %v %v\n%s\ntraced: %v\n%s", object.Path, object.Line, plainErr, plain.Warnings, plain.YAML, err, traced.YAML)
		}
		if err != nil {
			continue
		}
		rendered++
		kept.check(object.Path, files, traced, func(changed treetest.Files) (wire.Rendering, error) {
			return render(changed, object.in(changed), false)
		})
	}
	t.Logf("%d objects render", rendered)
	kept.sum(90)
}

func renderFlux(root string) pipeline {
	return func(files treetest.Files, object declared, traced bool) (wire.Rendering, error) {
		view := files.Store().NewView()
		defer view.Close()
		return flux.Render(view, wire.Flux{
			Object: object.text, ObjectFile: &object.ObjectFile, FluxSource: wire.FluxSource{Root: root}, OwnerLabels: true, Trace: traced,
			Substitutions: map[string]string{"region": "eu-west", "tier": "gold", "cluster_name": "dev", "domain": "example.com", "lines": "one\ntwo\n"},
		})
	}
}

func TestFluxKustomizationsKeepThePromise(t *testing.T) {
	isEdited(t)
	t.Run("cases", func(t *testing.T) {
		keeps(t, "flux", "kustomize.toolkit.fluxcd.io", "Kustomization", renderFlux("/repository"))
	})
	t.Run("samples", func(t *testing.T) {
		keeps(t, "samples", "kustomize.toolkit.fluxcd.io", "Kustomization", renderFlux("/"))
	})
}

func renderApplication(rootOf func(repository string) string) pipeline {
	return func(files treetest.Files, object declared, traced bool) (wire.Rendering, error) {
		var parsed v1alpha1.Application
		if err := yaml.Unmarshal([]byte(object.text), &parsed); err != nil {
			return wire.Rendering{}, err
		}
		sources := parsed.Spec.Sources
		if parsed.Spec.Source != nil {
			sources = append(v1alpha1.ApplicationSources{*parsed.Spec.Source}, sources...)
		}
		request := wire.Application{
			Object: object.text, ObjectFile: &object.ObjectFile, LoadRestrictor: "LoadRestrictionsRootOnly", EnableHelm: true, Trace: traced,
			Tracking: wire.Tracking{Method: "annotation+label", Label: "app.kubernetes.io/instance"},
		}
		for _, source := range sources {
			request.Sources = append(request.Sources, wire.ApplicationSource{Root: rootOf(source.RepoURL)})
		}
		view := files.Store().NewView()
		defer view.Close()
		return argocd.Render(view, request)
	}
}

func TestApplicationsKeepThePromise(t *testing.T) {
	isEdited(t)
	t.Run("cases", func(t *testing.T) {
		keeps(t, "argocd", "argoproj.io", "Application", renderApplication(func(repository string) string {
			return "/repositories/" + strings.TrimSuffix(filepath.Base(repository), ".git")
		}))
	})
	t.Run("samples", func(t *testing.T) {
		keeps(t, "samples", "argoproj.io", "Application", renderApplication(func(string) string { return "/" }))
	})
}

func TestHelmReleasesKeepThePromise(t *testing.T) {
	isEdited(t)
	keeps(t, "helmrelease", "helm.toolkit.fluxcd.io", "HelmRelease", func(files treetest.Files, object declared, traced bool) (wire.Rendering, error) {
		var parsed struct {
			Spec struct {
				Chart struct {
					Spec struct {
						Chart string `json:"chart"`
					} `json:"spec"`
				} `json:"chart"`
			} `json:"spec"`
		}
		if err := yaml.Unmarshal([]byte(object.text), &parsed); err != nil {
			return wire.Rendering{}, err
		}
		_, others, _ := strings.Cut(files[object.Path], "\n---\n")
		view := files.Store().NewView()
		defer view.Close()
		return helmrelease.Render(view, wire.HelmRelease{
			Object: object.text, ObjectFile: &object.ObjectFile, Chart: path.Join("/", parsed.Spec.Chart.Spec.Chart), Root: "/", Trace: traced,
			Objects: strings.Split(others, "\n---\n"), KubeVersion: "1.33.1", APIVersions: []string{"monitoring.coreos.com/v1"}, OriginLabels: true,
		})
	})
}

func TestChartsInKustomizationsKeepThePromise(t *testing.T) {
	isEdited(t)
	files := from(t, "")
	kept := promise{T: t, enough: 4}
	rendered := 0
	for name := range files {
		folder := path.Dir(name)
		if path.Base(name) != "kustomization.yaml" || !strings.HasPrefix(name, "/helmcharts/") {
			continue
		}
		inflate := func(files treetest.Files, traced bool) (wire.Rendering, error) {
			view := files.Store().NewView()
			defer view.Close()
			return render.Build(view, wire.Build{Directory: folder, LoadRestrictor: "LoadRestrictionsNone", EnableHelm: true, Trace: traced})
		}
		plain, plainErr := inflate(files, false)
		traced, err := inflate(files, true)
		if string(plain.YAML) != string(traced.YAML) || !reflect.DeepEqual(plain.Warnings, traced.Warnings) || steady(plainErr) != steady(err) {
			t.Errorf("%s: %v %v\n%s\ntraced: %v %v\n%s", folder, plainErr, plain.Warnings, plain.YAML, err, traced.Warnings, traced.YAML)
		}
		if err != nil {
			continue
		}
		rendered++
		kept.check(folder, files, traced, func(changed treetest.Files) (wire.Rendering, error) { return inflate(changed, false) })
	}
	t.Logf("%d kustomizations render", rendered)
	kept.sum(99)
}

// isEdited skips a test that needs the edited kustomize.
func isEdited(t *testing.T) {
	rendered, err := build(treetest.Files{"/kustomization.yaml": "resources: []\nnamePrefix: a\n"}, "/", true)
	if err != nil {
		t.Fatal(err)
	}
	isTold(t, rendered)
}
