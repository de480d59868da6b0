package render

import (
	"path"
	"regexp"
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
	// remotes are its entries that are fetched from elsewhere.
	remotes []string
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
	parsed.FixKustomization()
	for _, entries := range [][]string{parsed.Resources, parsed.Components, parsed.Crds, parsed.Configurations, parsed.Generators, parsed.Transformers, parsed.Validators} {
		for _, entry := range entries {
			if remote.MatchString(entry) {
				k.remotes = append(k.remotes, entry)
			}
		}
	}
	return k
}

// remote recognises what kustomize takes for an URL or for git's user@host:path.
var remote = regexp.MustCompile(`^(?i)(git::)?((https?|ssh|file)://|[a-z][a-z0-9-]*@|github\.com[:/])`)

func isKustomizationFile(name string) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name))
}
