package argocd

import (
	"os"

	"drydock/engine/internal/argocd/v1alpha1"
)

// environment is the build environment of a source: what ${ARGOCD_APP_…} stands for in its options.
type environment struct {
	values map[string]string
	// revision is asked for only where it is used, for it changes with every commit.
	revision func() string
}

// environmentOf is the repo-server's newEnv (reposerver/repository/repository.go, v3.2.11).
func environmentOf(app *application, instance string, source *v1alpha1.ApplicationSource, revision func() string) environment {
	return environment{
		values: map[string]string{
			"ARGOCD_APP_NAME":                   instance,
			"ARGOCD_APP_NAMESPACE":              app.Spec.Destination.Namespace,
			"ARGOCD_APP_PROJECT_NAME":           app.Spec.project(),
			"ARGOCD_APP_SOURCE_REPO_URL":        source.RepoURL,
			"ARGOCD_APP_SOURCE_PATH":            source.Path,
			"ARGOCD_APP_SOURCE_TARGET_REVISION": source.TargetRevision,
		},
		revision: revision,
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
		switch name {
		case "$":
			return "$"
		case "ARGOCD_APP_REVISION":
			return e.revision()
		case "ARGOCD_APP_REVISION_SHORT":
			return shortened(e.revision(), 7)
		case "ARGOCD_APP_REVISION_SHORT_8":
			return shortened(e.revision(), 8)
		default:
			return e.values[name]
		}
	})
}
