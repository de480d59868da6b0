package render_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"drydock/engine/internal/render"
	"drydock/engine/internal/wire"
)

const chartOfValues = "name: app\nversion: 1.0.0\napiVersion: v2\n"

// told gives the values of what a kustomization inflates, a line each: path, value, where it stands, what it was laid over.
func told(t *testing.T, files map[string]string, directory string) ([]string, []string, error) {
	t.Helper()
	files["/r/charts/app/Chart.yaml"] = chartOfValues
	files["/r/charts/app/templates/a.yaml"] = "kind: ConfigMap\napiVersion: v1\nmetadata: {name: {{ .Release.Name }}}\ndata: {v: {{ toJson .Values | quote }}}\n"
	view := repository(files).NewView()
	defer view.Close()
	request := wire.Build{Directory: directory, LoadRestrictor: "LoadRestrictionsNone", EnableHelm: true}
	rendering, err := render.EffectiveValues(view, request)
	if err != nil {
		return nil, rendering.Warnings, err
	}
	var lines []string
	for _, chart := range rendering.Details.(wire.ValuesDetails).Charts {
		lines = append(lines, fmt.Sprintf("%s %s: %s", chart.Name, chart.Version, place(chart.Entry)))
		for _, leaf := range chart.Leaves {
			line := fmt.Sprintf("%v=%v %s", leaf.Path, leaf.Value, place(leaf.Origin))
			for _, other := range leaf.Overrode {
				line += " over " + place(&other.Origin)
			}
			lines = append(lines, line)
		}
	}
	return lines, rendering.Warnings, nil
}

func place(origin *wire.ValueOrigin) string {
	if origin == nil {
		return "unknown"
	}
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(origin.File, "/r/"), origin.Line)
}

const ownValues = "replicas: 1\nimage:\n  name: app\n  tag: one\nlist: [a, b]\ngone: x\n"

func inflating(fields string) string {
	return "helmGlobals: {chartHome: ../charts}\nhelmCharts:\n- name: app\n" + fields
}

const inline = "  valuesInline:\n    replicas: 3\n    image:\n      tag: two\n    list: [c]\n    gone: null\n    new: true\n"

func TestValuesOfChartsTellTheirPlaces(t *testing.T) {
	for name, test := range map[string]struct {
		fields string
		files  map[string]string
		want   string
	}{
		"the chart's own": {"", nil, `
			[gone]=x charts/app/values.yaml:6
			[image name]=app charts/app/values.yaml:3
			[image tag]=one charts/app/values.yaml:4
			[list 0]=a charts/app/values.yaml:5
			[list 1]=b charts/app/values.yaml:5
			[replicas]=1 charts/app/values.yaml:1`},
		// Helm takes from the chart's own values what kustomize has taken away.
		"override": {inline, nil, `
			[gone]=x charts/app/values.yaml:6 over k/kustomization.yaml:9
			[image name]=app charts/app/values.yaml:3
			[image tag]=two k/kustomization.yaml:7 over charts/app/values.yaml:4
			[list 0]=c k/kustomization.yaml:8 over charts/app/values.yaml:5
			[new]=true k/kustomization.yaml:10
			[replicas]=3 k/kustomization.yaml:5 over charts/app/values.yaml:1`},
		"merge": {inline + "  valuesMerge: merge\n", nil, `
			[gone]=x charts/app/values.yaml:6 over k/kustomization.yaml:9
			[image name]=app charts/app/values.yaml:3
			[image tag]=one charts/app/values.yaml:4 over k/kustomization.yaml:7
			[list 0]=a charts/app/values.yaml:5 over k/kustomization.yaml:8
			[list 1]=b charts/app/values.yaml:5
			[new]=true k/kustomization.yaml:10
			[replicas]=1 charts/app/values.yaml:1 over k/kustomization.yaml:5`},
		"a file and more files": {"  valuesFile: mine.yaml\n  additionalValuesFiles: [one.yaml, two.yaml]\n",
			map[string]string{"/r/k/mine.yaml": "replicas: 5\n", "/r/k/one.yaml": "replicas: 6\nlist: []\n", "/r/k/two.yaml": "\n\nreplicas: 7\n"}, `
			[gone]=x charts/app/values.yaml:6
			[image name]=app charts/app/values.yaml:3
			[image tag]=one charts/app/values.yaml:4
			[list]=[] k/one.yaml:2
			[replicas]=7 k/two.yaml:3 over k/one.yaml:1 over k/mine.yaml:1 over charts/app/values.yaml:1`},
		"a file below inline values": {"  valuesFile: mine.yaml\n  valuesInline: {replicas: 9}\n",
			map[string]string{"/r/k/mine.yaml": "replicas: 5\nimage: {tag: mine}\n"}, `
			[gone]=x charts/app/values.yaml:6
			[image name]=app charts/app/values.yaml:3
			[image tag]=mine k/mine.yaml:2 over charts/app/values.yaml:4
			[list 0]=a charts/app/values.yaml:5
			[list 1]=b charts/app/values.yaml:5
			[replicas]=9 k/kustomization.yaml:5 over k/mine.yaml:1 over charts/app/values.yaml:1`},
		"directives": {"  valuesInline:\n    image: {$patch: replace, tag: two}\n", nil, `
			[gone]=x charts/app/values.yaml:6
			[image name]=app charts/app/values.yaml:3
			[image tag]=two k/kustomization.yaml:5 over charts/app/values.yaml:4
			[list 0]=a charts/app/values.yaml:5
			[list 1]=b charts/app/values.yaml:5
			[replicas]=1 charts/app/values.yaml:1`},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"/r/charts/app/values.yaml": ownValues, "/r/k/kustomization.yaml": inflating(test.fields)}
			for file, content := range test.files {
				files[file] = content
			}
			lines, warnings, err := told(t, files, "/r/k")
			if err != nil || warnings != nil {
				t.Fatal(err, warnings)
			}
			expectLines(t, lines, "app 1.0.0: k/kustomization.yaml:3"+test.want)
		})
	}
}

func TestReplacedValuesHideNothingOfTheFile(t *testing.T) {
	files := map[string]string{
		"/r/charts/app/values.yaml": ownValues,
		"/r/k/kustomization.yaml":   inflating(inline + "  valuesMerge: replace\n  valuesFile: gone.yaml\n"),
	}
	lines, _, err := told(t, files, "/r/k")
	if err != nil {
		t.Fatal(err)
	}
	expectLines(t, lines, `app 1.0.0: k/kustomization.yaml:3
		[image name]=app charts/app/values.yaml:3
		[image tag]=two k/kustomization.yaml:7 over charts/app/values.yaml:4
		[list 0]=c k/kustomization.yaml:8 over charts/app/values.yaml:5
		[new]=true k/kustomization.yaml:10
		[replicas]=3 k/kustomization.yaml:5 over charts/app/values.yaml:1`)
}

func TestEveryWayToAskForAChartHasItsPlace(t *testing.T) {
	more := "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: %s}\nname: app\nchartHome: ../charts\n"
	files := map[string]string{
		"/r/charts/app/values.yaml":  "a: 1\n",
		"/r/base/kustomization.yaml": "helmChartInflationGenerator:\n- chartName: app\n  chartHome: ../charts\n  valuesLocal:\n    a: 3\ngenerators: [more.yaml]\n",
		"/r/base/more.yaml":          fmt.Sprintf(more, "one") + "releaseName: y\n---\n" + fmt.Sprintf(more, "two") + "releaseName: z\nvaluesInline:\n  a: 4\n",
	}
	lines, warnings, err := told(t, files, "/r/base")
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	expectLines(t, lines, `app 1.0.0: base/kustomization.yaml:2
		[a]=3 base/kustomization.yaml:5 over charts/app/values.yaml:1
		app 1.0.0: base/more.yaml:1
		[a]=1 charts/app/values.yaml:1
		app 1.0.0: base/more.yaml:8
		[a]=4 base/more.yaml:15 over charts/app/values.yaml:1`)
}

func TestChartsThatAreAskedForAlikeHaveEachItsPlace(t *testing.T) {
	files := map[string]string{
		"/r/charts/app/values.yaml": "a: 1\n",
		"/r/k/kustomization.yaml":   "resources: [one, two]\n",
	}
	for _, name := range []string{"one", "two"} {
		files["/r/k/"+name+"/kustomization.yaml"] = "namePrefix: " + name + "-\n" + strings.Replace(inflating("  valuesInline: {a: 2}\n"), "../charts", "../../charts", 1)
	}
	files["/r/k/two/kustomization.yaml"] += "- name: app\n  valuesInline: {a: 2}\n"
	lines, warnings, err := told(t, files, "/r/k")
	// Two with the same object do not build, and their values are told.
	if err != nil || len(warnings) == 0 || !strings.HasPrefix(warnings[len(warnings)-1], "it fails to build: ") {
		t.Fatal(err, warnings)
	}
	want := ""
	for _, at := range []string{"one/kustomization.yaml:4", "two/kustomization.yaml:4", "two/kustomization.yaml:6"} {
		file, line, _ := strings.Cut(at, ":")
		number, _ := strconv.Atoi(line)
		want += fmt.Sprintf("app 1.0.0: k/%s\n[a]=2 k/%s:%d over charts/app/values.yaml:1\n", at, file, number+1)
	}
	expectLines(t, lines, strings.TrimSuffix(want, "\n"))
}

func expectLines(t *testing.T, got []string, want string) {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(want, "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	if !slices.Equal(got, lines) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}
