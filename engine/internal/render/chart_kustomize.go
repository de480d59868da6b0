package render

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	_ "unsafe" // for linkname

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
)

// kustomize has no way to give it another generator, and its own starts programs. So this takes the table of its generators, and
// what its own one for charts does beside that, by their names (kustomize/api v0.21.2). When kustomize renames one of them, the
// build fails.

//go:linkname generatorFactories sigs.k8s.io/kustomize/api/internal/plugins/builtinhelpers.GeneratorFactories
var generatorFactories map[int]func() resmap.GeneratorPlugin

//go:linkname absChartHome sigs.k8s.io/kustomize/api/internal/builtins.(*HelmChartInflationGeneratorPlugin).absChartHome
func absChartHome(*builtins.HelmChartInflationGeneratorPlugin) string

//go:linkname replaceValuesInline sigs.k8s.io/kustomize/api/internal/builtins.(*HelmChartInflationGeneratorPlugin).replaceValuesInline
func replaceValuesInline(*builtins.HelmChartInflationGeneratorPlugin) error

//go:linkname markHelmGeneratedResources sigs.k8s.io/kustomize/api/internal/builtins.(*HelmChartInflationGeneratorPlugin).markHelmGeneratedResources
func markHelmGeneratedResources(*builtins.HelmChartInflationGeneratorPlugin, resmap.ResMap) error

func init() {
	for kind, factory := range generatorFactories {
		if _, ok := factory().(*builtins.HelmChartInflationGeneratorPlugin); ok {
			generatorFactories[kind] = func() resmap.GeneratorPlugin { return &chartGenerator{} }
			return
		}
	}
	panic("kustomize has no generator for charts any more")
}

// A generator learns which build it belongs to from the name of the helm program, which kustomize passes on and nobody starts.
var (
	inflating  sync.Map // of *files, by that name
	lastHelmID atomic.Int64
)

// helmConfig is what kustomize is told of Helm.
func helmConfig(request wire.Build) types.HelmConfig {
	return types.HelmConfig{Enabled: request.EnableHelm, KubeVersion: request.HelmKubeVersion, ApiVersions: request.HelmAPIVersions}
}

// letInflate lets generators find a build's files, if it may inflate charts, until the returned function is called.
func letInflate(fs *files, config *types.HelmConfig) (end func()) {
	if !config.Enabled {
		return func() {}
	}
	name := "helm-" + strconv.FormatInt(lastHelmID.Add(1), 10)
	config.Command = name
	inflating.Store(name, fs)
	return func() { inflating.Delete(name) }
}

// buildOf gives the files of the build that a generator belongs to.
func buildOf(config types.HelmConfig) (*files, error) {
	found, ok := inflating.Load(config.Command)
	if !ok {
		return nil, errors.New("this build has ended, or inflates no charts")
	}
	return found.(*files), nil
}
