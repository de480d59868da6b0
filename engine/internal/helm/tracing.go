package helm

import (
	"drydock/engine/internal/trace"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// Tracing finds out where what a chart renders to comes from: it loads the chart, and is given to Install.
type Tracing struct{ traced }

// NewTracing makes one.
func NewTracing() *Tracing { return &Tracing{traced{sources: sources{}}} }

// Load loads a chart as the function Load does, and notes where its files are. A nil one notes nothing.
func (t *Tracing) Load(view *tree.View, place string) (*chart.Chart, error) {
	if t == nil {
		return Load(view, place)
	}
	return load(view, place, t.sources)
}

// Files tells of files that templates gave, before anything changed them: the origins of each file's lines, by its name, all in one trace.
func (t *Tracing) Files(files map[string]string) (*wire.Trace, map[string]trace.Lines) {
	out := t.newLineTrace()
	origins := map[string]trace.Lines{}
	for name, content := range files {
		if t.plain[name] != content {
			continue // random
		}
		lines := trace.Lines{Pieces: map[int][]wire.TracePiece{}}
		for i, line := range t.lines[name] {
			lines.Whole = append(lines.Whole, out.origin(line))
			if pieces := out.pieces(line); pieces != nil {
				lines.Pieces[i] = pieces
			}
		}
		origins[name] = lines
	}
	return &out.made, origins
}

// Lines tells of manifests that were made, as they are printed.
func (t *Tracing) Lines(made *Manifests) *wire.Trace { return t.trace(made) }

// FileOf gives the path of a template or of what lies in crds/; empty when it is not known.
func (t *Tracing) FileOf(name string) string { return t.files[name] }

// Of gives the path of what was loaded, by its content; empty when it is not known, as with a nil one.
func (t *Tracing) Of(content []byte) string {
	if t == nil {
		return ""
	}
	return t.sources.of(content)
}
