package render_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/render"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/types"
)

// The engine's process begins with these, before the first build.
func TestMain(m *testing.M) {
	stdout := os.Stdout
	render.Seal()
	os.Stdout = stdout // where the results of the tests go
	logs.Capture()
	render.Warm()
	os.Exit(m.Run())
}

// repository is a store that knows these files, and that nothing else exists.
func repository(files map[string]string) *tree.Store {
	entries := map[string]map[string]bool{"/": {}}
	states := map[string]*tree.State{}
	for name, content := range files {
		states[name] = &tree.State{Kind: tree.File, Content: []byte(content)}
		for child, folder := name, filepath.Dir(name); ; child, folder = folder, filepath.Dir(folder) {
			if entries[folder] == nil {
				entries[folder] = map[string]bool{}
			}
			entries[folder][filepath.Base(child)] = true
			if folder == "/" {
				break
			}
		}
	}
	for folder, names := range entries {
		var list []string
		for name := range names {
			list = append(list, name)
		}
		states[folder] = tree.NewDirectory(list)
	}
	store := tree.NewStore(func(path string) { panic("asked for " + path) })
	store.Tell("", states)
	return store
}

func build(store *tree.Store, directory string) (string, []string, error) {
	view := store.NewView()
	defer view.Close()
	rendered, err := render.Build(view, wire.Build{Directory: directory, LoadRestrictor: types.LoadRestrictionsRootOnly.String()})
	return string(rendered.YAML), rendered.Warnings, err
}

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"

func TestWarningsBelongToTheirBuild(t *testing.T) {
	store := repository(map[string]string{
		"/old/kustomization.yaml":  "bases: [../base]\nvars: [{name: UNUSED, objref: {apiVersion: v1, kind: ConfigMap, name: settings}}]",
		"/base/kustomization.yaml": "commonLabels: {a: b}\nresources: [c.yaml]",
		"/base/c.yaml":             configMap,
		"/new/kustomization.yaml":  "resources: [c.yaml]",
		"/new/c.yaml":              configMap,
	})
	var builds sync.WaitGroup
	for range 8 {
		builds.Go(func() {
			_, warnings, err := build(store, "/old")
			got := strings.Join(warnings, "\n")
			for _, want := range []string{"'bases' is deprecated", "'vars' is deprecated", "'commonLabels' is deprecated", "never replaced: UNUSED"} {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in %q (%v)", want, got, err)
				}
			}
		})
		builds.Go(func() {
			if _, warnings, err := build(store, "/new"); len(warnings) > 0 || err != nil {
				t.Errorf("got %q, %v", warnings, err)
			}
		})
	}
	builds.Wait()
}

// Builds with a schema of their own run beside others: with -race, this also shows that no two touch it at a time.
func TestSchemasStayApart(t *testing.T) {
	const fleet = "apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\nships: [{name: one}, {name: two}]\n"
	const patch = "\npatches: [{patch: '{apiVersion: example.com/v1, kind: Fleet, metadata: {name: f}, ships: [{name: two, speed: 9}]}'}]"
	store := repository(map[string]string{
		"/own/kustomization.yaml":   "openapi: {path: schema.json}\nresources: [fleet.yaml, ../core]" + patch,
		"/own/fleet.yaml":           fleet,
		"/own/schema.json":          `{"definitions": {"Fleet": {"type": "object", "properties": {"ships": {"type": "array", "items": {"type": "object"}, "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}}, "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Fleet"}]}}}`,
		"/plain/kustomization.yaml": "resources: [fleet.yaml, ../core]" + patch,
		"/plain/fleet.yaml":         fleet,
		"/core/kustomization.yaml":  "resources: [c.yaml]\nnamespace: fleet",
		"/core/c.yaml":              configMap,
	})
	var builds sync.WaitGroup
	for i := range 30 {
		directory, merged := "/plain", false
		if i%3 == 0 {
			directory, merged = "/own", true
		}
		builds.Go(func() {
			yaml, _, err := build(store, directory)
			if err != nil || strings.Contains(yaml, "name: one") != merged {
				t.Errorf("%s: %v\n%s", directory, err, yaml)
			}
		})
	}
	builds.Wait()
}

// Whatever a kustomization asks for, no request leaves the process and no program starts.
func TestNothingLeavesTheProcess(t *testing.T) {
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests++ }))
	defer server.Close()

	programs := t.TempDir()
	marker := filepath.Join(programs, "started")
	script := "#!/bin/sh\ntouch " + marker + "\n"
	for _, name := range []string{"git", "helm", "docker", "rewrite.sh"} {
		if err := os.WriteFile(filepath.Join(programs, name), []byte(script), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(programs)

	function := func(kind, spec string) string {
		return fmt.Sprintf("%s:\n- |-\n  apiVersion: example.com/v1\n  kind: Any\n  metadata:\n    name: any\n    annotations:\n      config.kubernetes.io/function: '%s'\n", kind, spec)
	}
	const refused = "not fetched: "
	for name, test := range map[string]struct{ kustomization, want string }{
		"file over HTTP":     {"resources: [" + server.URL + "/deployment.yaml]", refused},
		"repository by HTTP": {"resources: ['" + server.URL + "/team/repository.git//base?ref=v1']", refused},
		"repository on disk": {"resources: [file://" + programs + "/repository]", refused},
		"repository by SSH":  {"resources: ['git@git.example.com:team/repository.git']", refused},
		"GitHub's short form": {"resources: ['github.com/example/repository/base?ref=main']",
			refused},
		"component":           {"components: ['" + server.URL + "/team/repository.git']", refused},
		"schema":              {"openapi: {path: " + server.URL + "/schema.json}", refused},
		"file of a generator": {"configMapGenerator: [{name: x, files: ['key=" + server.URL + "/file']}]", refused},
		"patch":               {"resources: [c.yaml]\npatches: [{path: " + server.URL + "/patch.yaml}]", refused},
		"Helm chart":          {"helmCharts: [{name: chart, repo: " + server.URL + "}]", "must specify --enable-helm"},
		"Helm generator":      {"generators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n  metadata: {name: x}\n  name: chart\n", "must specify --enable-helm"},
		"exec function":       {function("transformers", "{exec: {path: ./rewrite.sh}}"), "external plugins disabled"},
		"container function":  {function("generators", "{container: {image: example.com/image}}"), "external plugins disabled"},
		"exec plugin":         {function("validators", ""), "external plugins disabled"},
	} {
		t.Run(name, func(t *testing.T) {
			store := repository(map[string]string{"/app/kustomization.yaml": test.kustomization, "/app/c.yaml": configMap})
			_, _, err := build(store, "/app")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	if requests > 0 {
		t.Errorf("%d requests were sent", requests)
	}
	if _, err := os.Stat(marker); err == nil {
		t.Error("a program was started")
	}
}
