package render

import (
	"errors"
	"path"
	"path/filepath"
	"strings"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/ifc"
	"sigs.k8s.io/kustomize/api/resmap"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// chartValues are the values of the charts that a build inflates, in the order in which it does.
type chartValues struct {
	documents []string
	charts    []wire.ChartValues
	// asked counts how often a kustomization asked for the same.
	asked map[string]int
}

func (c *chartValues) add(made *values.Chart, entry *wire.ValueOrigin) {
	told := made.Told(0)
	told.Entry = entry
	c.charts = append(c.charts, told)
	c.documents = append(c.documents, string(made.YAML))
}

// EffectiveValues gives the values that the templates see of each chart that a kustomization inflates, or one that it includes. Where the
// build fails, those of the charts until then are told, and why it fails.
func EffectiveValues(view *tree.View, request wire.Build) (wire.Rendering, error) {
	options, err := optionsOf(request)
	if err != nil {
		return wire.Rendering{}, err
	}
	collected := &chartValues{}
	built, err := build(files{View: view, values: collected}, request.Directory, options, resmap.ResMap.AsYaml)
	if len(collected.charts) == 0 {
		if err == nil {
			err = errors.New("no chart is inflated: neither it nor what it includes has helmCharts")
		}
		return wire.Rendering{Warnings: built.Warnings}, err
	}
	warnings := built.Warnings
	if err != nil {
		warnings = append(warnings, "it fails to build: "+err.Error())
	}
	return wire.Rendering{
		YAML:     []byte(strings.Join(collected.documents, "---\n")),
		Warnings: warnings,
		Details:  wire.ValuesDetails{Charts: collected.charts},
	}, nil
}

// tellValues tells the values of the generator's chart; first is the content of the first values file that Helm gets.
func (g *chartGenerator) tellValues(build *files, first []byte, template wire.Template) error {
	spots, inline := g.entry(build)
	made, err := helm.InflatedValues(build.View, func(reader *values.Reader) (map[string]any, error) {
		if reader == nil {
			return helm.LoadValues(first)
		}
		return g.tracedValues(build.View, reader, values.Field(spots, inline))
	}, template)
	if err != nil {
		return err
	}
	build.values.add(made, values.Origin(spots))
	return nil
}

// tracedValues gives the values in the first values file, with marks: kustomize's own code merges texts that stand for the values.
func (g *chartGenerator) tracedValues(view *tree.View, reader *values.Reader, inline []values.Spot) (map[string]any, error) {
	readInline := func() (map[string]any, error) {
		content, err := yaml.Marshal(g.ValuesInline)
		if err != nil {
			return nil, err
		}
		return reader.Read(values.Text{
			Rank: values.Laid, Content: content, Parse: helm.LoadValues, Spots: func() []values.Spot { return inline },
		})
	}
	if len(g.ValuesInline) > 0 && g.ValuesMerge == "replace" {
		return readInline()
	}
	content, err := g.helpers.Loader().Load(g.ValuesFile)
	if err != nil {
		return nil, err
	}
	at := values.InFile(view.Home(g.valuesFile()))
	if len(g.ValuesInline) == 0 {
		return reader.Read(values.Text{
			Rank: values.Laid, Content: content, Parse: helm.LoadValues, Spots: func() []values.Spot { return values.Documents(content, at) },
		})
	}
	readFile := func() (map[string]any, error) {
		return reader.Read(values.Text{
			Rank: values.Laid, Content: content, Parse: asKustomize, Spots: func() []values.Spot { return values.Document(content, at) },
		})
	}
	var given, read map[string]any
	// What is read last lies over the other.
	if g.ValuesMerge == "merge" {
		if given, err = readInline(); err == nil {
			read, err = readFile()
		}
	} else if read, err = readFile(); err == nil {
		given, err = readInline()
	}
	if err != nil {
		return nil, err
	}
	marked, err := yaml.Marshal(reader.Lend(read, isDirective))
	if err != nil {
		return nil, err
	}
	var merging builtins.HelmChartInflationGeneratorPlugin
	helpers := resmap.NewPluginHelpers(
		&lendingLoader{g.helpers.Loader(), g.ValuesFile, marked}, g.helpers.Validator(), g.helpers.ResmapFactory(), g.helpers.GeneralConfig())
	if err := merging.Config(helpers, g.config); err != nil {
		return nil, err
	}
	merging.ValuesInline = reader.Lend(given, isDirective)
	if err := replaceValuesInline(&merging); err != nil {
		return nil, err
	}
	return reader.TakeBack(merging.ValuesInline), nil
}

// asKustomize reads values as kustomize does before it merges them, and then as Helm does.
func asKustomize(content []byte) (map[string]any, error) {
	parsed, err := kyaml.Parse(string(content))
	if err != nil {
		return nil, err
	}
	read, err := parsed.Map()
	if err != nil {
		return nil, err
	}
	if content, err = yaml.Marshal(read); err != nil {
		return nil, err
	}
	return helm.LoadValues(content)
}

// isDirective tells which values say how kustomize merges: $patch, and the kind of object that the whole would be.
func isDirective(at []string) bool {
	return at[len(at)-1] == "$patch" || len(at) == 1 && (at[0] == "apiVersion" || at[0] == "kind")
}

// valuesFile gives the absolute path of the first values file.
func (g *chartGenerator) valuesFile() string {
	if filepath.IsAbs(g.ValuesFile) {
		return filepath.ToSlash(g.ValuesFile)
	}
	return path.Join(filepath.ToSlash(g.helpers.Loader().Root()), filepath.ToSlash(g.ValuesFile))
}

// lendingLoader gives other content for one place.
type lendingLoader struct {
	ifc.Loader
	place   string
	content []byte
}

// Load is ifc.Loader's.
func (l *lendingLoader) Load(place string) ([]byte, error) {
	if place == l.place {
		return l.content, nil
	}
	return l.Loader.Load(place)
}
