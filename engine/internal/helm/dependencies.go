package helm

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// CompleteDependencies adds the dependencies that a chart's folder lacks, as Flux's source-controller v1.9 does before it packs the
// chart (internal/helm/chart/dependency_manager.go): from folders that `file://` names, none of them outside of root, and from the
// host's copies of the others. A package has all that it is installed with. A nil Tracing notes nothing.
func (t *Tracing) CompleteDependencies(view *tree.View, loaded *chart.Chart, place, root string) error {
	if _, state, err := view.Resolve(place); err != nil || state.Kind != tree.Directory {
		return err
	}
	wanted := loaded.Metadata.Dependencies
	if loaded.Lock != nil {
		wanted = loaded.Lock.Dependencies
	}
	if len(loaded.Dependencies()) == len(wanted) {
		return nil
	}
	has := map[string]bool{}
	for _, dependency := range loaded.Dependencies() {
		has[dependency.Name()] = true
	}
	var missing error
	for _, dependency := range wanted {
		name := dependency.Name
		if dependency.Alias != "" {
			name = dependency.Alias
		}
		if has[name] {
			continue
		}
		found, err := t.loadDependency(view, dependency, place, root)
		if err != nil {
			missing = errors.Join(missing, fmt.Errorf("failed to add dependency '%s': %w", name, err)) // all of them are told at once
			continue
		}
		if dependency.Alias != "" {
			found.Metadata.Name = dependency.Alias
		}
		loaded.AddDependency(found)
	}
	return missing
}

func (t *Tracing) loadDependency(view *tree.View, dependency *chart.Dependency, place, root string) (*chart.Chart, error) {
	if dependency.Repository != "" && !strings.HasPrefix(dependency.Repository, "file://") {
		source := wire.Source{Kind: wire.SourceChart, URL: dependency.Repository, Name: dependency.Name, Revision: dependency.Version}
		if strings.HasPrefix(dependency.Repository, "oci://") {
			source.Kind = wire.SourceOCI
		}
		copied, err := view.Source(source)
		if err != nil {
			return nil, err
		}
		return t.Load(view, copied)
	}
	at := path.Join(place, strings.TrimPrefix(dependency.Repository, "file://"))
	if dependency.Repository == "" {
		at = path.Join(place, "charts", dependency.Name)
	}
	if at != root && !strings.HasPrefix(at, strings.TrimSuffix(root, "/")+"/") {
		return nil, fmt.Errorf("'%s' is outside of %s", dependency.Repository, root)
	}
	if _, _, err := view.Resolve(at); err != nil {
		return nil, fmt.Errorf("no chart found at '%s' (reference '%s')", at, dependency.Repository)
	}
	found, err := t.Load(view, at)
	if err != nil {
		return nil, err
	}
	if !chartutil.IsCompatibleRange(dependency.Version, found.Metadata.Version) {
		return nil, fmt.Errorf("version %s of the chart at '%s' is not '%s'", found.Metadata.Version, at, dependency.Version)
	}
	return found, nil
}
