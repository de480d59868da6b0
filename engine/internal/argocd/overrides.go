package argocd

import (
	"encoding/json"
	"fmt"
	"path"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"sigs.k8s.io/yaml"
)

// mergeOverrides merges the parameters in .argocd-source.yaml and .argocd-source-<application>.yaml of the source's folder into a
// source, as the repo-server's mergeSourceParameters does (reposerver/repository/repository.go, v3.2.11): what such a file
// removes, stays. It gives the files that there are, in the order in which they count.
func mergeOverrides(view *tree.View, source *v1alpha1.ApplicationSource, folder, instance string) (files []override, err error) {
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
		content, err := merge(view, file, &merged)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		files = append(files, override{file, content})
	}
	merged.Chart, merged.Path, merged.RepoURL, merged.TargetRevision = source.Chart, source.Path, source.RepoURL, source.TargetRevision
	*source = merged
	return files, nil
}

// override is a file with parameters of a source.
type override struct {
	file    string
	content []byte
}

func merge(view *tree.View, file string, merged *v1alpha1.ApplicationSource) (content []byte, err error) {
	content, err = view.ReadFile(file)
	if err != nil {
		return nil, err
	}
	patch, err := yaml.YAMLToJSON(content)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(merged)
	if err != nil {
		return nil, err
	}
	if data, err = jsonpatch.MergePatch(data, patch); err != nil {
		return nil, err
	}
	return content, json.Unmarshal(data, merged)
}
