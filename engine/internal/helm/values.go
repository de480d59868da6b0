package helm

import (
	"bytes"
	"fmt"
	"strings"

	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// Places are where the parts of a request are written, for those who want to know; what is nil is told by its place in the request.
type Places struct {
	// Inline are the spots of Values.
	Inline func() []values.Spot
	// Set and SetString are the places of their entries.
	Set, SetString func(index int) wire.ValueOrigin
}

// LoadValues reads a values file as Helm does.
func LoadValues(content []byte) (map[string]any, error) {
	return loader.LoadValues(bytes.NewReader(content))
}

// mergeValues puts together what is laid over the chart's own values, the later over the earlier: first, files, inline values, then
// single values, as Helm's command line merges -f, --set, --set-string and --set-file (pkg/cli/values/options.go).
func (c composition) mergeValues() (map[string]any, error) {
	merged := map[string]any{}
	if c.first != nil {
		var err error
		if merged, err = c.first(c.reader); err != nil {
			return nil, fmt.Errorf("failed to parse the values: %w", err)
		}
	}
	for _, file := range c.request.ValueFiles {
		content, err := c.view.ReadFile(file)
		if err != nil {
			return nil, err
		}
		read, err := c.reader.Read(values.Text{
			Rank: values.Laid, Content: content, Parse: LoadValues,
			Spots: func() []values.Spot { return values.Documents(content, values.InFile(c.view.Home(file))) },
		})
		if err != nil {
			return nil, fmt.Errorf("failed to parse %s: %w", file, err)
		}
		merged = loader.MergeMaps(merged, read)
	}
	inline, err := c.reader.Read(values.Text{Rank: values.Inline, Content: []byte(c.request.Values), Parse: LoadValues, Spots: c.inlineSpots})
	if err != nil {
		return nil, fmt.Errorf("failed to parse -: %w", err) // the command line takes them from standard input
	}
	merged = loader.MergeMaps(merged, inline)
	for i, value := range c.request.Set {
		at := func() wire.ValueOrigin { return placed(c.places.Set, wire.OriginSet, i) }
		if err := c.reader.Set(merged, at, func() error { return strvals.ParseInto(value, merged) }); err != nil {
			return nil, fmt.Errorf("failed parsing --set data: %w", err)
		}
	}
	for i, value := range c.request.SetString {
		at := func() wire.ValueOrigin { return placed(c.places.SetString, wire.OriginSetString, i) }
		if err := c.reader.Set(merged, at, func() error { return strvals.ParseIntoString(value, merged) }); err != nil {
			return nil, fmt.Errorf("failed parsing --set-string data: %w", err)
		}
	}
	readFile := func(file []rune) (any, error) {
		content, err := c.view.ReadFile(string(file))
		return string(content), err
	}
	for _, value := range c.request.SetFile {
		at := func() wire.ValueOrigin { return values.InFile(c.view.Home(fileIn(value)))(1) }
		if err := c.reader.Set(merged, at, func() error { return strvals.ParseIntoFile(value, merged, readFile) }); err != nil {
			return nil, fmt.Errorf("failed parsing --set-file data: %w", err)
		}
	}
	return merged, nil
}

func (c composition) inlineSpots() []values.Spot {
	if c.places.Inline != nil {
		return c.places.Inline()
	}
	return values.Documents([]byte(c.request.Values), func(line int) wire.ValueOrigin {
		return wire.ValueOrigin{Kind: wire.OriginInline, Line: line}
	})
}

// fileIn gives the file of a `path=file`; the value's path may have no `=`.
func fileIn(assignment string) string {
	_, file, _ := strings.Cut(assignment, "=")
	return strings.ReplaceAll(file, `\,`, ",")
}

func placed(at func(int) wire.ValueOrigin, kind string, index int) wire.ValueOrigin {
	if at != nil {
		return at(index)
	}
	return wire.ValueOrigin{Kind: kind, Number: index + 1}
}
