package render

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// pullChart sees to it that a chart lies in its home: when it does not, it is unpacked there, for this render alone, from the host's
// copy of what `helm pull --untar` would fetch.
func pullChart(view *tree.View, chart types.HelmChart, home string) (pulled, error) {
	place := path.Join(home, chart.Name)
	_, state, err := view.Resolve(place)
	switch {
	case err == nil && state.Kind == tree.Directory:
		return pulled{}, nil
	case chart.Repo == "" && err == nil:
		return pulled{}, errors.New("no repo specified for pull, no chart found at ''") // kustomize's words
	case chart.Repo == "":
		return pulled{}, errors.New("no repo specified for pull, no chart found at ''") // kustomize's words
	}
	source := wire.Source{Kind: wire.SourceChart, URL: chart.Repo, Name: chart.Name, Revision: chart.Version}
	if strings.HasPrefix(chart.Repo, "oci://") {
		source.Kind, source.URL = wire.SourceOCI, strings.TrimSuffix(chart.Repo, "/")
	}
	copied, err := view.Source(source)
	if err != nil {
		return pulled{}, err
	}
	content, err := view.ReadFile(copied)
	if err != nil {
		return pulled{}, err
	}
	entries, err := archive.LoadArchiveFiles(bytes.NewReader(content))
	if err != nil {
		return pulled{}, fmt.Errorf("unpacking %s: %w", source, err)
	}
	name, err := packedName(entries)
	if err != nil {
		return pulled{}, fmt.Errorf("unpacking %s: %w", source, err)
	}
	view.Unpacked(path.Join(home, name), copied)
	for _, entry := range entries {
		view.Put(path.Join(home, name, entry.Name), entry.Data)
	}
	return pulled{path.Join(home, name), copied}, nil
}

// pulled is where a chart's package was unpacked to, and where it lies; empty for a chart that was there.
type pulled struct{ folder, packed string }

// name gives files that were unpacked the names of files in a package.
func (p pulled) name(files []string) {
	if p.folder == "" {
		return
	}
	for i, file := range files {
		if inPackage, ok := strings.CutPrefix(file, p.folder+"/"); ok {
			files[i] = p.packed + "!/" + inPackage
		}
	}
}

// packedName gives the name of the chart in a package, which is the name of the folder that Helm unpacks it to.
func packedName(entries []*archive.BufferedFile) (string, error) {
	for _, entry := range entries {
		if entry.Name != "Chart.yaml" {
			continue
		}
		var metadata struct {
			Name string `json:"name"`
		}
		if err := yaml.Unmarshal(entry.Data, &metadata); err != nil {
			return "", fmt.Errorf("cannot load Chart.yaml: %w", err)
		}
		return metadata.Name, nil
	}
	return "", errors.New("no Chart.yaml found")
}
