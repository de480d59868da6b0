package trace_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/render"
	"drydock/engine/internal/treetest"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

func TestMain(m *testing.M) {
	flag.Parse()
	stdout := os.Stdout
	render.Seal()
	os.Stdout = stdout // where the results of the tests go
	logs.Capture()
	render.Warm()
	os.Exit(m.Run())
}

var (
	show      = flag.Bool("show", false, "tell what has no origin")
	every     = flag.Bool("every", false, "edit every place, not only some of each kustomization")
	elsewhere = flag.String("root", "", "a folder with kustomizations, in place of testdata/cases")
)

// repositories are those of testdata; scripts/tiers/go-test.ts puts the samples beside the cases.
func repositories(t *testing.T) (roots []string) {
	if *elsewhere != "" {
		return []string{*elsewhere}
	}
	for _, name := range []string{"cases", "samples"} {
		root, err := filepath.Abs("../../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(root); err == nil {
			roots = append(roots, root)
		}
	}
	return roots
}

func kustomizations(t *testing.T, root string) (files treetest.Files, folders []string) {
	files = treetest.FromDisk(t, root)
	for name := range files {
		if slices.Contains([]string{"kustomization.yaml", "kustomization.yml", "Kustomization"}, path.Base(name)) {
			folders = append(folders, path.Dir(name))
		}
	}
	return files, folders
}

func build(files treetest.Files, folder string, traced bool) (rendered wire.Rendering, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause) // an invalid schema makes kustomize panic
		}
	}()
	view := files.Store().NewView()
	defer view.Close()
	return render.Build(view, wire.Build{Directory: folder, LoadRestrictor: "LoadRestrictionsNone", Trace: traced})
}

// leaf of a rendered resource.
type leaf struct {
	id, path string
	value    any
	origin   int
}

func leavesOf(t *testing.T, rendered wire.Rendering) map[string]leaf {
	t.Helper()
	traced := wire.Trace{}
	if rendered.Trace != nil {
		traced = *rendered.Trace
	}
	leaves, count := map[string]leaf{}, map[string]int{}
	defer func() { // of two objects of one name, nothing is compared
		maps.DeleteFunc(leaves, func(_ string, of leaf) bool { return count[of.id] > 1 })
	}()
	for i, document := range strings.Split(string(rendered.YAML), "\n---\n") {
		var content any
		if err := yaml.Unmarshal([]byte(document), &content); err != nil {
			t.Fatal(err)
		}
		if content == nil {
			continue
		}
		id := identity(content)
		count[id]++
		var fields any
		if traced.Resources != nil {
			fields = traced.Resources[i].Fields
		}
		var walk func(content, fields any, path string)
		walk = func(content, fields any, path string) {
			switch content := content.(type) {
			case map[string]any:
				for key, value := range content {
					below, _ := fields.(map[string]any)
					walk(value, below[key], path+"/"+key)
				}
				if len(content) > 0 {
					return
				}
			case []any:
				for i, value := range content {
					below, ok := fields.([]any)
					if !ok || len(below) != len(content) {
						below = make([]any, len(content))
					}
					walk(value, below[i], path+"/"+strconv.Itoa(i))
				}
				if len(content) > 0 {
					return
				}
			}
			origin, ok := fields.(int)
			if !ok && traced.Resources != nil {
				t.Errorf("%s %s has no origin: %v", id, path, fields)
			}
			leaves[id+" "+path] = leaf{id, path, content, origin}
		}
		walk(content, fields, "")
	}
	return leaves
}

func identity(content any) string {
	object, _ := content.(map[string]any)
	metadata, _ := object["metadata"].(map[string]any)
	return fmt.Sprint(object["kind"], " ", metadata["namespace"], "/", metadata["name"])
}

func isTold(t *testing.T, rendered wire.Rendering) {
	if len(rendered.Trace.Kustomizations) == 0 {
		t.Skip("this is the original kustomize, which tells nothing: the tests of the engine run in a copy with the edited one")
	}
}

// steady gives an error without the addresses in it.
func steady(err error) string {
	return regexp.MustCompile("0x[0-9a-f]+").ReplaceAllString(fmt.Sprint(err), "")
}

// Whoever asks for origins gets the same bytes.
func TestTracingChangesNothing(t *testing.T) {
	for _, root := range repositories(t) {
		t.Run(path.Base(root), func(t *testing.T) { changesNothing(t, root) })
	}
}

func changesNothing(t *testing.T, root string) {
	files, folders := kustomizations(t, root)
	for _, folder := range folders {
		plain, plainErr := build(files, folder, false)
		traced, err := build(files, folder, true)
		if string(plain.YAML) != string(traced.YAML) || !reflect.DeepEqual(plain.Warnings, traced.Warnings) || steady(plainErr) != steady(err) {
			t.Errorf("%s: %v %v %q\n%s\ntraced: %v %q\n%s", folder, plainErr, err, plain.Warnings, plain.YAML, err, traced.Warnings, traced.YAML)
		}
	}
}

// Nothing tells more than this: who edits the named line sees the field change.
func TestEditingTheOriginChangesTheField(t *testing.T) {
	for _, root := range repositories(t) {
		t.Run(path.Base(root), func(t *testing.T) { editingChanges(t, root) })
	}
}

func editingChanges(t *testing.T, root string) {
	files, folders := kustomizations(t, root)
	kept := promise{T: t, enough: 25}
	for _, folder := range folders {
		rendered, err := build(files, folder, true)
		if err != nil {
			continue
		}
		isTold(t, rendered)
		kept.check(folder, files, rendered, func(changed treetest.Files) (wire.Rendering, error) { return build(changed, folder, false) })
	}
	kept.sum(90)
}

// promise counts how far traces keep what they promise.
type promise struct {
	*testing.T
	// enough is how many places of a rendering are edited.
	enough int
	// seen are places, by file, that were edited for another rendering; nil when each is edited again.
	seen map[string]bool
	// told are fields whose place is known.
	told, all, edits, failing, vanished int
}

// sum tells what was counted; least is the share of fields (%) whose origin is to be known.
func (t *promise) sum(least int) {
	t.Helper()
	t.Logf("%d of %d fields (%.1f %%) are of known origin; %d edits, %d of which don't render; %d fields vanish",
		t.told, t.all, 100*float64(t.told)/float64(t.all), t.edits, t.failing, t.vanished)
	if t.told*100 < t.all*least {
		t.Error("too few")
	}
}

// check edits the places that a rendering's trace names, and renders again.
func (t *promise) check(of string, files treetest.Files, rendered wire.Rendering, again func(treetest.Files) (wire.Rendering, error)) {
	traced := *rendered.Trace
	leaves := leavesOf(t.T, rendered)
	byPlace := map[[3]int][]string{}
	for key, leaf := range leaves {
		t.all++
		row := origin(traced, leaf.origin)
		if row[1] == 0 {
			if *show {
				t.Logf("unknown: %s %s = %v %v", of, key, leaf.value, describe(traced, leaf.origin))
			}
			continue
		}
		t.told++
		place := [3]int{row[1], row[2], row[3]}
		byPlace[place] = append(byPlace[place], key)
	}
	places := slices.SortedFunc(maps.Keys(byPlace), func(a, b [3]int) int { return slices.Compare(a[:], b[:]) })
	for i, place := range places {
		if !*every && i%(len(places)/t.enough+1) != 0 {
			continue
		}
		name := traced.Files[place[0]-1]
		if at := fmt.Sprint(name, place[1:]); t.seen != nil && !*every {
			if t.seen[at] {
				continue
			}
			t.seen[at] = true
		}
		if steps := traced.Steps; steps[origin(traced, leaves[byPlace[place][0]].origin)[0]-1].Field == wire.StepTemplate {
			for _, key := range byPlace[place] { // the line is told, where several may stand
				changed := files.With(name, withOther(files[name], place[1], leaves[key]))
				t.edit(of, changed, traced, leaves, place, []string{key}, again)
			}
			continue
		}
		t.edit(of, files.With(name, edited(t.T, files[name], place[1], place[2])), traced, leaves, place, byPlace[place], again)
	}
}

// withOther gives a template with another value of a field that is written in a line.
func withOther(content string, number int, of leaf) string {
	lines := strings.Split(content, "\n")
	key := path.Base(of.path)
	line := &lines[number-1]
	written := regexp.MustCompile(`(^|[\s{"'])` + regexp.QuoteMeta(key) + `(["']?\s*:\s*["']?)` + regexp.QuoteMeta(fmt.Sprint(of.value)))
	if at := written.FindStringIndex(*line); at != nil {
		value := fmt.Sprint(of.value)
		*line = (*line)[:at[1]-len(value)] + other(value) + (*line)[at[1]:]
	} else if from := strings.LastIndex(*line, fmt.Sprint(of.value)); from >= 0 && of.value != nil {
		*line = (*line)[:from] + strings.Replace((*line)[from:], fmt.Sprint(of.value), other(fmt.Sprint(of.value)), 1)
	} else {
		*line += "x"
	}
	return strings.Join(lines, "\n")
}

// edit looks at what comes of files that were changed at a place, from which the leaves with these keys come.
func (t *promise) edit(
	of string, changed treetest.Files, traced wire.Trace, leaves map[string]leaf, place [3]int, keys []string,
	again func(treetest.Files) (wire.Rendering, error),
) {
	name := traced.Files[place[0]-1]
	t.edits++
	after, err := again(changed)
	if err != nil {
		t.failing++
		if *show {
			t.Logf("fails: %s %s:%d:%d %v", of, name, place[1], place[2], err)
		}
		return
	}
	now := leavesOf(t.T, after)
	unhashed := map[string]leaf{}
	for key, is := range now {
		unhashed[hashed.ReplaceAllString(key, " ")] = is
	}
	for key, was := range leaves {
		is, still := now[key]
		if still && !slices.ContainsFunc(keys, chooses.MatchString) && !reflect.DeepEqual(is.value, was.value) && !leadsTo(traced, was.origin, place) {
			t.Errorf("%s: %s = %v changes with %s:%d:%d too: %v", of, key, was.value, name, place[1], place[2], describe(traced, was.origin))
		}
	}
	for _, key := range keys {
		is, still := now[key]
		if !still { // its resource has another name now
			is, still = unhashed[hashed.ReplaceAllString(key, " ")]
			if path := leaves[key].path; !still && path != "/kind" && path != "/metadata/name" && path != "/metadata/namespace" {
				t.vanished++
			}
		}
		if still && reflect.DeepEqual(is.value, leaves[key].value) {
			t.Errorf("%s: %s = %v does not come from %s:%d:%d: %v", of, key, leaves[key].value, name, place[1], place[2], describe(traced, leaves[key].origin))
		}
	}
}

// hashed is the end of the name of a resource whose content is in it.
var hashed = regexp.MustCompile(`-[a-z0-9]{10} `)

// chooses recognises a field that decides what is merged with it or refers to it, and so changes others that have another origin.
var chooses = regexp.MustCompile(`/(name|namespace|kind|apiVersion|apiGroup)$| /metadata/(labels|annotations)/`)

// leadsTo tells whether a place is in a chain of origins, or can be: a hash comes from all of a resource, and the mark of an
// Application from names.
func leadsTo(traced wire.Trace, number int, place [3]int) bool {
	if number == 0 {
		return false
	}
	row := origin(traced, number)
	ofAll := row[0] > 0 && slices.Contains([]string{wire.StepHash, wire.StepTracking}, traced.Steps[row[0]-1].Field)
	return ofAll || [3]int{row[1], row[2], row[3]} == place || leadsTo(traced, row[4], place) || leadsTo(traced, row[5], place)
}

func origin(traced wire.Trace, number int) (row [6]int) {
	copy(row[:], traced.Origins[number])
	return row
}

// describe tells a chain of origins.
func describe(traced wire.Trace, number int) string {
	if number == 0 {
		return "unknown"
	}
	row := origin(traced, number)
	step := "?"
	if row[0] > 0 {
		s := traced.Steps[row[0]-1]
		step = fmt.Sprintf("%s[%d] %v", s.Field, s.Index, s.Values)
		if s.Kustomization >= 0 {
			step += " of " + traced.Files[traced.Kustomizations[s.Kustomization].File]
		}
	}
	text := step
	if row[1] > 0 {
		text += fmt.Sprintf(" at %s:%d:%d", traced.Files[row[1]-1], row[2], row[3])
	}
	if row[4] > 0 {
		text += " <- " + describe(traced, row[4])
	}
	return text
}

var token = regexp.MustCompile(`^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[|>][-+0-9]*[ \t]*$|\[\]|\{\}|[^,}\]#\n]*[^,}\]#\s])`)

// edited gives content with another value at a place; without a line, the whole file is the value.
func edited(t *testing.T, content string, line, column int) string {
	if line == 0 {
		return content + "x"
	}
	lines := strings.Split(content, "\n")
	runes := []rune(lines[line-1])
	from := len(string(runes[:min(column-1, len(runes))]))
	head, tail := lines[line-1][:from], strings.TrimSuffix(lines[line-1][from:], "\r")
	for field, instead := range map[string]string{"configMapGenerator:": "secretGenerator:", "secretGenerator:": "configMapGenerator:"} {
		if after, is := strings.CutPrefix(tail, field); is { // of a generated object, the kind
			lines[line-1] = head + instead + after
			return strings.Join(lines, "\n")
		}
	}
	found := token.FindString(tail)
	rest := tail[len(found):]
	switch {
	case found != "" && (found[0] == '|' || found[0] == '>'):
		next := line
		for strings.TrimSpace(lines[next]) == "" {
			next++
		}
		body := strings.TrimLeft(lines[next], " ")
		lines[next] = lines[next][:len(lines[next])-len(body)] + "x" + body
	default:
		lines[line-1] = head + other(found) + rest
	}
	return strings.Join(lines, "\n")
}

func other(value string) string {
	if number, err := strconv.Atoi(value); err == nil {
		return strconv.Itoa(number + 1)
	}
	switch {
	case value == "true":
		return "false"
	case value == "false":
		return "true"
	case value == "{}" || value == "[]":
		return "changed"
	case len(value) > 1 && (value[0] == '"' || value[0] == '\''):
		return value[:1] + other(value[1:len(value)-1]) + value[:1]
	case strings.Contains(value, "$"): // a variable may have no use for what stands at its end
		return "x" + value
	default:
		return value + "x"
	}
}
