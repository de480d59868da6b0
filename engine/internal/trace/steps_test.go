package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"drydock/engine/internal/argocd"
	"drydock/engine/internal/flux"
	"drydock/engine/internal/helmrelease"
	"drydock/engine/internal/render"
	"drydock/engine/internal/treetest"
	"drydock/engine/internal/wire"
)

const base = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: web:1
          args: ["--cluster=${CLUSTER}"]
`

var shop = treetest.Files{
	"/shop/kustomization.yaml": "resources: [web.yaml]\nimages:\n  - {name: web, newTag: own}\n",
	"/shop/web.yaml":           base,
	"/chart/Chart.yaml":        "{apiVersion: v2, name: chart, version: 1.0.0}",
	"/chart/values.yaml":       "tag: 1\n",
	"/chart/templates/a.yaml":  strings.Replace(base, "web:1", "web:{{ .Values.tag }}", 1),
	"/whole/Chart.yaml":        "{apiVersion: v2, name: whole, version: 1.0.0, dependencies: [{name: chart, alias: part, version: 1.0.0, repository: 'file://../chart'}]}",
	"/plain/web.yaml":          base,
}

// expect compares the origins of a rendering's fields with what they are to be, by the fields' paths.
func expect(t *testing.T, rendered wire.Rendering, err error, want map[string]string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	traced := *rendered.Trace
	for _, of := range leavesOf(t, rendered) {
		wanted, asked := want[of.path]
		if got := describe(traced, of.origin); asked && got != wanted {
			t.Errorf("%s = %v comes from %s, not from %s", of.path, of.value, got, wanted)
		}
		delete(want, of.path)
	}
	if len(want) > 0 {
		t.Errorf("not rendered: %v", want)
	}
}

// The kind of a generated object is decided by the list that its generator is in.
func TestKindsOfGeneratedObjects(t *testing.T) {
	isEdited(t)
	for field, kind := range map[string]string{"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"} {
		rendered, err := build(treetest.Files{"/kustomization.yaml": "namePrefix: a-\n" + field + ":\n  - {name: b, literals: [c=d]}\n"}, "/", true)
		expect(t, rendered, err, map[string]string{
			"/kind":       field + "[0] [] of /kustomization.yaml at /kustomization.yaml:2:1",
			"/apiVersion": field + "[0] [] of /kustomization.yaml",
		})
		if !strings.Contains(string(rendered.YAML), "kind: "+kind) {
			t.Errorf("no %s in %s", kind, rendered.YAML)
		}
	}
}

func TestFluxTellsItsSteps(t *testing.T) {
	isEdited(t)
	object := `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  path: ./shop
  targetNamespace: prod
  images:
    - {name: web, newTag: "2"}
  patches:
    - patch: |
        - op: replace
          path: /spec/replicas
          value: 3
      target: {kind: Deployment}
  commonMetadata:
    labels: {team: shop}
  postBuild:
    substitute: {CLUSTER: dev}
`
	for file, at := range map[string]func(line, column int) string{
		"":           func(int, int) string { return "" },
		"/flux.yaml": func(line, column int) string { return fmt.Sprintf(" at /flux.yaml:%d:%d", line+10, column) },
	} {
		request := wire.Flux{Object: object, FluxSource: wire.FluxSource{Root: "/"}, OwnerLabels: true, Trace: true}
		if file != "" {
			request.ObjectFile = &wire.ObjectFile{Path: file, Line: 11}
		}
		view := shop.Store().NewView()
		rendered, err := flux.Render(view, request)
		view.Close()
		loaded := func(line, column int) string {
			return fmt.Sprintf("resources[0] [] of /shop/kustomization.yaml at /shop/web.yaml:%d:%d", line, column)
		}
		expect(t, rendered, err, map[string]string{
			"/metadata/name":                                    loaded(3, 18),
			"/metadata/namespace":                               "spec.targetNamespace[-1] []" + at(6, 20),
			"/spec/replicas":                                    "spec.patches[0] []" + at(13, 18) + " <- " + loaded(5, 13),
			"/spec/template/spec/containers/0/image":            "spec.images[0] []" + at(8, 27) + " <- " + loaded(10, 18),
			"/spec/template/spec/containers/0/args/0":           "substitute[-1] [CLUSTER] at /shop/web.yaml:11:18 <- " + loaded(11, 18),
			"/metadata/labels/team":                             "spec.commonMetadata.labels[-1] []" + at(16, 20),
			"/metadata/labels/kustomize.toolkit.fluxcd.io/name": "ownerLabels[-1] []" + at(3, 18),
		})
	}
}

func TestApplicationsTellTheirSteps(t *testing.T) {
	isEdited(t)
	object := `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  sources:
    - repoURL: https://host/shop
      path: shop
      kustomize:
        namePrefix: dev-
        images: [web=shop/web:2]
        replicas:
          - {name: web, count: 4}
    - repoURL: https://host/shop
      path: chart
      helm: {releaseName: chart}
    - repoURL: https://host/shop
      path: plain
`
	view := shop.Store().NewView()
	defer view.Close()
	rendered, err := argocd.Render(view, wire.Application{
		Object: object, ObjectFile: &wire.ObjectFile{Path: "/app.yaml", Line: 1}, Sources: []wire.ApplicationSource{{Root: "/"}, {Root: "/"}, {Root: "/"}},
		LoadRestrictor: "LoadRestrictionsRootOnly", Trace: true, Tracking: wire.Tracking{Method: "annotation"},
	})
	if err != nil {
		t.Fatal(err)
	}
	traced := *rendered.Trace
	if len(traced.Resources) != 3 {
		t.Fatalf("%d resources", len(traced.Resources))
	}
	field := func(document int, path ...string) string {
		fields := traced.Resources[document].Fields
		for _, key := range path {
			if list, ok := fields.([]any); ok {
				fields = list[0]
			}
			fields = fields.(map[string]any)[key]
		}
		return describe(traced, fields.(int))
	}
	image := []string{"spec", "template", "spec", "containers", "image"}
	for got, want := range map[string]string{
		field(0, "metadata", "name"): "spec.sources[0].kustomize.namePrefix[-1] [] at /app.yaml:9:21 <- resources[0] [] of /shop/kustomization.yaml at /shop/web.yaml:3:18",
		field(0, image...):           "spec.sources[0].kustomize.images[0] [] at /app.yaml:10:18 <- resources[0] [] of /shop/kustomization.yaml at /shop/web.yaml:10:18",
		field(0, "spec", "replicas"): "spec.sources[0].kustomize.replicas[0] [] at /app.yaml:12:32 <- resources[0] [] of /shop/kustomization.yaml at /shop/web.yaml:5:13",
		field(1, image...):           "action[-1] [tag] at /chart/templates/a.yaml:10:25",
		field(1, "kind"):             "template[-1] [] at /chart/templates/a.yaml:2:1",
		field(2, "metadata", "name"): "directory[-1] [] at /plain/web.yaml:3:18",
		field(2, "metadata", "annotations", "argocd.argoproj.io/tracking-id"): "tracking[-1] [] at /app.yaml:3:18",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestHelmReleasesTellTheirSteps(t *testing.T) {
	isEdited(t)
	object := `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: web}
spec:
  chart: {spec: {chart: chart}}
  commonMetadata:
    annotations: {team: shop}
  postRenderers:
    - kustomize:
        images: [{name: web, newTag: "7"}]
        patches:
          - patch: |-
              kind: Deployment
              apiVersion: apps/v1
              metadata: {name: web}
              spec:
                replicas: 5
`
	view := shop.Store().NewView()
	defer view.Close()
	rendered, err := helmrelease.Render(view, wire.HelmRelease{
		Object: object, ObjectFile: &wire.ObjectFile{Path: "/release.yaml", Line: 3}, Chart: "/chart", Root: "/", OriginLabels: true, Trace: true,
	})
	expect(t, rendered, err, map[string]string{
		"/spec/template/spec/containers/0/image": "spec.postRenderers[0].kustomize.images[0] [] at /release.yaml:12:38 <- action[-1] [tag] at /chart/templates/a.yaml:10:25",
		"/spec/replicas":                         "spec.postRenderers[0].kustomize.patches[0] [] at /release.yaml:19:27 <- template[-1] [] at /chart/templates/a.yaml:5:1",
		"/kind":                                  "template[-1] [] at /chart/templates/a.yaml:2:1",
		"/metadata/annotations/team":             "spec.commonMetadata.annotations[-1] [] at /release.yaml:9:25",
		"/metadata/labels/helm.toolkit.fluxcd.io/namespace": "ownerLabels[-1] [] at /release.yaml:5:35",
	})
}

func TestHelmReleasesTellOfDependencies(t *testing.T) {
	isEdited(t)
	view := shop.Store().NewView()
	defer view.Close()
	rendered, err := helmrelease.Render(view, wire.HelmRelease{
		Object: "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop}\nspec: {chart: {spec: {chart: whole}}, values: {part: {tag: 3}}}\n",
		Chart:  "/whole", Root: "/", Trace: true,
	})
	expect(t, rendered, err, map[string]string{
		"/spec/template/spec/containers/0/image": "action[-1] [part.tag] at /chart/templates/a.yaml:10:25",
		"/kind":                                  "template[-1] [] at /chart/templates/a.yaml:2:1",
	})
}

func TestFieldsOfOneLineAreToldApart(t *testing.T) {
	isEdited(t)
	files := treetest.Files{
		"/app/kustomization.yaml":          "helmCharts: [{name: web, releaseName: site, valuesInline: {image: {name: shop, tag: '1'}, full: a-b, list: [x]}}]\n",
		"/app/charts/web/Chart.yaml":       "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"/app/charts/web/values.yaml":      "x: 1\n",
		"/app/charts/web/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 'é', annotations: {of: {{ .Release.Name }}}}\n" + `data: {same: web, image: "{{ .Values.image.name }}:{{ .Values.image.tag }}", escaped: "a\"{{ .Values.full }}", empty: '', again: {{ .Values.full }}-{{ .Values.image.tag }}, last: web}` + "\n",
	}
	view := files.Store().NewView()
	defer view.Close()
	rendered, err := render.Build(view, wire.Build{Directory: "/app", LoadRestrictor: "LoadRestrictionsRootOnly", EnableHelm: true, Trace: true})
	const at = " at /app/charts/web/templates/a.yaml:"
	expect(t, rendered, err, map[string]string{
		"/metadata/name":           "template[-1] []" + at + "3:1",
		"/metadata/annotations/of": "action[-1] []" + at + "3:44",
		"/data/same":               "template[-1] []" + at + "4:1",
		"/data/image":              "action[-1] [image.name image.tag]" + at + "4:30",
		"/data/escaped":            "helmCharts[0] [] of /app/kustomization.yaml", // where it ends is not known
		"/data/empty":              "template[-1] []" + at + "4:1",
		"/data/again":              "action[-1] [full image.tag]" + at + "4:133",
		"/data/last":               "template[-1] []" + at + "4:1",
	})
}

func TestChartsInKustomizationsTellTheirSteps(t *testing.T) {
	isEdited(t)
	files := treetest.Files{"/app/kustomization.yaml": `helmCharts:
  - name: web
    releaseName: site
    valuesInline: {tag: 2}
patches:
  - target: {kind: Deployment}
    patch: |
      - op: replace
        path: /spec/replicas
        value: 3
`}
	for name, content := range shop {
		if in, ok := strings.CutPrefix(name, "/chart/"); ok {
			files["/app/charts/web/"+in] = content
		}
	}
	view := files.Store().NewView()
	defer view.Close()
	rendered, err := render.Build(view, wire.Build{Directory: "/app", LoadRestrictor: "LoadRestrictionsRootOnly", EnableHelm: true, Trace: true})
	expect(t, rendered, err, map[string]string{
		"/spec/template/spec/containers/0/image": "action[-1] [tag] at /app/charts/web/templates/a.yaml:10:25",
		"/spec/replicas": "patches[0] [] of /app/kustomization.yaml at /app/kustomization.yaml:10:16" +
			" <- template[-1] [] at /app/charts/web/templates/a.yaml:5:1",
	})
	if err != nil {
		return
	}
	traced := *rendered.Trace
	for _, of := range leavesOf(t, rendered) {
		if of.path == "/kind" {
			if via := describe(traced, origin(traced, of.origin)[5]); via != "helmCharts[0] [] of /app/kustomization.yaml at /app/kustomization.yaml:2:5" {
				t.Errorf("the chart is wanted by %s", via)
			}
		}
	}
}
