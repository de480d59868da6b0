package applicationset_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"drydock/engine/internal/applicationset"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// files is a host with these files, by absolute path.
type files map[string]string

// generate renders an ApplicationSet, with the files that it asks for.
func (f files) generate(t *testing.T, request wire.ApplicationSet) (wire.Rendering, wire.GeneratedApplications, []wire.Source) {
	t.Helper()
	var store *tree.Store
	store = tree.NewStore(func(path string) { go store.Tell(path, map[string]*tree.State{path: f.state(path)}) })
	view := store.NewView()
	defer view.Close()
	rendering, err := applicationset.Generate(view, request)
	if err != nil {
		t.Fatal(err)
	}
	return rendering, rendering.Details.(wire.GeneratedApplications), view.Missing()
}

func (f files) state(path string) *tree.State {
	if content, ok := f[path]; ok {
		return &tree.State{Kind: tree.File, Content: []byte(content)}
	}
	var entries []string
	for name := range f {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(path, "/")+"/"); ok {
			entry, _, _ := strings.Cut(rest, "/")
			entries = append(entries, entry)
		}
	}
	if entries == nil {
		return &tree.State{Kind: tree.Absent}
	}
	slices.Sort(entries)
	return tree.NewDirectory(slices.Compact(entries))
}

// set is an ApplicationSet with a name, generators (YAML, in flow style) and what else its spec has.
func set(generators string, spec ...string) string {
	return fmt.Sprintf(`
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shop, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators: %s
  template:
    metadata: {name: '{{ .name }}'}
    spec:
      project: shop
      source: {repoURL: https://example.com/r.git, path: 'apps/{{ .name }}'}
      destination: {server: https://kubernetes.default.svc}
  %s
`, generators, strings.Join(spec, "\n  "))
}

func names(of wire.GeneratedApplications) []string {
	var found []string
	for _, one := range of.Applications {
		name := one.Name
		if one.Error != "" {
			name += "!"
		}
		found = append(found, name)
	}
	return found
}

func expect[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestOneBadElementCostsNoOther(t *testing.T) {
	rendering, details, _ := files{}.generate(t, wire.ApplicationSet{Object: set(`[{list: {elements: [{name: a}, {nome: b}, text, {name: c}]}}]`)})
	expect(t, "applications", names(details), []string{"a", "!", "c"})
	if got := strings.Count(string(rendering.YAML), "kind: Application\n"); got != 2 {
		t.Errorf("%d documents, want 2", got)
	}
	if field := details.Applications[1].Field; field != "spec.template.metadata.name" {
		t.Errorf("the error is in %q", field)
	}
	expect(t, "places", paths(details), []string{"spec.generators[0].list.elements[2]", "spec.template.metadata.name"})
	if !strings.HasPrefix(details.ControllerError, "error unmarshling list element") {
		t.Errorf("the controller says %q", details.ControllerError)
	}
}

func paths(of wire.GeneratedApplications) []string {
	var found []string
	for _, one := range of.Errors {
		found = append(found, one.Path)
	}
	return found
}

func TestErrorsTellTheirPlace(t *testing.T) {
	for generators, want := range map[string]string{
		`[{list: {elements: []}}, {matrix: {generators: [{list: {elements: [{name: a}]}}, {list: {elements: [5]}}]}}]`: "spec.generators[1].matrix.generators[1].list.elements[0]",
		`[{matrix: {generators: [{list: {elements: [{name: a}]}}, {list: {elements: [{x: '{{ .gone }}'}]}}]}}]`:        "spec.generators[0].matrix.generators[1].list.elements[0].x",
		`[{clusters: {values: {a: '{{ .gone }}'}}}]`:                                                                   "spec.generators[0].clusters.values.a",
		`[{list: {elements: []}, selector: {matchLabels: {'no key': x}}}]`:                                             "spec.generators[0].selector",
		`[{plugin: {configMapRef: {name: x}}}]`:                                                                        "spec.generators[0].plugin",
		`[{git: {repoURL: https://example.com/gone.git, revision: v1, files: [{path: x}]}}]`:                           "spec.generators[0].git.repoURL",
		`[{merge: {mergeKeys: [], generators: [{list: {elements: []}}, {list: {elements: []}}]}}]`:                     "spec.generators[0].merge.mergeKeys",
	} {
		_, details, _ := files{}.generate(t, wire.ApplicationSet{Object: set(generators)})
		expect(t, generators, paths(details), []string{want})
	}
}

func TestRepositoriesThatDoNotLieHereAreMissing(t *testing.T) {
	host := files{"/fleet/apps/a/x.yaml": "x", "/fleet/.git/HEAD": "x"}
	repositories := []wire.Repository{{URL: "git@github.com:acme/Fleet.git", Revision: "main", Root: "/fleet"}}
	directories := func(url, revision string) string {
		return set(fmt.Sprintf(`[{git: {repoURL: %s, revision: %s, directories: [{path: apps/*}], values: {}, pathParamPrefix: ''}}]`, url, revision), "templatePatch: ''")
	}
	for _, url := range []string{"https://github.com/acme/fleet", "ssh://git@github.com/acme/fleet.git/", "https://user:secret@github.com/acme/fleet.git"} {
		for _, revision := range []string{"main", "HEAD", "''"} {
			_, details, missing := host.generate(t, wire.ApplicationSet{Object: directories(url, revision), Repositories: repositories})
			if len(details.Applications) != 1 || missing != nil {
				t.Errorf("%s at %s: %+v, missing %v", url, revision, details, missing)
			}
		}
	}
	_, details, missing := host.generate(t, wire.ApplicationSet{Object: directories("https://github.com/acme/fleet", "v1"), Repositories: repositories})
	want := []wire.Source{{Kind: wire.SourceGit, URL: "https://github.com/acme/fleet", Revision: "v1"}}
	expect(t, "missing", missing, want)
	if !strings.Contains(details.ControllerError, "not fetched: https://github.com/acme/fleet at v1") {
		t.Errorf("the error is %q", details.ControllerError)
	}
}

func TestWhatGitIgnoresIsNotFound(t *testing.T) {
	host := files{
		"/r/.git/HEAD": "x", "/r/.gitignore": "build/\n*.tmp.yaml\n", "/r/apps/a/x.yaml": "x: 1", "/r/apps/a/y.tmp.yaml": "x: 1",
		"/r/apps/build/x.yaml": "x: 1", "/r/apps/c/y.tmp.yaml": "x: 1",
	}
	request := func(generator string) wire.ApplicationSet {
		object := strings.ReplaceAll(set(fmt.Sprintf("[{git: {repoURL: https://example.com/r.git, revision: main, %s}}]", generator)), ".name", ".path.basename")
		return wire.ApplicationSet{Object: object, Repositories: []wire.Repository{{URL: "https://example.com/r", Root: "/r"}}}
	}
	for _, generator := range []string{"directories: [{path: apps/*}]", "files: [{path: 'apps/**.yaml'}]"} {
		_, details, _ := host.generate(t, request(generator))
		if len(details.Applications) != 1 || details.Applications[0].Name != "a" || len(details.Errors) > 0 {
			t.Errorf("%s: %+v", generator, details)
		}
	}
}

func TestStepsAndWhoIsInNone(t *testing.T) {
	steps := `strategy: {type: RollingSync, rollingSync: {steps: [{matchExpressions: [{key: wave, operator: In, values: [a]}]}]}}`
	object := set(`[{list: {elements: [{name: a}, {name: b}]}}]`, steps, `templatePatch: 'metadata: {labels: {wave: "{{ .name }}"}}'`)
	rendering, details, _ := files{}.generate(t, wire.ApplicationSet{Object: object})
	if got := []int{details.Applications[0].Step, details.Applications[1].Step}; !slices.Equal(got, []int{1, 0}) {
		t.Errorf("steps %v", got)
	}
	expect(t, "warnings", rendering.Warnings, []string{"spec.strategy.rollingSync: Application b is in no step, so it is never synced"})
}

func TestARunawayMatrixEnds(t *testing.T) {
	var elements []string
	for i := range 300 {
		elements = append(elements, fmt.Sprintf("{name: 'x%d'}", i))
	}
	list := fmt.Sprintf(`{list: {elements: [%s]}}`, strings.Join(elements, ","))
	_, details, _ := files{}.generate(t, wire.ApplicationSet{Object: set(fmt.Sprintf(`[{matrix: {generators: [%s, %s]}}]`, list, list))})
	if len(details.Applications) != 10_000 || len(details.Errors) != 1 || !strings.Contains(details.Errors[0].Message, "more than 10000") {
		t.Errorf("%d applications, errors %v", len(details.Applications), details.Errors)
	}
}

func TestManyApplicationsAreGeneratedQuickly(t *testing.T) {
	host := files{}
	for i := range 1000 {
		host[fmt.Sprintf("/r/apps/app-%04d/kustomization.yaml", i)] = "resources: []"
	}
	object := strings.ReplaceAll(set(`[{git: {repoURL: https://example.com/r.git, revision: main, directories: [{path: apps/*}]}}]`), ".name", ".path.basename")
	request := wire.ApplicationSet{Object: object, Repositories: []wire.Repository{{URL: "https://example.com/r", Root: "/r"}}}
	began := time.Now()
	rendering, details, _ := host.generate(t, request)
	t.Logf("%d applications in %v", len(details.Applications), time.Since(began))
	if len(details.Applications) != 1000 || len(details.Errors) > 0 {
		t.Errorf("%d applications, errors %v", len(details.Applications), details.Errors)
	}
	var last struct{ Metadata struct{ Name string } }
	documents := strings.Split(string(rendering.YAML), "---\n")
	if err := yaml.Unmarshal([]byte(documents[len(documents)-1]), &last); err != nil || last.Metadata.Name != "app-0999" {
		t.Errorf("the last is %+v, %v", last, err)
	}
}

func TestLiveClustersCountWhereNoFixtureNamesAny(t *testing.T) {
	live := &wire.LiveClusters{From: "context east", Clusters: []wire.Cluster{
		{Name: "a", Server: "https://a", Labels: map[string]string{"env": "dev"}, Annotations: map[string]string{"team": "x"}},
		{Name: "b", Server: "https://b"},
	}}
	asking := set(`[{clusters: {}}]`)
	for name, test := range map[string]struct {
		request wire.ApplicationSet
		names   []string
		from    string
	}{
		"live":                    {wire.ApplicationSet{Object: asking, Live: live}, []string{"in-cluster", "a", "b"}, "context east"},
		"none registered":         {wire.ApplicationSet{Object: asking, Live: &wire.LiveClusters{From: "context east", Clusters: []wire.Cluster{}}}, []string{"in-cluster"}, "context east"},
		"fixture":                 {wire.ApplicationSet{Object: asking, Live: live, Fixture: "clusters: [{name: c, server: https://c}]"}, []string{"in-cluster", "c"}, "fixture"},
		"fixture of other things": {wire.ApplicationSet{Object: asking, Live: live, Fixture: "pullRequest: []"}, []string{"in-cluster", "a", "b"}, "context east"},
		"nothing known":           {wire.ApplicationSet{Object: asking}, []string{"in-cluster"}, ""},
		"not asked":               {wire.ApplicationSet{Object: set(`[{list: {elements: [{name: z}]}}]`), Live: live}, []string{"z"}, ""},
		"selected":                {wire.ApplicationSet{Object: set(`[{clusters: {selector: {matchLabels: {env: dev}}}}]`), Live: live}, []string{"a"}, "context east"},
	} {
		_, details, _ := files{}.generate(t, test.request)
		expect(t, name, names(details), test.names)
		if details.ClustersFrom != test.from {
			t.Errorf("%s: from %q, want %q", name, details.ClustersFrom, test.from)
		}
	}
}
