package helm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// buildDependencies adds the charts that a chart's folder lacks in charts/, as `helm dependency build` (v4.2.4, pkg/downloader/manager.go)
// would put them there: of the versions that the lock names, from folders that `file://` names and from the host's copies of the others.
// Nothing is written. All sources that there is no copy of are asked for; what can't be found stays missing, which Helm says.
func buildDependencies(view *tree.View, loaded *chart.Chart, place string, from sources) error {
	if _, state, err := view.Resolve(place); err != nil || state.Kind != tree.Directory {
		return err // a package has all that it is installed with
	}
	lacking := missingDependencies(loaded)
	if len(lacking) == 0 {
		return nil
	}
	wanted := loaded.Metadata.Dependencies
	if loaded.Lock != nil {
		if err := checkLock(loaded); err != nil {
			return err
		}
		wanted = loaded.Lock.Dependencies
	}
	added := map[wire.Source]bool{}
	for _, dependency := range wanted {
		// One chart may be there under several aliases.
		source := sourceOf(dependency)
		if !slices.Contains(lacking, dependency.Name) || added[source] {
			continue
		}
		added[source] = true
		at, found := locate(view, source, place)
		if !found {
			continue
		}
		built, err := load(view, at, from)
		if err != nil {
			return fmt.Errorf("dependency %s: %w", dependency.Name, err)
		}
		if chartutil.IsCompatibleRange(dependency.Version, built.Metadata.Version) {
			loaded.AddDependency(built)
		}
	}
	return nil
}

// missingDependencies are the names of the charts that `helm template` refuses to go on without.
func missingDependencies(loaded *chart.Chart) []string {
	var missing []string
	for _, required := range loaded.Metadata.Dependencies {
		isRequired := func(found *chart.Chart) bool { return found.Name() == required.Name }
		if !slices.ContainsFunc(loaded.Dependencies(), isRequired) {
			missing = append(missing, required.Name)
		}
	}
	return missing
}

func sourceOf(dependency *chart.Dependency) wire.Source {
	source := wire.Source{Kind: wire.SourceChart, URL: dependency.Repository, Name: dependency.Name, Revision: dependency.Version}
	if strings.HasPrefix(dependency.Repository, "oci://") {
		source.Kind, source.URL = wire.SourceOCI, strings.TrimSuffix(dependency.Repository, "/")
	}
	return source
}

// locate gives the path of a dependency. It is not found when there is no copy, and when only the user's own Helm knows where it is, as with
// the name of a repository (`@name`).
func locate(view *tree.View, source wire.Source, place string) (string, bool) {
	if folder, ok := strings.CutPrefix(source.URL, "file://"); ok {
		at := folder
		if !path.IsAbs(folder) {
			at = path.Join(place, folder)
		}
		_, _, err := view.Resolve(at)
		return at, err == nil
	}
	if !strings.Contains(source.URL, "://") {
		return "", false
	}
	copied, err := view.Source(source)
	return copied, err == nil
}

// checkLock refuses a lock that was made for other dependencies than the chart's, by the digests of Helm (internal/resolver HashReq and
// HashV2Req).
func checkLock(loaded *chart.Chart) error {
	required := loaded.Metadata.Dependencies
	digest, err := digestOf([2][]*chart.Dependency{required, loaded.Lock.Dependencies})
	if err != nil || digest == loaded.Lock.Digest {
		return err
	}
	if loaded.Metadata.APIVersion != chart.APIVersionV1 {
		return errors.New("the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). " +
			"Please update the dependencies with 'helm dependency update'")
	}
	// Helm 2 made the digests of charts of version 1 otherwise.
	if digest, err = digestOf(map[string][]*chart.Dependency{"dependencies": required}); err != nil || digest == loaded.Lock.Digest {
		return err
	}
	return errors.New("the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). " +
		"Please update the dependencies")
}

func digestOf(dependencies any) (string, error) {
	data, err := json.Marshal(dependencies)
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:]), err
}
