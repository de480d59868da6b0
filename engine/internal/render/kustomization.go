package render

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
)

// kustomization is what a build must know about a kustomization file before kustomize acts on it.
type kustomization struct {
	// warnings as kustomize's command line prints them.
	warnings []string
	// ownSchema: it has an openapi field, which changes a schema that all builds of this process share.
	ownSchema bool
}

// parseKustomization reads what kustomize's own types say. A file that kustomize refuses gives nothing: the build says why.
func parseKustomization(content []byte) any {
	var parsed types.Kustomization
	if err := parsed.Unmarshal(content); err != nil {
		return &kustomization{}
	}
	k := &kustomization{ownSchema: len(parsed.OpenAPI) > 0}
	if warnings := parsed.CheckDeprecatedFields(); warnings != nil {
		k.warnings = *warnings
	}
	return k
}

func isKustomizationFile(name string) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name))
}
