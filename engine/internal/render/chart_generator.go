package render

import (
	"fmt"
	"path"
	"path/filepath"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/yaml"
)

// chartGenerator is kustomize's generator for helmCharts (api v0.21.2, internal/builtins/HelmChartInflationGenerator.go), which
// reads and checks what is asked for, merges values, and marks what comes out. But where that one starts the program helm, this
// one calls Helm; and where helm would pull a chart, this one takes the host's copy.
type chartGenerator struct {
	builtins.HelmChartInflationGeneratorPlugin
	helpers *resmap.PluginHelpers
	// config is what the generator was asked with.
	config []byte
}

// Config is resmap.Configurable's.
func (g *chartGenerator) Config(helpers *resmap.PluginHelpers, config []byte) error {
	g.helpers, g.config = helpers, withConfigHome(config)
	return g.HelmChartInflationGeneratorPlugin.Config(helpers, g.config)
}

// withConfigHome gives the folder of Helm's own settings a name; without one, kustomize makes a temporary folder.
func withConfigHome(config []byte) []byte {
	var fields map[string]any
	if err := yaml.Unmarshal(config, &fields); err != nil || fields == nil {
		return config // kustomize says what is wrong
	}
	if home, _ := fields["configHome"].(string); home == "" {
		fields["configHome"] = "/"
	}
	changed, err := yaml.Marshal(fields)
	if err != nil {
		return config
	}
	return changed
}

// Generate is resmap.Generator's.
func (g *chartGenerator) Generate() (resmap.ResMap, error) {
	build, err := buildOf(g.helpers.GeneralConfig().HelmConfig)
	if err != nil {
		return nil, err
	}
	home := filepath.ToSlash(absChartHome(&g.HelmChartInflationGeneratorPlugin))
	pulled, err := pullChart(build.View, g.HelmChart, home)
	if err != nil {
		return nil, err
	}
	values, err := g.values()
	if err != nil {
		return nil, err
	}
	release, err := releaseName(g.HelmChart)
	if err != nil {
		return nil, asHelm(err)
	}
	additional := make([]string, 0, len(g.AdditionalValuesFiles))
	for _, file := range g.AdditionalValuesFiles {
		additional = append(additional, filepath.ToSlash(file))
	}
	template := wire.Template{
		Chart:       path.Join(home, g.Name),
		Release:     release,
		Namespace:   orDefault(g.Namespace),
		ValueFiles:  additional,
		IncludeCRDs: g.IncludeCRDs,
		SkipTests:   g.SkipTests,
		KubeVersion: g.KubeVersion,
		APIVersions: g.ApiVersions,
		Trace:       build.tracer != nil,
	}
	if build.values != nil {
		if err := g.tellValues(build, values, template); err != nil {
			return nil, asHelm(err)
		}
	}
	made, tracing, err := helm.Inflate(build.View, values, template)
	if err != nil {
		return nil, asHelm(err)
	}
	if g.SkipHooks {
		made.Hooks = nil
	}
	manifests := made.Print()
	if build.tracer != nil {
		lines := tracing.Lines(made)
		pulled.name(lines.Files)
		build.tracer.Templated(manifests, lines)
	}
	resources, err := g.parse(manifests)
	if err != nil {
		return nil, err
	}
	return resources, markHelmGeneratedResources(&g.HelmChartInflationGeneratorPlugin, resources)
}

// asHelm is an error as the program helm prints it and kustomize passes it on.
func asHelm(err error) error { return fmt.Errorf("Error: %w", err) }

// orDefault gives the namespace that Helm takes for an empty one.
func orDefault(namespace string) string {
	if namespace == "" {
		return "default"
	}
	return namespace
}

// values gives the content of the first values file that Helm gets.
func (g *chartGenerator) values() ([]byte, error) {
	if len(g.ValuesInline) == 0 {
		return g.helpers.Loader().Load(g.ValuesFile)
	}
	merging := g.HelmChartInflationGeneratorPlugin // which is asked more than once
	if g.ValuesMerge != "replace" {
		if err := replaceValuesInline(&merging); err != nil {
			return nil, err
		}
	}
	return yaml.Marshal(merging.ValuesInline)
}

// parse reads what Helm printed, in both ways that kustomize tries.
func (g *chartGenerator) parse(manifests []byte) (resmap.ResMap, error) {
	factory := g.helpers.ResmapFactory()
	resources, first := factory.NewResMapFromBytes(manifests)
	if first == nil {
		return resources, nil
	}
	nodes, err := kio.FromBytes(manifests)
	if err != nil {
		return nil, fmt.Errorf("error reading helm output: %w", err)
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("could not parse bytes into resource map: %w", first)
	}
	if resources, err = factory.NewResMapFromRNodeSlice(nodes); err != nil {
		return nil, fmt.Errorf("could not parse rnode slice into resource map: %w", err)
	}
	return resources, nil
}
