package helm

import (
	"bytes"
	"fmt"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// MergeValues puts together what is laid over the chart's own values, the later over the earlier: first, files, inline values, then
// single values, as Helm's command line merges -f, --set, --set-string and --set-file (pkg/cli/values/options.go).
func MergeValues(view *tree.View, first []byte, request wire.Template) (map[string]any, error) {
	merged, err := loader.LoadValues(bytes.NewReader(first))
	if err != nil {
		return nil, fmt.Errorf("failed to parse the values: %w", err)
	}
	for _, file := range request.ValueFiles {
		content, err := view.ReadFile(file)
		if err != nil {
			return nil, err
		}
		values, err := loader.LoadValues(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("failed to parse %s: %w", file, err)
		}
		merged = loader.MergeMaps(merged, values)
	}
	inline, err := loader.LoadValues(strings.NewReader(request.Values))
	if err != nil {
		return nil, fmt.Errorf("failed to parse -: %w", err) // the command line takes them from standard input
	}
	merged = loader.MergeMaps(merged, inline)
	for _, value := range request.Set {
		if err := strvals.ParseInto(value, merged); err != nil {
			return nil, fmt.Errorf("failed parsing --set data: %w", err)
		}
	}
	for _, value := range request.SetString {
		if err := strvals.ParseIntoString(value, merged); err != nil {
			return nil, fmt.Errorf("failed parsing --set-string data: %w", err)
		}
	}
	readFile := func(file []rune) (any, error) {
		content, err := view.ReadFile(string(file))
		return string(content), err
	}
	for _, value := range request.SetFile {
		if err := strvals.ParseIntoFile(value, merged, readFile); err != nil {
			return nil, fmt.Errorf("failed parsing --set-file data: %w", err)
		}
	}
	return merged, nil
}
