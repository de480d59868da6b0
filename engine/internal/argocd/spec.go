package argocd

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// The types have the names and fields of Argo CD's (pkg/apis/application/v1alpha1/types.go, v3.2.11), since .argocd-source.yaml is
// merged with what they are as JSON, and their names stand in messages about values of the wrong type.

// Application is what is read of an Application.
type Application struct {
	Metadata ObjectMeta      `json:"metadata"`
	Spec     ApplicationSpec `json:"spec"`
}

// ObjectMeta names an Application.
type ObjectMeta struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
}

// ApplicationSpec says what is deployed.
type ApplicationSpec struct {
	Source         *ApplicationSource     `json:"source,omitempty"`
	Destination    ApplicationDestination `json:"destination"`
	Project        string                 `json:"project"`
	Sources        []ApplicationSource    `json:"sources,omitempty"`
	SourceHydrator *SourceHydrator        `json:"sourceHydrator,omitempty"`
}

// ApplicationDestination says where to.
type ApplicationDestination struct {
	Namespace string `json:"namespace,omitempty"`
}

// SourceHydrator names a branch with manifests that Argo CD rendered itself.
type SourceHydrator struct {
	DrySource struct {
		RepoURL string `json:"repoURL"`
	} `json:"drySource"`
	SyncSource struct {
		TargetBranch string `json:"targetBranch"`
		Path         string `json:"path"`
	} `json:"syncSource"`
}

// ApplicationSource is one of the places that manifests come from.
type ApplicationSource struct {
	RepoURL        string                      `json:"repoURL"`
	Path           string                      `json:"path,omitempty"`
	TargetRevision string                      `json:"targetRevision,omitempty"`
	Helm           *ApplicationSourceHelm      `json:"helm,omitempty"`
	Kustomize      *ApplicationSourceKustomize `json:"kustomize,omitempty"`
	Directory      *ApplicationSourceDirectory `json:"directory,omitempty"`
	Plugin         *ApplicationSourcePlugin    `json:"plugin,omitempty"`
	Chart          string                      `json:"chart,omitempty"`
	Ref            string                      `json:"ref,omitempty"`
	Name           string                      `json:"name,omitempty"`
}

// ApplicationSourceHelm is a source's options for Helm.
type ApplicationSourceHelm struct {
	ValueFiles              []string              `json:"valueFiles,omitempty"`
	Parameters              []HelmParameter       `json:"parameters,omitempty"`
	ReleaseName             string                `json:"releaseName,omitempty"`
	Values                  string                `json:"values,omitempty"`
	FileParameters          []HelmFileParameter   `json:"fileParameters,omitempty"`
	Version                 string                `json:"version,omitempty"`
	PassCredentials         bool                  `json:"passCredentials,omitempty"`
	IgnoreMissingValueFiles bool                  `json:"ignoreMissingValueFiles,omitempty"`
	SkipCrds                bool                  `json:"skipCrds,omitempty"`
	ValuesObject            *runtime.RawExtension `json:"valuesObject,omitempty"`
	Namespace               string                `json:"namespace,omitempty"`
	KubeVersion             string                `json:"kubeVersion,omitempty"`
	APIVersions             []string              `json:"apiVersions,omitempty"`
	SkipTests               bool                  `json:"skipTests,omitempty"`
	SkipSchemaValidation    bool                  `json:"skipSchemaValidation,omitempty"`
}

// HelmParameter is one value.
type HelmParameter struct {
	Name        string `json:"name,omitempty"`
	Value       string `json:"value,omitempty"`
	ForceString bool   `json:"forceString,omitempty"`
}

// HelmFileParameter is a value that stands in a file.
type HelmFileParameter struct {
	Name string `json:"name,omitempty"`
	Path string `json:"path,omitempty"`
}

// ApplicationSourceKustomize is a source's options for kustomize.
type ApplicationSourceKustomize struct {
	NamePrefix                string             `json:"namePrefix,omitempty"`
	NameSuffix                string             `json:"nameSuffix,omitempty"`
	Images                    []string           `json:"images,omitempty"`
	CommonLabels              map[string]string  `json:"commonLabels,omitempty"`
	Version                   string             `json:"version,omitempty"`
	CommonAnnotations         map[string]string  `json:"commonAnnotations,omitempty"`
	ForceCommonLabels         bool               `json:"forceCommonLabels,omitempty"`
	ForceCommonAnnotations    bool               `json:"forceCommonAnnotations,omitempty"`
	Namespace                 string             `json:"namespace,omitempty"`
	CommonAnnotationsEnvsubst bool               `json:"commonAnnotationsEnvsubst,omitempty"`
	Replicas                  []KustomizeReplica `json:"replicas,omitempty"`
	Patches                   []KustomizePatch   `json:"patches,omitempty"`
	Components                []string           `json:"components,omitempty"`
	IgnoreMissingComponents   bool               `json:"ignoreMissingComponents,omitempty"`
	LabelWithoutSelector      bool               `json:"labelWithoutSelector,omitempty"`
	KubeVersion               string             `json:"kubeVersion,omitempty"`
	APIVersions               []string           `json:"apiVersions,omitempty"`
	LabelIncludeTemplates     bool               `json:"labelIncludeTemplates,omitempty"`
}

// KustomizeReplica is a number of replicas.
type KustomizeReplica struct {
	Name  string             `json:"name"`
	Count intstr.IntOrString `json:"count"`
}

// KustomizePatch is a patch as it is written into a kustomization.
type KustomizePatch struct {
	Path    string             `json:"path,omitempty"`
	Patch   string             `json:"patch,omitempty"`
	Target  *KustomizeSelector `json:"target,omitempty"`
	Options map[string]bool    `json:"options,omitempty"`
}

// KustomizeSelector says what a patch is for.
type KustomizeSelector struct {
	Group              string `json:"group,omitempty"`
	Version            string `json:"version,omitempty"`
	Kind               string `json:"kind,omitempty"`
	Name               string `json:"name,omitempty"`
	Namespace          string `json:"namespace,omitempty"`
	AnnotationSelector string `json:"annotationSelector,omitempty"`
	LabelSelector      string `json:"labelSelector,omitempty"`
}

// ApplicationSourceDirectory is a source's options for a folder of manifests.
type ApplicationSourceDirectory struct {
	Recurse bool                     `json:"recurse,omitempty"`
	Jsonnet ApplicationSourceJsonnet `json:"jsonnet,omitempty"`
	Exclude string                   `json:"exclude,omitempty"`
	Include string                   `json:"include,omitempty"`
}

// ApplicationSourceJsonnet is what Jsonnet files are evaluated with.
type ApplicationSourceJsonnet struct {
	ExtVars []JsonnetVar `json:"extVars,omitempty"`
	TLAs    []JsonnetVar `json:"tlas,omitempty"`
	Libs    []string     `json:"libs,omitempty"`
}

// JsonnetVar is a variable of Jsonnet.
type JsonnetVar struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Code  bool   `json:"code,omitempty"`
}

// ApplicationSourcePlugin names a plugin. Its parameters are not read, for nothing is rendered with it.
type ApplicationSourcePlugin struct {
	Name string `json:"name,omitempty"`
}

// sources gives the sources of an Application, as GetSources does.
func (spec *ApplicationSpec) sources() []ApplicationSource {
	switch {
	case spec.SourceHydrator != nil:
		hydrator := spec.SourceHydrator
		return []ApplicationSource{{
			RepoURL:        hydrator.DrySource.RepoURL,
			Path:           hydrator.SyncSource.Path,
			TargetRevision: hydrator.SyncSource.TargetBranch,
		}}
	case len(spec.Sources) > 0:
		return spec.Sources
	case spec.Source != nil:
		return []ApplicationSource{*spec.Source}
	default:
		return nil
	}
}

func (spec *ApplicationSpec) hasMultipleSources() bool {
	return spec.SourceHydrator == nil && len(spec.Sources) > 0
}

// isOCI tells whether a source is an artifact of an OCI registry.
func (source *ApplicationSource) isOCI() bool { return strings.HasPrefix(source.RepoURL, "oci://") }

// kubeVersionOr and apiVersionsOr give what the source says, else what is known of the cluster.
func (source *ApplicationSource) kubeVersionOr(cluster string) string {
	switch {
	case source.Helm != nil && source.Helm.KubeVersion != "":
		return source.Helm.KubeVersion
	case source.Kustomize != nil && source.Kustomize.KubeVersion != "":
		return source.Kustomize.KubeVersion
	default:
		return cluster
	}
}

func (source *ApplicationSource) apiVersionsOr(cluster []string) []string {
	switch {
	case source.Helm != nil && len(source.Helm.APIVersions) > 0:
		return source.Helm.APIVersions
	case source.Kustomize != nil && len(source.Kustomize.APIVersions) > 0:
		return source.Kustomize.APIVersions
	default:
		return cluster
	}
}
