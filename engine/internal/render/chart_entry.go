package render

import (
	"bytes"
	"encoding/json"
	"path"
	"path/filepath"

	"drydock/engine/internal/values"

	"go.yaml.in/yaml/v3"
	"sigs.k8s.io/kustomize/api/types"
	k8syaml "sigs.k8s.io/yaml"
)

// asking is a place that asks for a chart, and the name of the field with its inline values.
type asking struct {
	spots  []values.Spot
	inline string
}

// entry gives the place that asks for the generator's chart: the entry of the kustomization in its folder, or the file of a generator, that says the
// same; nil when there is none. Of several alike, each is that of one generator.
func (g *chartGenerator) entry(build *files) ([]values.Spot, string) {
	asked, isGenerator, err := chartIn(g.config)
	if err != nil {
		return nil, ""
	}
	root := filepath.ToSlash(g.helpers.Loader().Root())
	var all []asking
	for _, read := range build.read {
		if path.Dir(read.file) != root {
			continue
		}
		if isGenerator {
			all = generatorsIn(build, read, asked)
		} else {
			all = entriesIn(build, read, asked)
		}
		break
	}
	if len(all) == 0 {
		return nil, ""
	}
	if build.values.asked == nil {
		build.values.asked = map[string]int{}
	}
	key := root + "\x00" + inOneWay(asked)
	found := all[build.values.asked[key]%len(all)]
	build.values.asked[key]++
	return found.spots, found.inline
}

// chartIn gives the chart that a generator's configuration asks for, and whether somebody wrote that as a generator.
func chartIn(config []byte) (chart types.HelmChart, isGenerator bool, err error) {
	var read struct {
		Kind string `json:"kind"`
		types.HelmChart
	}
	err = k8syaml.Unmarshal(config, &read)
	return read.HelmChart, read.Kind == "HelmChartInflationGenerator", err
}

// asksFor tells whether an entry asks for a chart. kustomize gives an entry that names no namespace that of the kustomization, or of one that
// includes it.
func asksFor(entry, asked types.HelmChart) bool {
	if entry.Namespace == "" {
		entry.Namespace = asked.Namespace
	}
	return inOneWay(entry) == inOneWay(asked)
}

func inOneWay(chart types.HelmChart) string {
	written, err := json.Marshal(chart)
	if err != nil {
		return "" // what YAML says, JSON can say
	}
	return string(written)
}

// entriesIn gives the entries of a kustomization that ask for a chart.
func entriesIn(build *files, read readKustomization, asked types.HelmChart) []asking {
	var kustomization types.Kustomization
	if kustomization.Unmarshal(read.content) != nil {
		return nil
	}
	document := values.Document(read.content, values.InFile(build.View.Home(read.file)))
	legacy, _ := types.SplitHelmParameters(kustomization.HelmChartInflationGenerator)
	var found []asking
	for _, list := range []struct {
		field, inline string
		charts        []types.HelmChart
	}{
		{"helmCharts", "valuesInline", kustomization.HelmCharts},
		{"helmChartInflationGenerator", "valuesLocal", legacy},
	} {
		items := values.Items(values.Field(document, list.field))
		for i, chart := range list.charts {
			if i < len(items) && asksFor(chart, asked) {
				found = append(found, asking{items[i : i+1], list.inline})
			}
		}
	}
	return found
}

// generatorsIn gives the documents of the files that a kustomization names as generators and that ask for a chart.
func generatorsIn(build *files, read readKustomization, asked types.HelmChart) []asking {
	var kustomization types.Kustomization
	if kustomization.Unmarshal(read.content) != nil {
		return nil
	}
	var found []asking
	for _, name := range kustomization.Generators {
		file := path.Join(path.Dir(read.file), filepath.ToSlash(name))
		content, err := build.View.ReadFile(file)
		if err != nil {
			continue // a folder, or something written here
		}
		last := values.Documents(content, values.InFile(build.View.Home(file)))
		decoder := yaml.NewDecoder(bytes.NewReader(content))
		for i := len(last) - 1; i >= 0; i-- {
			var document any
			if decoder.Decode(&document) != nil {
				break
			}
			written, err := yaml.Marshal(document)
			if err != nil {
				continue
			}
			if chart, isGenerator, err := chartIn(written); err == nil && isGenerator && asksFor(chart, asked) {
				found = append(found, asking{last[i : i+1], "valuesInline"})
			}
		}
	}
	return found
}
