package argocd

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"

	"sigs.k8s.io/kustomize/api/konfig"
)

// typeOf gives the type that a source says it has, else the one that its folder looks like, as the repo-server's
// GetAppSourceType does (reposerver/repository/repository.go, util/app/discovery/discovery.go, v3.2.11).
func typeOf(view *tree.View, source *v1alpha1.ApplicationSource, folder string) (string, error) {
	var said []string
	if source.Kustomize != nil {
		said = append(said, typeKustomize)
	}
	if source.Helm != nil {
		said = append(said, typeHelm)
	}
	if source.Directory != nil {
		said = append(said, typeDirectory)
	}
	if source.Plugin != nil {
		said = append(said, typePlugin)
	}
	switch len(said) {
	case 0:
		return discover(view, folder)
	case 1:
		return said[0], nil
	default:
		return "", fmt.Errorf("multiple application sources defined: %s", strings.Join(said, ","))
	}
}

// discover looks at the names in a folder. Argo CD walks through all files and keeps the last that tells; a folder that is
// reached by a link is not walked through.
func discover(view *tree.View, folder string) (string, error) {
	found := typeDirectory
	state, err := view.Lstat(folder)
	if err != nil || state.Kind != tree.Directory {
		return found, err
	}
	names, err := view.List(folder)
	if err != nil {
		return "", err
	}
	for _, name := range names {
		isKustomization := slices.Contains(konfig.RecognizedKustomizationFileNames(), name)
		if !isKustomization && !strings.HasSuffix(name, "Chart.yaml") {
			continue
		}
		if state, err := view.Lstat(path.Join(folder, name)); err != nil || state.Kind == tree.Directory {
			continue
		}
		found = typeHelm
		if isKustomization {
			found = typeKustomize
		}
	}
	return found, nil
}
