// Package helm renders charts with Helm's own code: its loader, values, template engine and sorting of manifests.
package helm

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	release "helm.sh/helm/v4/pkg/release/v1"
)

// Template renders a chart: what `helm template` (v4.2.4) prints on standard output and on standard error. An error has the
// command line's words. What Helm decides it decides itself; the order in which it is asked is that of the command
// (pkg/cmd/template.go, pkg/cmd/install.go) and of pkg/action/install.go, which need a client for a cluster to compile.
func Template(view *tree.View, request wire.Template) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	made, tracing, err := inflate(view, nil, request)
	if err != nil {
		return rendered, err
	}
	rendered.YAML = made.Print()
	if tracing != nil {
		rendered.Trace = tracing.Lines(made)
	}
	return rendered, nil
}

// Inflate gives what Template prints, and what tells where the lines of it come from, of all or of a part; nil for a request that does
// not want to know. The request's values are laid over first, the content of one more values file.
func Inflate(view *tree.View, first []byte, request wire.Template) (*Manifests, *Tracing, error) {
	return inflate(view, first, request)
}

func inflate(view *tree.View, first []byte, request wire.Template) (*Manifests, *Tracing, error) {
	capabilities, err := Capabilities(request.KubeVersion, request.APIVersions)
	if err != nil {
		return nil, nil, err
	}
	composed := composition{view: view, first: inText(first), request: request}
	if request.Trace {
		composed.from = sources{}
	}
	loaded, given, err := composed.compose()
	if err != nil {
		return nil, nil, err
	}
	if request.Release == "" {
		request.Release = loaded.Name()
	}
	options := Options{Release: request.Release, Namespace: request.Namespace, SkipSchemaValidation: request.SkipSchemaValidation}
	if request.Trace {
		options.Tracing = &Tracing{traced{sources: composed.from}}
	}
	made, err := Install(loaded, given, capabilities, options)
	if err != nil {
		return nil, nil, commandError(err)
	}
	if !request.IncludeCRDs {
		made.CRDs = nil
	}
	if request.SkipTests {
		made.Hooks = slices.DeleteFunc(made.Hooks, isTest)
	}
	return made, options.Tracing, nil
}

// First gives values that a reader reads.
type First func(reader *values.Reader) (map[string]any, error)

func inText(content []byte) First {
	return func(*values.Reader) (map[string]any, error) { return LoadValues(content) }
}

// composition is what a chart is loaded and its values are put together from.
type composition struct {
	view *tree.View
	// first gives the content of one more values file, which all others are laid over; nil for none.
	first   First
	request wire.Template
	// from is nil when nobody wants to know where files are.
	from   sources
	reader *values.Reader
	places Places
}

// compose gives the chart with all that it needs, and the values to be laid over its own.
func (c composition) compose() (*chart.Chart, map[string]any, error) {
	if _, _, err := c.view.Resolve(c.request.Chart); err != nil {
		return nil, nil, fmt.Errorf("path %q not found", c.request.Chart)
	}
	given, err := c.mergeValues()
	if err != nil {
		return nil, nil, err
	}
	loaded, err := load(c.view, c.request.Chart, c.from)
	if err == nil {
		err = checkInstallable(loaded)
	}
	if err == nil {
		err = buildDependencies(c.view, loaded, c.request.Chart, c.from)
	}
	if err == nil {
		err = checkDependencies(loaded)
	}
	if err != nil {
		return nil, nil, err
	}
	c.reader.Chart(loaded, func(content []byte) string { return c.view.Home(c.from.of(content)) })
	return loaded, given, nil
}

// commandError is an error of Install in the words of `helm template`.
func commandError(err error) error {
	var failed *renderError
	if errors.As(err, &failed) {
		return fmt.Errorf("%w\n\nUse --debug flag to render out invalid YAML", err)
	}
	return err
}

// isTest tells whether a hook is one that `helm test` runs.
func isTest(hook *release.Hook) bool { return slices.Contains(hook.Events, release.HookTest) }

// checkInstallable refuses what the command line does not install: library charts.
func checkInstallable(loaded *chart.Chart) error {
	switch loaded.Metadata.Type {
	case "", "application":
	default:
		return fmt.Errorf("%s charts are not installable", loaded.Metadata.Type)
	}
	if loaded.Metadata.Deprecated {
		slog.Warn("this chart is deprecated")
	}
	return nil
}

// checkDependencies refuses, as the command line does, charts with dependencies that are not there.
func checkDependencies(loaded *chart.Chart) error {
	missing := missingDependencies(loaded)
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to "+
		"fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %s", strings.Join(missing, ", "))
}
