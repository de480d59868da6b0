package helm

import (
	"fmt"
	"log/slog"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// Options say how a chart is installed.
type Options struct {
	Release   string
	Namespace string
	// SkipSchemaValidation leaves values.schema.json out.
	SkipSchemaValidation bool
	// Change makes other files of those that the templates give, by their names, before they are sorted; nil for no change.
	Change func(files map[string]string) (map[string]string, error)

	// Tracing is nil when nobody wants to know where lines come from.
	Tracing *Tracing
}

// renderError is why templates can't be executed, or what they give can't be read.
type renderError struct{ error }

func (e *renderError) Unwrap() error { return e.error }

// Install goes through the steps of an installation up to the manifests, as Helm's pkg/action/install.go and action.go (v4.2.4)
// do with a dry run on the client. The chart is changed: its dependencies are processed.
func Install(loaded *chart.Chart, values map[string]any, capabilities *common.Capabilities, options Options) (*Manifests, error) {
	if err := chartutil.ValidateReleaseName(options.Release); err != nil {
		err = fmt.Errorf("release name %q: %w", options.Release, err)
		slog.Error("release name check failed", slog.Any("error", err))
		return nil, fmt.Errorf("release name check failed: %w", err)
	}
	about := common.ReleaseOptions{Name: options.Release, Namespace: options.Namespace, Revision: 1, IsInstall: true}
	toRender, err := process(loaded, values, about, capabilities, options.SkipSchemaValidation)
	if err != nil {
		return nil, err
	}
	made, err := render(loaded, toRender, capabilities, options)
	if err != nil {
		return nil, &renderError{err}
	}
	return made, nil
}

// process gives what templates see. The chart is changed: its dependencies are processed.
func process(loaded *chart.Chart, values map[string]any, about common.ReleaseOptions, capabilities *common.Capabilities, skipSchema bool) (common.Values, error) {
	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		slog.Error("chart dependencies processing failed", slog.Any("error", err))
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	return commonutil.ToRenderValuesWithSchemaValidation(loaded, values, about, capabilities, skipSchema)
}

// render executes the templates and sorts what they give.
func render(loaded *chart.Chart, values common.Values, capabilities *common.Capabilities, options Options) (*Manifests, error) {
	wanted := loaded.Metadata.KubeVersion
	if wanted != "" && !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, capabilities.KubeVersion.Version)
	}
	again := func() {}
	if options.Tracing != nil {
		again = options.Tracing.prepare(loaded, values)
	}
	files, err := engine.Engine{}.Render(loaded, values)
	if err != nil {
		return nil, err
	}
	again()
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	if options.Change != nil {
		if files, err = options.Change(files); err != nil {
			return nil, err
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, err
	}
	return &Manifests{CRDs: loaded.CRDObjects(), Sorted: manifests, Hooks: hooks, files: files}, nil
}
