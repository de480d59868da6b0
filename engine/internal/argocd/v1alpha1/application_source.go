package v1alpha1

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// ApplicationSources are the sources of an Application with several.
type ApplicationSources []ApplicationSource

// ApplicationSource is where manifests come from, and with which tool they are rendered.
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

// ApplicationSourceHelm has Helm's options.
type ApplicationSourceHelm struct {
	ValueFiles              []string              `json:"valueFiles,omitempty"`
	Parameters              []HelmParameter       `json:"parameters,omitempty"`
	ReleaseName             string                `json:"releaseName,omitempty"`
	Values                  string                `json:"values,omitempty" patchStrategy:"replace"`
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

// HelmParameter is a value given as with --set.
type HelmParameter struct {
	Name        string `json:"name,omitempty"`
	Value       string `json:"value,omitempty"`
	ForceString bool   `json:"forceString,omitempty"`
}

// HelmFileParameter is a value given as with --set-file.
type HelmFileParameter struct {
	Name string `json:"name,omitempty"`
	Path string `json:"path,omitempty"`
}

// ApplicationSourceKustomize has kustomize's options.
type ApplicationSourceKustomize struct {
	NamePrefix                string            `json:"namePrefix,omitempty"`
	NameSuffix                string            `json:"nameSuffix,omitempty"`
	Images                    KustomizeImages   `json:"images,omitempty"`
	CommonLabels              map[string]string `json:"commonLabels,omitempty"`
	Version                   string            `json:"version,omitempty"`
	CommonAnnotations         map[string]string `json:"commonAnnotations,omitempty"`
	ForceCommonLabels         bool              `json:"forceCommonLabels,omitempty"`
	ForceCommonAnnotations    bool              `json:"forceCommonAnnotations,omitempty"`
	Namespace                 string            `json:"namespace,omitempty"`
	CommonAnnotationsEnvsubst bool              `json:"commonAnnotationsEnvsubst,omitempty"`
	Replicas                  KustomizeReplicas `json:"replicas,omitempty"`
	Patches                   KustomizePatches  `json:"patches,omitempty"`
	Components                []string          `json:"components,omitempty"`
	IgnoreMissingComponents   bool              `json:"ignoreMissingComponents,omitempty"`
	LabelWithoutSelector      bool              `json:"labelWithoutSelector,omitempty"`
	KubeVersion               string            `json:"kubeVersion,omitempty"`
	APIVersions               []string          `json:"apiVersions,omitempty"`
	LabelIncludeTemplates     bool              `json:"labelIncludeTemplates,omitempty"`
}

// KustomizeImages are those of a source.
type KustomizeImages []KustomizeImage

// KustomizeImage is [old=]new[:tag|@digest].
type KustomizeImage string

// KustomizeReplicas are those of a source.
type KustomizeReplicas []KustomizeReplica

// KustomizeReplica sets a workload's number of replicas.
type KustomizeReplica struct {
	Name  string             `json:"name"`
	Count intstr.IntOrString `json:"count"`
}

// KustomizePatches are those of a source.
type KustomizePatches []KustomizePatch

// KustomizePatch is a patch of kustomize's.
type KustomizePatch struct {
	Path    string             `json:"path,omitempty"`
	Patch   string             `json:"patch,omitempty"`
	Target  *KustomizeSelector `json:"target,omitempty"`
	Options map[string]bool    `json:"options,omitempty"`
}

// KustomizeSelector is what a patch applies to.
type KustomizeSelector struct {
	KustomizeResId     `json:",inline,omitempty"`
	AnnotationSelector string `json:"annotationSelector,omitempty"`
	LabelSelector      string `json:"labelSelector,omitempty"`
}

// KustomizeResId names resources. The spelling is Argo CD's.
type KustomizeResId struct { //nolint:revive // Argo CD's name
	KustomizeGvk `json:",inline,omitempty"`
	Name         string `json:"name,omitempty"`
	Namespace    string `json:"namespace,omitempty"`
}

// KustomizeGvk names a kind.
type KustomizeGvk struct {
	Group   string `json:"group,omitempty"`
	Version string `json:"version,omitempty"`
	Kind    string `json:"kind,omitempty"`
}

// ApplicationSourceDirectory has the options of a folder of plain manifests.
type ApplicationSourceDirectory struct {
	Recurse bool                     `json:"recurse,omitempty"`
	Jsonnet ApplicationSourceJsonnet `json:"jsonnet,omitempty"`
	Exclude string                   `json:"exclude,omitempty"`
	Include string                   `json:"include,omitempty"`
}

// ApplicationSourceJsonnet has Jsonnet's options.
type ApplicationSourceJsonnet struct {
	ExtVars []JsonnetVar `json:"extVars,omitempty"`
	TLAs    []JsonnetVar `json:"tlas,omitempty"`
	Libs    []string     `json:"libs,omitempty"`
}

// JsonnetVar is a variable for Jsonnet.
type JsonnetVar struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Code  bool   `json:"code,omitempty"`
}

// ApplicationSourcePlugin has the options of a config management plugin.
type ApplicationSourcePlugin struct {
	Name       string `json:"name,omitempty"`
	Env        `json:"env,omitempty"`
	Parameters ApplicationSourcePluginParameters `json:"parameters,omitempty"`
}

// Env is a plugin's environment.
type Env []*EnvEntry

// EnvEntry is one variable of it.
type EnvEntry struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ApplicationSourcePluginParameters are those of a plugin.
type ApplicationSourcePluginParameters []ApplicationSourcePluginParameter

// ApplicationSourcePluginParameter is a text, a map or an array.
type ApplicationSourcePluginParameter struct {
	Name           string  `json:"name,omitempty"`
	String_        *string `json:"string,omitempty"` //nolint:revive // Argo CD's name
	*OptionalMap   `json:",omitempty"`
	*OptionalArray `json:",omitempty"`
}

// OptionalMap tells an empty map from none.
type OptionalMap struct {
	Map map[string]string `json:"map"`
}

// OptionalArray tells an empty array from none.
type OptionalArray struct {
	Array []string `json:"array"`
}

// MarshalJSON always writes the name, and a map or array that was given empty as empty, not as null.
func (p ApplicationSourcePluginParameter) MarshalJSON() ([]byte, error) {
	fields := map[string]any{"name": p.Name}
	if p.String_ != nil {
		fields["string"] = *p.String_
	}
	if p.OptionalMap != nil {
		fields["map"] = p.Map
		if p.Map == nil {
			fields["map"] = map[string]string{}
		}
	}
	if p.OptionalArray != nil {
		fields["array"] = p.Array
		if p.Array == nil {
			fields["array"] = []string{}
		}
	}
	return json.Marshal(fields)
}
