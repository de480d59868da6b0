package helm

import (
	"maps"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
	"unicode/utf8"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// traced finds out which line of which template writes each line of what a chart renders to. The chart is rendered as always; then
// once more with marks (marks.go). Where the second rendering without its marks is another one than the first, as with random
// values, nothing is told.
type traced struct {
	sources sources
	// files are the paths of templates and of what lies in crds/, by name.
	files map[string]string
	marker
	// lines are those of each rendered file: the segments that wrote it, in their order.
	lines map[string][][]written
	plain map[string]string
}

// written is what a segment wrote of a line, at the line of the template that it had come to.
type written struct {
	segment int
	line    int
	// column is where it begins in the rendered line, from 1.
	column  int
	isBlank bool
}

// prepare takes what the second rendering needs, before templates change their values; it is made by the function that is given.
func (t *traced) prepare(loaded *chart.Chart, values common.Values) (again func()) {
	t.files, t.texts, t.lines = map[string]string{}, map[string]string{}, map[string][][]written{}
	t.collect(loaded)
	copied := maps.Clone(values)
	if own, ok := values["Values"].(common.Values); ok {
		copied["Values"] = common.Values(copyOfValues(map[string]any(own)).(map[string]any))
	} else {
		copied["Values"] = copyOfValues(values["Values"])
	}
	return func() {
		var ignored []string
		defer logs.Collect(logs.Leveled, &ignored)()
		hook := texttemplate.FuncMap{"drydockInsteadOf": t.insteadOf}
		marked, err := engine.Engine{CustomTemplateFuncs: hook}.Render(loaded, copied)
		if err != nil || len(t.segments) > lastMark-firstMark {
			return // nothing is told
		}
		t.plain = map[string]string{}
		for name, text := range marked {
			t.plain[name], t.lines[name] = t.read(text)
		}
	}
}

func (t *traced) collect(of *chart.Chart) {
	for _, file := range of.Templates {
		name := path.Join(of.ChartFullPath(), file.Name)
		t.texts[name], t.files[name] = string(file.Data), t.sources.of(file.Data)
	}
	for _, crd := range of.CRDObjects() {
		t.files[crd.Filename] = t.sources.of(crd.File.Data)
	}
	for _, dependency := range of.Dependencies() {
		t.collect(dependency)
	}
}

func copyOfValues(value any) any {
	switch value := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(value))
		for key, item := range value {
			copied[key] = copyOfValues(item)
		}
		return copied
	case common.Values:
		return common.Values(copyOfValues(map[string]any(value)).(map[string]any))
	case []any:
		copied := make([]any, len(value))
		for i, item := range value {
			copied[i] = copyOfValues(item)
		}
		return copied
	default:
		return value
	}
}

// read takes the marks out of a text.
func (t *traced) read(text string) (string, [][]written) {
	var plain strings.Builder
	lines := [][]written{nil}
	current, line, column := -1, 0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		char := text[:size]
		text = text[size:]
		if isMark(r) {
			if current = int(r - firstMark); current < len(t.segments) {
				line = t.segments[current].line
			}
			continue
		}
		plain.WriteString(char)
		if char == "\n" {
			lines = append(lines, nil)
			column = 0
			if current >= 0 && current < len(t.segments) && t.segments[current].isText {
				line++
			}
			continue
		}
		column++
		last := &lines[len(lines)-1]
		isBlank := char == " " || char == "\t"
		if n := len(*last); n > 0 && (*last)[n-1].segment == current && (*last)[n-1].line == line {
			(*last)[n-1].isBlank = (*last)[n-1].isBlank && isBlank
			continue
		}
		*last = append(*last, written{current, line, column, isBlank})
	}
	return plain.String(), lines
}

// trace tells of each line that Print gives.
func (t *traced) trace(made *Manifests) *wire.Trace {
	out := t.newLineTrace()
	places := t.places(made)
	var lines []int
	out.made.Pieces = map[int][]wire.TracePiece{}
	add := func(name, content string) {
		lines = append(lines, 0, 0)
		found, known := places.take(name, content)
		for i := range strings.Count(content, "\n") + 1 {
			origin := 0
			if known && found.start+i < len(t.lines[name]) {
				line := t.lines[name][found.start+i]
				origin = out.origin(line)
				if pieces := out.pieces(line); pieces != nil && (i > 0 || found.isWhole) {
					out.made.Pieces[len(lines)] = pieces
				}
			}
			lines = append(lines, origin)
		}
	}
	for _, crd := range made.CRDs {
		lines = append(lines, 0, 0)
		for i := range strings.Count(string(crd.File.Data), "\n") + 1 {
			lines = append(lines, out.fileLine(crd.Filename, i+1))
		}
	}
	for _, manifest := range made.Sorted {
		add(manifest.Name, manifest.Content)
	}
	body := (&Manifests{CRDs: made.CRDs, Sorted: made.Sorted}).Print()
	lines = append(lines, 0)[:strings.Count(string(body), "\n")] // it is trimmed, or a line when there is nothing
	for _, hook := range made.Hooks {
		add(hook.Path, hook.Manifest)
	}
	out.made.Lines = lines
	return &out.made
}

// pieces are the manifests of files, with the line of the file that each begins at.
type pieces map[string][]piece

type piece struct {
	content string
	start   int
	// isWhole tells that it begins where its first line does.
	isWhole bool
}

func (t *traced) places(made *Manifests) pieces {
	found := pieces{}
	for name, text := range made.files {
		if t.plain[name] != text {
			continue // random, or changed later
		}
		entries := releaseutil.SplitManifests(text)
		keys := slices.Collect(maps.Keys(entries))
		slices.SortFunc(keys, func(a, b string) int {
			if releaseutil.BySplitManifestsOrder([]string{a, b}).Less(0, 1) {
				return -1
			}
			return 1
		})
		from := 0
		for _, key := range keys {
			at := strings.Index(text[from:], entries[key])
			if at < 0 {
				break
			}
			start := from + at
			isWhole := start == 0 || text[start-1] == '\n'
			found[name] = append(found[name], piece{entries[key], strings.Count(text[:start], "\n"), isWhole})
			from += at + len(entries[key])
		}
	}
	return found
}

// take gives the place of a manifest; false when it is not known, or when there are several like it.
func (p pieces) take(name, content string) (found piece, known bool) {
	count := 0
	for _, piece := range p[name] {
		if piece.content == content {
			found = piece
			count++
		}
	}
	return found, count == 1
}
