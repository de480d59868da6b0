// Package helm renders charts with Helm's own code: its loader, values, template engine and sorting of manifests.
package helm

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// Template renders a chart: what `helm template` (v4.2.4) prints on standard output and on standard error. An error has the
// command line's words. What Helm decides it decides itself; the order in which it is asked is that of the command
// (pkg/cmd/template.go, pkg/cmd/install.go) and of pkg/action/install.go, which need a client for a cluster to compile.
func Template(view *tree.View, request wire.Template) (rendered wire.Rendering, err error) {
	defer logs.Collect(logs.Leveled, &rendered.Warnings)()
	rendered.YAML, err = template(view, request)
	return rendered, err
}

func template(view *tree.View, request wire.Template) ([]byte, error) {
	capabilities, err := capabilitiesOf(request.KubeVersion, request.APIVersions)
	if err != nil {
		return nil, err
	}
	if _, _, err := view.Resolve(request.Chart); err != nil {
		return nil, fmt.Errorf("path %q not found", request.Chart)
	}
	values, err := mergeValues(view, request)
	if err != nil {
		return nil, err
	}
	loaded, err := loadChart(view, request.Chart)
	if err != nil {
		return nil, err
	}
	if err := checkInstallable(loaded); err != nil {
		return nil, err
	}
	if request.Release == "" {
		request.Release = loaded.Name()
	}
	return install(loaded, values, capabilities, request)
}

// checkInstallable refuses library charts and charts with dependencies that are not there.
func checkInstallable(loaded *chart.Chart) error {
	switch loaded.Metadata.Type {
	case "", "application":
	default:
		return fmt.Errorf("%s charts are not installable", loaded.Metadata.Type)
	}
	if loaded.Metadata.Deprecated {
		slog.Warn("this chart is deprecated")
	}
	var missing []string
	for _, required := range loaded.Metadata.Dependencies {
		isRequired := func(found *chart.Chart) bool { return found.Name() == required.Name }
		if !slices.ContainsFunc(loaded.Dependencies(), isRequired) {
			missing = append(missing, required.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to "+
		"fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %s", strings.Join(missing, ", "))
}

// install goes through the steps of an installation up to the manifests.
func install(loaded *chart.Chart, values map[string]any, capabilities *common.Capabilities, request wire.Template) ([]byte, error) {
	if err := chartutil.ValidateReleaseName(request.Release); err != nil {
		err = fmt.Errorf("release name %q: %w", request.Release, err)
		slog.Error("release name check failed", slog.Any("error", err))
		return nil, fmt.Errorf("release name check failed: %w", err)
	}
	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		slog.Error("chart dependencies processing failed", slog.Any("error", err))
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	options := common.ReleaseOptions{Name: request.Release, Namespace: request.Namespace, Revision: 1, IsInstall: true}
	toRender, err := commonutil.ToRenderValues(loaded, values, options, capabilities)
	if err != nil {
		return nil, err
	}
	hooks, manifests, err := render(loaded, toRender, capabilities)
	if err != nil {
		return nil, fmt.Errorf("%w\n\nUse --debug flag to render out invalid YAML", err)
	}
	var crds []chart.CRD
	if request.IncludeCRDs {
		crds = loaded.CRDObjects()
	}
	return print(crds, manifests, hooks), nil
}

// render executes the templates and sorts what they give.
func render(loaded *chart.Chart, values common.Values, capabilities *common.Capabilities) ([]*release.Hook, []releaseutil.Manifest, error) {
	wanted := loaded.Metadata.KubeVersion
	if wanted != "" && !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil, nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, capabilities.KubeVersion.Version)
	}
	files, err := engine.Engine{}.Render(loaded, values)
	if err != nil {
		return nil, nil, err
	}
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	return releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
}

// print lays manifests out as the command does.
func print(crds []chart.CRD, manifests []releaseutil.Manifest, hooks []*release.Hook) []byte {
	var body bytes.Buffer
	for _, crd := range crds {
		printSource(&body, crd.Filename, string(crd.File.Data))
	}
	for _, manifest := range manifests {
		printSource(&body, manifest.Name, manifest.Content)
	}
	var out bytes.Buffer
	fmt.Fprintln(&out, strings.TrimSpace(body.String()))
	for _, hook := range hooks {
		printSource(&out, hook.Path, hook.Manifest)
	}
	return out.Bytes()
}

func printSource(to *bytes.Buffer, source, content string) {
	fmt.Fprintf(to, "---\n# Source: %s\n%s\n", source, content)
}
