package argocd

import (
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
)

// application is what is read of an Application. The rest of it is not decoded: what is wrong there keeps nothing from being rendered.
type application struct {
	Metadata struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
	Spec applicationSpec `json:"spec"`
}

// applicationSpec says what is deployed.
type applicationSpec struct {
	Source         *v1alpha1.ApplicationSource     `json:"source,omitempty"`
	Destination    v1alpha1.ApplicationDestination `json:"destination"`
	Project        string                          `json:"project"`
	Sources        v1alpha1.ApplicationSources     `json:"sources,omitempty"`
	SourceHydrator *v1alpha1.SourceHydrator        `json:"sourceHydrator,omitempty"`
}

// sources gives the sources of an Application, as GetSources does.
func (spec *applicationSpec) sources() v1alpha1.ApplicationSources {
	switch {
	case spec.SourceHydrator != nil:
		hydrator := spec.SourceHydrator
		return v1alpha1.ApplicationSources{{
			RepoURL:        hydrator.DrySource.RepoURL,
			Path:           hydrator.SyncSource.Path,
			TargetRevision: hydrator.SyncSource.TargetBranch,
		}}
	case len(spec.Sources) > 0:
		return spec.Sources
	case spec.Source != nil:
		return v1alpha1.ApplicationSources{*spec.Source}
	default:
		return nil
	}
}

func (spec *applicationSpec) hasMultipleSources() bool {
	return spec.SourceHydrator == nil && len(spec.Sources) > 0
}

// isOCI tells whether a source is an artifact of an OCI registry.
func isOCI(source *v1alpha1.ApplicationSource) bool {
	return strings.HasPrefix(source.RepoURL, "oci://")
}

// kubeVersion and apiVersions give what the source says, else what is known of the cluster.
func (w *work) kubeVersion() string {
	switch source := w.source; {
	case source.Helm != nil && source.Helm.KubeVersion != "":
		return source.Helm.KubeVersion
	case source.Kustomize != nil && source.Kustomize.KubeVersion != "":
		return source.Kustomize.KubeVersion
	default:
		return w.request.KubeVersion
	}
}

func (w *work) apiVersions() []string {
	switch source := w.source; {
	case source.Helm != nil && len(source.Helm.APIVersions) > 0:
		return source.Helm.APIVersions
	case source.Kustomize != nil && len(source.Kustomize.APIVersions) > 0:
		return source.Kustomize.APIVersions
	default:
		return w.request.APIVersions
	}
}
