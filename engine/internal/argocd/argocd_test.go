package argocd_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"drydock/engine/internal/argocd"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// newView gives a view of files, by their paths, that no link leads to. A path of a source that is not among them is absent.
func newView(files map[string]string) *tree.View {
	folders := map[string][]string{"/": nil}
	states := map[string]*tree.State{}
	for name, content := range files {
		states[name] = &tree.State{Kind: tree.File, Content: []byte(content)}
		for ; name != "/"; name = path.Dir(name) {
			folders[path.Dir(name)] = append(folders[path.Dir(name)], path.Base(name))
		}
	}
	for name, entries := range folders {
		states[name] = tree.NewDirectory(entries)
	}
	var store *tree.Store
	store = tree.NewStore(func(asked string) { go store.Tell(asked, states) })
	return store.NewView()
}

// render renders an Application with one root for all of its sources.
func render(t *testing.T, files map[string]string, spec string) (wire.Rendering, *tree.View, error) {
	t.Helper()
	view := newView(files)
	t.Cleanup(view.Close)
	rendered, err := argocd.Render(view, wire.Application{
		Object:         "metadata: {name: app}\nspec:\n" + spec,
		Sources:        []wire.ApplicationSource{{Root: "/fleet"}, {Root: "/fleet"}, {Root: "/fleet"}},
		LoadRestrictor: "LoadRestrictionsRootOnly",
	})
	return rendered, view, err
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"

func TestWhatNeedsOtherToolsIsRefusedWithAReason(t *testing.T) {
	files := map[string]string{"/fleet/app/a.yaml": configMap}
	for spec, want := range map[string]string{
		"  source: {repoURL: x, path: app, plugin: {name: tanka}}":                  `plugin "tanka"`,
		"  source: {repoURL: x, path: app, plugin: {}}":                             "plugins are not run",
		"  source: {repoURL: x, path: app, directory: {jsonnet: {libs: [vendor]}}}": "Jsonnet is not evaluated",
		"  source: {repoURL: x}":                                                    "spec.source.repoURL and either spec.source.path or spec.source.chart are required",
		"  sources: [{repoURL: x, path: app}, {repoURL: x}]":                        "required for source 2 of 2",
		"  project: p":  "are required",
		"  source: [a]": "reading the Application: ",
		"  source: {repoURL: x, path: app, helm: {valueFiles: [ftp://host/v.yaml]}}":   "the URL scheme 'ftp' is not allowed",
		"  source: {repoURL: x, path: app, helm: {valueFiles: [https://host/v.yaml]}}": "not fetched: https://host/v.yaml",
	} {
		if rendered, _, err := render(t, files, spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %s, %v; want %s", spec, rendered.YAML, err, want)
		}
	}
}

func TestReferencesToOtherSourcesAreChecked(t *testing.T) {
	files := map[string]string{"/fleet/chart/Chart.yaml": "{apiVersion: v2, name: a, version: 1.0.0}", "/fleet/v.yaml": "a: b"}
	chart := "  sources:\n  - {repoURL: x, path: chart, helm: {valueFiles: [$values/v.yaml]}}\n"
	for others, want := range map[string]string{
		"":                               `source referenced "$values", but no source has a 'ref' field defined`,
		"  - {repoURL: x, ref: other}\n": `source referenced "$values", which is not one of the available sources ($other)`,
		"  - {repoURL: x, chart: c, ref: values}\n": "Helm charts are not yet not supported for 'ref' sources",
	} {
		if _, _, err := render(t, files, chart+others); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", others, err, want)
		}
	}
	if _, _, err := render(t, files, chart+"  - {repoURL: x, ref: values}\n"); err != nil {
		t.Error(err)
	}
}

func TestWhatLiesElsewhereIsNamed(t *testing.T) {
	for source, want := range map[string]wire.Source{
		"{repoURL: 'https://host/o/r.git', targetRevision: v1, path: app}":        {Kind: wire.SourceGit, URL: "https://host/o/r.git", Revision: "v1"},
		"{repoURL: 'https://charts.host', targetRevision: 1.x, chart: web}":       {Kind: wire.SourceChart, URL: "https://charts.host", Name: "web", Revision: "1.x"},
		"{repoURL: registry.host/charts, targetRevision: 1.0.0, chart: web}":      {Kind: wire.SourceOCI, URL: "oci://registry.host/charts", Name: "web", Revision: "1.0.0"},
		"{repoURL: 'oci://registry.host/charts/web', targetRevision: 1, path: .}": {Kind: wire.SourceOCI, URL: "oci://registry.host/charts", Name: "web", Revision: "1"},
	} {
		view := newView(map[string]string{"/a": ""})
		_, err := argocd.Render(view, wire.Application{Object: "spec: {source: " + source + "}"})
		if err == nil || !slices.Equal(view.Missing(), []wire.Source{want}) {
			t.Errorf("%s: missing are %v (%v), want %v", source, view.Missing(), err, want)
		}
		view.Close()
	}
}

func TestTheRevisionIsThatOfTheSource(t *testing.T) {
	const revisions = "kustomize: {commonAnnotationsEnvsubst: true, commonAnnotations: {all: '${ARGOCD_APP_REVISION}', seven: $ARGOCD_APP_REVISION_SHORT, eight: $ARGOCD_APP_REVISION_SHORT_8}}"
	fleet := wire.Source{Kind: wire.SourceGit, URL: "https://host/fleet"}
	files := map[string]string{
		"/fleet/app/kustomization.yaml": "resources: [a.yaml]", "/fleet/app/a.yaml": configMap,
		fleet.Place() + "/app/kustomization.yaml": "resources: [a.yaml]", fleet.Place() + "/app/a.yaml": configMap,
		fleet.RevisionPlace():     "89abcdef89abcdef",
		"/chart/Chart.yaml":       "{apiVersion: v2, name: a, version: 1.2.3-rc.1}",
		"/chart/templates/a.yaml": configMap + "  annotations: {all: '{{ .Values.r }}', seven: '{{ .Values.s }}'}\n",
	}
	for name, of := range map[string]struct {
		source string
		given  wire.ApplicationSource
		want   string
	}{
		"a working tree":          {"path: app, " + revisions, wire.ApplicationSource{Root: "/fleet", Revision: "0123456789abcdef"}, "all: 0123456789abcdef, eight: 01234567, seven: 0123456"},
		"one without a commit":    {"path: app, " + revisions, wire.ApplicationSource{Root: "/fleet"}, "all: , eight: , seven: "},
		"a copy":                  {"path: app, " + revisions, wire.ApplicationSource{}, "all: 89abcdef89abcdef, eight: 89abcdef, seven: 89abcde"},
		"a copy without a commit": {"path: app, targetRevision: v2, " + revisions, wire.ApplicationSource{}, "all: , eight: , seven: "},
		"a chart":                 {"chart: a, helm: {parameters: [{name: r, value: $ARGOCD_APP_REVISION}, {name: s, value: $ARGOCD_APP_REVISION_SHORT}]}", wire.ApplicationSource{Root: "/chart"}, "all: 1.2.3-rc.1, seven: 1.2.3-r"},
	} {
		all := maps.Clone(files)
		if strings.Contains(of.source, "v2") {
			place := wire.Source{Kind: wire.SourceGit, URL: fleet.URL, Revision: "v2"}.Place()
			all[place+"/app/kustomization.yaml"], all[place+"/app/a.yaml"] = files["/fleet/app/kustomization.yaml"], configMap
		}
		view := newView(all)
		rendered, err := argocd.Render(view, wire.Application{
			Object:         "metadata: {name: app}\nspec: {source: {repoURL: 'https://host/fleet', " + of.source + "}}",
			Sources:        []wire.ApplicationSource{of.given},
			LoadRestrictor: "LoadRestrictionsRootOnly",
		})
		_, annotations, _ := strings.Cut(string(rendered.YAML), "annotations:\n")
		annotations, _, _ = strings.Cut(annotations, "  name: ")
		got := strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(strings.ReplaceAll(annotations, "    ", ""), "\n"), "\n", ", "), `"`, "")
		if err != nil || got != of.want {
			t.Errorf("%s: got %q, want %q (%v)", name, got, of.want, err)
		}
		view.Close()
	}
}

func TestJsonnetFilesAreLeftOutWithAWarning(t *testing.T) {
	rendered, _, err := render(t, map[string]string{"/fleet/app/a.yaml": configMap, "/fleet/app/b.jsonnet": "{}"}, "  source: {repoURL: x, path: app}")
	if err != nil || string(rendered.YAML) != configMap {
		t.Errorf("got %s, %v", rendered.YAML, err)
	}
	if want := []string{"/fleet/app/b.jsonnet is left out: Jsonnet is not evaluated"}; !slices.Equal(rendered.Warnings, want) {
		t.Errorf("warnings are %q, want %q", rendered.Warnings, want)
	}
}

func TestAFolderMayNotHoldMoreManifestsThanTheRepoServerTakes(t *testing.T) {
	large := configMap + "data:\n  a: " + strings.Repeat("x", 6_000_000) + "\n"
	files := map[string]string{"/fleet/app/a.yaml": large, "/fleet/app/b.yaml": large, "/fleet/app/c.txt": large}
	if _, _, err := render(t, files, "  source: {repoURL: x, path: app}"); err == nil || !strings.Contains(err.Error(), "exceeded max combined manifest file size (10000000 bytes") {
		t.Errorf("got %v", err)
	}
	delete(files, "/fleet/app/b.yaml")
	if _, _, err := render(t, files, "  source: {repoURL: x, path: app}"); err != nil {
		t.Error(err)
	}
}

func TestOptionsAreWrittenForOneRenderOnly(t *testing.T) {
	files := map[string]string{"/fleet/app/kustomization.yaml": "resources: [a.yaml]", "/fleet/app/a.yaml": configMap}
	rendered, view, err := render(t, files, "  source: {repoURL: x, path: app, kustomize: {namePrefix: p-, version: v4.0.0}}")
	if err != nil || !strings.Contains(string(rendered.YAML), "name: p-a\n") {
		t.Errorf("got %s, %v", rendered.YAML, err)
	}
	if len(rendered.Warnings) != 1 || !strings.HasPrefix(rendered.Warnings[0], "kustomize.version v4.0.0 is not taken into account") {
		t.Errorf("warnings are %q", rendered.Warnings)
	}
	if details := rendered.Details.(wire.ApplicationDetails).Sources; len(details) != 1 || details[0].Type != "Kustomize" || details[0].Path != "/fleet/app" || details[0].Manifests != 1 {
		t.Errorf("details are %v", details)
	}
	for _, read := range []string{"/fleet/app/kustomization.yaml", "/fleet/app/a.yaml", "/fleet/app/.argocd-source-app.yaml"} {
		if !slices.Contains(view.Reads(), read) {
			t.Errorf("%s is not among %q", read, view.Reads())
		}
	}
}

// The same source in two sources of an Application must not see what the first wrote.
func TestOptionsOfOneSourceDoNotReachTheNext(t *testing.T) {
	files := map[string]string{"/fleet/app/kustomization.yaml": "resources: [a.yaml]", "/fleet/app/a.yaml": configMap}
	rendered, _, err := render(t, files, "  sources:\n  - {repoURL: x, path: app, kustomize: {namePrefix: p-}}\n  - {repoURL: x, path: app, kustomize: {nameSuffix: -s}}\n  - {repoURL: x, path: app}\n")
	if err != nil || strings.Count(string(rendered.YAML), "name: ") != 3 {
		t.Fatalf("got %s, %v", rendered.YAML, err)
	}
	for _, name := range []string{"name: p-a\n", "name: a-s\n", "name: a\n"} {
		if !strings.Contains(string(rendered.YAML), name) {
			t.Errorf("%s is not in %s", name, rendered.YAML)
		}
	}
}

// Argo CD v3.2.11, which test/fidelity asks, has no patterns: this is what v3.5.7 makes of them.
func TestValueFilesMayBePatterns(t *testing.T) {
	files := map[string]string{
		"/fleet/chart/Chart.yaml":            "{apiVersion: v2, name: a, version: 1.0.0}",
		"/fleet/chart/templates/a.yaml":      "{kind: A, apiVersion: v1, metadata: {name: {{ .Values.last }}}}",
		"/fleet/chart/values-a.yaml":         "last: a",
		"/fleet/chart/values-b.yaml":         "last: b",
		"/fleet/chart/values-c.yaml":         "last: c",
		"/fleet/chart/deep/below/v.yaml":     "last: deep",
		"/fleet/shared/only.yaml":            "last: shared",
		"/fleet/shared/not-values/README.md": "",
	}
	for valueFiles, want := range map[string]string{
		"[values-*.yaml]":                      "c",
		"[values-*.yaml, values-a.yaml]":       "a",
		"[values-a.yaml, values-*.yaml]":       "c",
		"['values-[ab].yaml']":                 "b",
		"[values-?.yaml, values-*.yaml]":       "c",
		"['deep/**/*.yaml']":                   "deep",
		"[/shared/*.yaml]":                     "shared",
		"[../shared/*.yaml]":                   "shared",
		"[values-c.yaml, '$ARGOCD_APP_NAME*']": `values file glob "app*" matched no files`,
		"[../../outside/*.yaml]":               "resolved to outside repository root",
	} {
		rendered, _, err := render(t, files, "  source: {repoURL: x, path: chart, helm: {valueFiles: "+valueFiles+"}}")
		if got := string(rendered.YAML) + text(err); !strings.Contains(got, "name: "+want+"\n") && (err == nil || !strings.Contains(got, want)) {
			t.Errorf("%s: got %s, want %s", valueFiles, got, want)
		}
	}
	spec := "  source: {repoURL: x, path: chart, helm: {ignoreMissingValueFiles: true, valueFiles: [values-b.yaml, none-*.yaml]}}"
	if rendered, _, err := render(t, files, spec); err != nil || !strings.Contains(string(rendered.YAML), "name: b\n") {
		t.Errorf("got %s, %v", rendered.YAML, err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
