package argocd

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// root gives the real path of the folder that a source's repository or unpacked chart is in.
func (r *rendering) root(index int) (string, error) {
	if given := r.given(index); given.Root != "" {
		resolved, _, err := r.view.Resolve(given.Root)
		if err != nil {
			return "", fmt.Errorf("%s is expected in a folder that is not there: %w", r.sources[index].RepoURL, err)
		}
		return resolved, nil
	}
	wanted := elsewhere(&r.sources[index])
	place, err := r.view.Source(wanted)
	if err != nil || wanted.Kind == wire.SourceGit {
		return place, err
	}
	return unpack(r.view, place)
}

// given is what the host knows about a source.
func (r *rendering) given(index int) wire.ApplicationSource {
	if index < len(r.request.Sources) {
		return r.request.Sources[index]
	}
	return wire.ApplicationSource{}
}

// revision is what a source is at, as far as that can be known: the commit of a repository, the version of the chart at its root. The
// digest of an artifact is not known.
func (r *rendering) revision(index int, root string) string {
	source, given := &r.sources[index], r.given(index)
	switch {
	case given.Revision != "":
		return given.Revision
	case isOCI(source):
		return ""
	case source.Chart != "":
		return chartVersion(r.view, root)
	case given.Root != "":
		return "" // nothing is committed yet
	}
	commit, err := r.view.ReadFile(elsewhere(source).RevisionPlace())
	if err != nil {
		return "" // the copy is a folder that Git knows nothing of
	}
	return string(commit)
}

func chartVersion(view *tree.View, chart string) string {
	content, err := view.ReadFile(path.Join(chart, "Chart.yaml"))
	var said struct {
		Version string `json:"version"`
	}
	if err != nil || yaml.Unmarshal(content, &said) != nil {
		return "" // rendering it says why
	}
	return said.Version
}

// elsewhere names a source that is not in the workspace.
func elsewhere(source *v1alpha1.ApplicationSource) wire.Source {
	switch {
	case isOCI(source):
		registry, name := path.Split(strings.TrimPrefix(strings.TrimSuffix(source.RepoURL, "/"), "oci://"))
		return wire.Source{Kind: wire.SourceOCI, URL: "oci://" + strings.TrimSuffix(registry, "/"), Name: name, Revision: source.TargetRevision}
	case source.Chart == "":
		return wire.Source{Kind: wire.SourceGit, URL: source.RepoURL, Revision: source.TargetRevision}
	case isRegistry(source.RepoURL):
		return wire.Source{Kind: wire.SourceOCI, URL: "oci://" + strings.TrimSuffix(source.RepoURL, "/"), Name: source.Chart, Revision: source.TargetRevision}
	default:
		return wire.Source{Kind: wire.SourceChart, URL: source.RepoURL, Name: source.Chart, Revision: source.TargetRevision}
	}
}

// isRegistry tells a registry from a chart repository: it is written without a scheme (util/helm/client.go, IsHelmOciRepo).
func isRegistry(repoURL string) bool {
	parsed, err := url.Parse(repoURL)
	return err != nil || parsed.Host == ""
}

// appPath gives the folder of a source's path (util/app/path/path.go, Path).
func appPath(view *tree.View, root string, source *v1alpha1.ApplicationSource) (string, error) {
	if source.Chart != "" && !isOCI(source) {
		return root, nil
	}
	if path.IsAbs(source.Path) {
		return "", fmt.Errorf("%s: app path is absolute", source.Path)
	}
	folder := path.Join(root, source.Path)
	if !strings.HasPrefix(folder, root) {
		return "", fmt.Errorf("%s: app path outside root", source.Path)
	}
	_, state, err := view.Resolve(folder)
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: app path does not exist", source.Path)
	case state.Kind != tree.Directory:
		return "", fmt.Errorf("%s: app path is not a directory", source.Path)
	}
	return folder, nil
}

var isRefName = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`).MatchString

// referenced gives the sources that others refer to, by `$` and their names (util/argo/argo.go, GetRefSources).
func referenced(sources v1alpha1.ApplicationSources) (map[string]int, error) {
	refs := map[string]int{}
	if len(sources) < 2 {
		return refs, nil
	}
	for i, source := range sources {
		if source.Ref == "" {
			continue
		}
		if !isRefName(source.Ref) {
			return nil, fmt.Errorf("failed to get ref sources: sources.ref %s cannot contain any special characters except '_' and '-'", source.Ref)
		}
		if _, ok := refs["$"+source.Ref]; ok {
			return nil, errors.New("failed to get ref sources: invalid sources: multiple sources had the same `ref` key")
		}
		refs["$"+source.Ref] = i
	}
	return refs, nil
}
