package argocd

import (
	"encoding/json"
	"fmt"
	"path"

	"drydock/engine/internal/tree"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"sigs.k8s.io/yaml"
)

// mergeOverrides merges the parameters in .argocd-source.yaml and .argocd-source-<application>.yaml of the source's folder into a
// source, as the repo-server's mergeSourceParameters does (reposerver/repository/repository.go, v3.2.11): what such a file
// removes, stays. It gives the files that were merged.
func mergeOverrides(view *tree.View, source *ApplicationSource, folder, instance string) (files []string, err error) {
	names := []string{".argocd-source.yaml"}
	if instance != "" {
		names = append(names, fmt.Sprintf(".argocd-source-%s.yaml", instance))
	}
	merged := *source
	for _, name := range names {
		file := path.Join(folder, name)
		if _, state, err := view.Resolve(file); err != nil || state.Kind == tree.Directory {
			continue
		}
		if err := merge(view, file, &merged); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		files = append(files, file)
	}
	merged.Chart, merged.Path, merged.RepoURL, merged.TargetRevision = source.Chart, source.Path, source.RepoURL, source.TargetRevision
	*source = merged
	return files, nil
}

func merge(view *tree.View, file string, merged *ApplicationSource) error {
	content, err := view.ReadFile(file)
	if err != nil {
		return err
	}
	patch, err := yaml.YAMLToJSON(content)
	if err != nil {
		return err
	}
	data, err := json.Marshal(merged)
	if err != nil {
		return err
	}
	if data, err = jsonpatch.MergePatch(data, patch); err != nil {
		return err
	}
	return json.Unmarshal(data, merged)
}
