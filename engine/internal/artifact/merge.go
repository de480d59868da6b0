package artifact

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// merge lays a YAML file over another as Helm does with values files: lists and scalars take the place of others. The documents of each are
// laid over each other first.
func merge(below, above []byte) ([]byte, error) {
	over, err := readMap(above)
	if err != nil {
		return nil, err
	}
	under, err := readMap(below)
	if err != nil {
		return nil, err
	}
	merged, err := yaml.Marshal(loader.MergeMaps(under, over))
	if err != nil {
		return nil, fmt.Errorf("failed to merged YAML: %w", err) // source-watcher's words
	}
	return merged, nil
}

func readMap(content []byte) (map[string]any, error) {
	merged := map[string]any{}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	for {
		text, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return merged, nil
		}
		if err != nil {
			return nil, fmt.Errorf("error reading YAML document: %w", err)
		}
		document := map[string]any{}
		if err := yaml.Unmarshal(text, &document); err != nil {
			return nil, fmt.Errorf("cannot unmarshal YAML document: %w", err)
		}
		merged = loader.MergeMaps(merged, document)
	}
}
