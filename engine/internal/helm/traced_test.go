package helm_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/logs"
	"drydock/engine/internal/treetest"
	"drydock/engine/internal/wire"
)

var (
	show      = flag.Bool("show", false, "tell what has no origin")
	elsewhere = flag.String("root", "", "a folder with charts, in place of testdata/charts")
)

func TestMain(m *testing.M) {
	flag.Parse()
	logs.Capture()
	os.Exit(m.Run())
}

// charts are the folders of charts that are not within others.
func charts(t *testing.T) (files treetest.Files, folders []string) {
	root, err := filepath.Abs("../../testdata/charts")
	if err != nil {
		t.Fatal(err)
	}
	if *elsewhere != "" {
		root = *elsewhere
	}
	files = treetest.FromDisk(t, root)
	for name := range files {
		if path.Base(name) == "Chart.yaml" && !strings.Contains(name, "/charts/") {
			folders = append(folders, path.Dir(name))
		}
	}
	return files, folders
}

func render(files treetest.Files, chart string, traced bool) (wire.Rendering, error) {
	view := files.Store().NewView()
	defer view.Close()
	return helm.Template(view, wire.Template{Chart: chart, Namespace: "default", IncludeCRDs: true, Trace: traced})
}

// isEdited skips a test that needs the edited Helm; the original one tells nothing of what templates write.
func isEdited(t *testing.T) {
	files := treetest.Files{"/chart/Chart.yaml": "{apiVersion: v2, name: chart, version: 1.0.0}", "/chart/templates/a.yaml": "kind: ConfigMap\n"}
	rendered, err := render(files, "/chart", true)
	if err != nil {
		t.Fatal(err)
	}
	if len(rendered.Trace.Steps) == 0 {
		t.Skip("this is the original Helm, which tells nothing: the tests of the engine run in a copy with the edited one")
	}
}

// Whoever asks for origins gets the same bytes.
func TestTracingChangesNothing(t *testing.T) {
	files, folders := charts(t)
	for _, folder := range folders {
		plain, plainErr := render(files, folder, false)
		traced, err := render(files, folder, true)
		if string(plain.YAML) != string(traced.YAML) || !reflect.DeepEqual(plain.Warnings, traced.Warnings) || fmt.Sprint(plainErr) != fmt.Sprint(err) {
			t.Errorf("%s: %v %q\n%s\ntraced: %v %q\n%s", folder, plainErr, plain.Warnings, plain.YAML, err, traced.Warnings, traced.YAML)
		}
	}
}

// Who edits the named line of a template, or takes the action there away, sees the rendered line change.
func TestEditingTheTemplateLineChangesTheLine(t *testing.T) {
	isEdited(t)
	files, folders := charts(t)
	told, all, edits, failing := 0, 0, 0, 0
	for _, folder := range folders {
		rendered, err := render(files, folder, true)
		if err != nil || len(rendered.YAML) == 0 {
			continue
		}
		lines := strings.Split(strings.TrimSuffix(string(rendered.YAML), "\n"), "\n")
		if len(rendered.Trace.Lines) != len(lines) && len(lines) > 1 {
			t.Errorf("%s: %d origins of %d lines\n%s", folder, len(rendered.Trace.Lines), len(lines), rendered.YAML)
			continue
		}
		byPlace := map[string][]string{}
		for i, line := range lines {
			if strings.TrimSpace(line) == "" || line == "---" || strings.HasPrefix(line, "# Source: ") {
				continue
			}
			all++
			row := rendered.Trace.Origins[rendered.Trace.Lines[i]]
			if len(row) == 0 {
				if *show {
					t.Logf("%s:%d unknown: %s", folder, i+1, line)
				}
				continue
			}
			told++
			step := rendered.Trace.Steps[row[0]-1]
			if *show {
				t.Logf("%s:%d %s <- %s:%d:%d %s %s %v", folder, i+1, line, rendered.Trace.Files[row[1]-1], row[2], row[3], step.Field, step.Name, step.Values)
			}
			place := fmt.Sprintf("%s\x00%d\x00%d\x00%s", rendered.Trace.Files[row[1]-1], row[2], row[3], step.Field)
			byPlace[place] = append(byPlace[place], line)
		}
		for place, written := range byPlace {
			name, line, column, field := "", 0, 0, ""
			parts := strings.Split(place, "\x00")
			name, field = parts[0], parts[3]
			fmt.Sscan(parts[1], &line)
			fmt.Sscan(parts[2], &column)
			edits++
			after, err := render(files.With(name, changed(files[name], line, column, field)), folder, false)
			if err != nil {
				failing++
				continue
			}
			for _, was := range written {
				if count(after.YAML, was) >= count(rendered.YAML, was) {
					t.Errorf("%s: %q does not come from %s:%d:%d (%s)", folder, was, name, line, column, field)
				}
			}
		}
	}
	t.Logf("%d of %d lines (%.1f %%) are of known origin; %d edits, %d of which don't render", told, all, 100*float64(told)/float64(all), edits, failing)
	if told*100 < all*85 {
		t.Error("too few")
	}
}

func count(yaml []byte, line string) int {
	return strings.Count("\n"+string(yaml)+"\n", "\n"+line+"\n")
}

var action = regexp.MustCompile(`\{\{(-?)[^}]*\}?[^}]*?(-?)\}\}`)

func changed(content string, line, column int, field string) string {
	lines := strings.Split(content, "\n")
	text := []rune(lines[line-1])
	if field == wire.StepTemplate {
		outside := action.ReplaceAllStringFunc(string(text), func(found string) string { return strings.Repeat("\x00", len(found)) })
		at := regexp.MustCompile(`[A-Za-z0-9]`).FindStringIndex(outside)
		if at == nil {
			lines[line-1] += "x"
			return strings.Join(lines, "\n")
		}
		lines[line-1] = string(text)[:at[0]] + "x" + string(text)[at[0]:]
		return strings.Join(lines, "\n")
	}
	// A position of an action is that of what follows its delimiter.
	rest := strings.Join(append([]string{string(text[:column-1]) + "\x00" + string(text[column-1:])}, lines[line:]...), "\n")
	at := strings.IndexByte(rest, 0)
	from := strings.LastIndex(rest[:at], "{{")
	to := at + strings.Index(rest[at:], "}}")
	if from < 0 || to < at {
		return content
	}
	opening, closing := "{{", "}}"
	if strings.HasPrefix(rest[from:], "{{-") {
		opening = "{{-"
	}
	if strings.HasSuffix(rest[:to], "-") {
		closing = "-}}"
	}
	rest = rest[:from] + opening + ` "another" ` + closing + rest[to+2:]
	return strings.Join(append(append([]string{}, lines[:line-1]...), rest), "\n")
}

// What is told of single lines: the template's line, the definition, the values, and the line that included it.
func TestLinesOfAChart(t *testing.T) {
	isEdited(t)
	files, _ := charts(t)
	rendered, err := render(files, "/traced", true)
	if err != nil {
		t.Fatal(err)
	}
	var describe func(number int) string
	describe = func(number int) string {
		row := rendered.Trace.Origins[number]
		if len(row) == 0 {
			return "unknown"
		}
		step := rendered.Trace.Steps[row[0]-1]
		text := fmt.Sprintf("%s:%d %s %v", strings.TrimPrefix(rendered.Trace.Files[row[1]-1], "/traced/"), row[2], step.Field, step.Values)
		if len(row) > 5 {
			text += " in " + describe(row[5])
		}
		return text
	}
	lines := strings.Split(string(rendered.YAML), "\n")
	for line, want := range map[string]string{
		"  replicas: 2": "templates/deployment.yaml:8 action [replicas]",
		`          image: "registry.example/shop:1.4"`: "templates/deployment.yaml:20 action [image.repository image.tag]",
		"              cpu: 100m":                      "templates/deployment.yaml:23 action [resources]",
		"    app.kubernetes.io/name: traced":           "templates/_names.tpl:2 action [nameOverride] in templates/_names.tpl:6 action [] in templates/deployment.yaml:6 action []",
		"    shop.example /,/basket":                   "templates/config.yaml:8 action [hosts.*.name hosts.*.paths]",
		`              value: "north"`:                 "templates/deployment.yaml:28 action [env.*]",
		"  ingressClassName: nginx":                    "templates/ingress.yaml:9 action [ingress.className]",
		`  size: "3"`:                                  "charts/cache/templates/cache.yaml:6 action [cache.size]",
		"stringData:":                                  "templates/ingress.yaml:16 template []",
		"---":                                          "unknown",
	} {
		at := slices.Index(lines, line)
		if at < 0 {
			t.Fatalf("no %q in\n%s", line, rendered.YAML)
		}
		if got := describe(rendered.Trace.Lines[at]); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

// A file that renders to something else the second time is of unknown origin; the others are not.
func TestRandomFiles(t *testing.T) {
	isEdited(t)
	files := treetest.Files{
		"/chart/Chart.yaml":            "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
		"/chart/templates/random.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: r}\nstringData: {a: {{ randAlphaNum 20 }}}\n",
		"/chart/templates/steady.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\n",
	}
	rendered, err := render(files, "/chart", true)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(rendered.YAML)), "\n") {
		known := rendered.Trace.Lines[i] != 0
		if isSteady := line == "kind: ConfigMap" || line == "metadata: {name: s}"; isSteady && !known || strings.Contains(line, "Secret") && known {
			t.Errorf("%q: known is %v", line, known)
		}
	}
}
