package v1alpha1

import (
	"bytes"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// JSON is any JSON, with the bytes as they were given; none for null.
type JSON struct {
	Raw []byte `json:"-"`
}

// UnmarshalJSON keeps the bytes.
func (j *JSON) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && !bytes.Equal(data, []byte("null")) {
		j.Raw = bytes.Clone(data)
	}
	return nil
}

// MarshalJSON gives the bytes.
func (j JSON) MarshalJSON() ([]byte, error) {
	if len(j.Raw) == 0 {
		return []byte("null"), nil
	}
	return j.Raw, nil
}

// ApplicationSetGenerator is a generator of a set. The controller runs the kinds in the order of the fields.
type ApplicationSetGenerator struct {
	List                    *ListGenerator        `json:"list,omitempty"`
	Clusters                *ClusterGenerator     `json:"clusters,omitempty"`
	Git                     *GitGenerator         `json:"git,omitempty"`
	SCMProvider             *SCMProviderGenerator `json:"scmProvider,omitempty"`
	ClusterDecisionResource *DuckTypeGenerator    `json:"clusterDecisionResource,omitempty"`
	PullRequest             *PullRequestGenerator `json:"pullRequest,omitempty"`
	Matrix                  *MatrixGenerator      `json:"matrix,omitempty"`
	Merge                   *MergeGenerator       `json:"merge,omitempty"`
	Selector                *metav1.LabelSelector `json:"selector,omitempty"`
	Plugin                  *PluginGenerator      `json:"plugin,omitempty"`
}

// ApplicationSetNestedGenerator is a generator in a matrix or merge.
type ApplicationSetNestedGenerator struct {
	List                    *ListGenerator        `json:"list,omitempty"`
	Clusters                *ClusterGenerator     `json:"clusters,omitempty"`
	Git                     *GitGenerator         `json:"git,omitempty"`
	SCMProvider             *SCMProviderGenerator `json:"scmProvider,omitempty"`
	ClusterDecisionResource *DuckTypeGenerator    `json:"clusterDecisionResource,omitempty"`
	PullRequest             *PullRequestGenerator `json:"pullRequest,omitempty"`
	Matrix                  *JSON                 `json:"matrix,omitempty"`
	Merge                   *JSON                 `json:"merge,omitempty"`
	Selector                *metav1.LabelSelector `json:"selector,omitempty"`
	Plugin                  *PluginGenerator      `json:"plugin,omitempty"`
}

// NestedMatrixGenerator is a matrix in a matrix or merge, whose own generators can't be such again.
type NestedMatrixGenerator struct {
	Generators ApplicationSetTerminalGenerators `json:"generators"`
}

// NestedMergeGenerator is a merge in a matrix or merge.
type NestedMergeGenerator struct {
	Generators ApplicationSetTerminalGenerators `json:"generators"`
	MergeKeys  []string                         `json:"mergeKeys"`
}

// ApplicationSetTerminalGenerators are those of a nested matrix or merge.
type ApplicationSetTerminalGenerators []ApplicationSetTerminalGenerator

// ApplicationSetTerminalGenerator is a generator at the lowest level.
type ApplicationSetTerminalGenerator struct {
	List                    *ListGenerator        `json:"list,omitempty"`
	Clusters                *ClusterGenerator     `json:"clusters,omitempty"`
	Git                     *GitGenerator         `json:"git,omitempty"`
	SCMProvider             *SCMProviderGenerator `json:"scmProvider,omitempty"`
	ClusterDecisionResource *DuckTypeGenerator    `json:"clusterDecisionResource,omitempty"`
	PullRequest             *PullRequestGenerator `json:"pullRequest,omitempty"`
	Plugin                  *PluginGenerator      `json:"plugin,omitempty"`
	Selector                *metav1.LabelSelector `json:"selector,omitempty"`
}

// ListGenerator gives its elements.
type ListGenerator struct {
	Elements     []JSON                 `json:"elements"`
	Template     ApplicationSetTemplate `json:"template,omitempty"`
	ElementsYaml string                 `json:"elementsYaml,omitempty"`
}

// MatrixGenerator gives every pair of what its two generators give.
type MatrixGenerator struct {
	Generators []ApplicationSetNestedGenerator `json:"generators"`
	Template   ApplicationSetTemplate          `json:"template,omitempty"`
}

// MergeGenerator lays what its later generators give over what its first gives.
type MergeGenerator struct {
	Generators []ApplicationSetNestedGenerator `json:"generators"`
	MergeKeys  []string                        `json:"mergeKeys"`
	Template   ApplicationSetTemplate          `json:"template,omitempty"`
}

// ClusterGenerator gives the clusters that Argo CD knows.
type ClusterGenerator struct {
	Selector metav1.LabelSelector   `json:"selector,omitempty"`
	Template ApplicationSetTemplate `json:"template,omitempty"`
	Values   map[string]string      `json:"values,omitempty"`
	FlatList bool                   `json:"flatList,omitempty"`
}

// DuckTypeGenerator gives the clusters that a resource's status names.
type DuckTypeGenerator struct {
	ConfigMapRef        string                 `json:"configMapRef"`
	Name                string                 `json:"name,omitempty"`
	RequeueAfterSeconds *int64                 `json:"requeueAfterSeconds,omitempty"`
	LabelSelector       metav1.LabelSelector   `json:"labelSelector,omitempty"`
	Template            ApplicationSetTemplate `json:"template,omitempty"`
	Values              map[string]string      `json:"values,omitempty"`
}

// GitGenerator gives folders or files of a repository.
type GitGenerator struct {
	RepoURL             string                      `json:"repoURL"`
	Directories         []GitDirectoryGeneratorItem `json:"directories,omitempty"`
	Files               []GitFileGeneratorItem      `json:"files,omitempty"`
	Revision            string                      `json:"revision"`
	RequeueAfterSeconds *int64                      `json:"requeueAfterSeconds,omitempty"`
	Template            ApplicationSetTemplate      `json:"template,omitempty"`
	PathParamPrefix     string                      `json:"pathParamPrefix,omitempty"`
	Values              map[string]string           `json:"values,omitempty"`
}

// GitDirectoryGeneratorItem is a pattern of folders.
type GitDirectoryGeneratorItem struct {
	Path    string `json:"path"`
	Exclude bool   `json:"exclude,omitempty"`
}

// GitFileGeneratorItem is a pattern of files.
type GitFileGeneratorItem struct {
	Path    string `json:"path"`
	Exclude bool   `json:"exclude,omitempty"`
}

// PluginGenerator gives what a plugin answers.
type PluginGenerator struct {
	ConfigMapRef        PluginConfigMapRef     `json:"configMapRef"`
	Input               PluginInput            `json:"input,omitempty"`
	RequeueAfterSeconds *int64                 `json:"requeueAfterSeconds,omitempty"`
	Template            ApplicationSetTemplate `json:"template,omitempty"`
	Values              map[string]string      `json:"values,omitempty"`
}

// PluginConfigMapRef names the ConfigMap that says where the plugin is.
type PluginConfigMapRef struct {
	Name string `json:"name"`
}

// PluginInput is what the plugin is given.
type PluginInput struct {
	Parameters PluginParameters `json:"parameters,omitempty"`
}

// PluginParameters are those of an input.
type PluginParameters map[string]JSON
