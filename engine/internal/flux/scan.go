package flux

import (
	"fmt"
	"path"

	"drydock/engine/internal/securefs"
	"drydock/engine/internal/tree"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
)

// scan gives the paths that a generated kustomization takes from a folder: folders with a kustomization of their own, and all
// other manifests. It is scanManifests of github.com/fluxcd/pkg/kustomize v1.35.6.
func scan(view *tree.View, root, folder string) ([]string, error) {
	names, err := view.List(folder)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, name := range names {
		at := path.Join(folder, name)
		state, err := view.Lstat(at)
		if err != nil {
			continue // the artifact does not have it
		}
		if state.Kind == tree.Directory {
			below := []string{at}
			if kustomizationFile(view, root, at) == "" {
				if below, err = scan(view, root, at); err != nil {
					return nil, err
				}
			}
			found = append(found, below...)
			continue
		}
		if extension := path.Ext(name); extension != ".yaml" && extension != ".yml" {
			continue
		}
		content, err := securefs.ReadFile(view, root, at)
		if err != nil {
			return nil, err
		}
		if err := checkManifest(at, content); err != nil {
			return nil, err
		}
		found = append(found, at)
	}
	return found, nil
}

// checkManifest gives why kustomize can't read a manifest.
func checkManifest(at string, content []byte) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("recovered from panic while parsing YAML file %s: %v", path.Base(at), cause)
		}
	}()
	if _, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(content); err != nil {
		return fmt.Errorf("failed to decode Kubernetes YAML from %s: %w", at, err)
	}
	return nil
}

// kustomizationFile gives the path of a folder's kustomization file; empty when it has none.
func kustomizationFile(view *tree.View, root, folder string) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if file := path.Join(folder, name); securefs.IsFile(view, root, file) {
			return file
		}
	}
	return ""
}
