package argocd

import (
	"os"

	"drydock/engine/internal/argocd/v1alpha1"
)

// environment is the build environment of a source: what ${ARGOCD_APP_…} stands for in its options.
type environment map[string]string

// environmentOf is the repo-server's newEnv (reposerver/repository/repository.go, v3.2.11).
func environmentOf(app *application, instance, revision string, source *v1alpha1.ApplicationSource) environment {
	return environment{
		"ARGOCD_APP_NAME":                   instance,
		"ARGOCD_APP_NAMESPACE":              app.Spec.Destination.Namespace,
		"ARGOCD_APP_PROJECT_NAME":           app.Spec.project(),
		"ARGOCD_APP_REVISION":               revision,
		"ARGOCD_APP_REVISION_SHORT":         shortened(revision, 7),
		"ARGOCD_APP_REVISION_SHORT_8":       shortened(revision, 8),
		"ARGOCD_APP_SOURCE_REPO_URL":        source.RepoURL,
		"ARGOCD_APP_SOURCE_PATH":            source.Path,
		"ARGOCD_APP_SOURCE_TARGET_REVISION": source.TargetRevision,
	}
}

func (spec *applicationSpec) project() string {
	if spec.Project == "" {
		return "default"
	}
	return spec.Project
}

func shortened(revision string, length int) string {
	if len(revision) > length {
		return revision[:length]
	}
	return revision
}

// substitute replaces $NAME and ${NAME}, what is unknown by nothing; $$ stands for $.
func (e environment) substitute(text string) string {
	return os.Expand(text, func(name string) string {
		if name == "$" {
			return "$"
		}
		return e[name]
	})
}
