package wire

// ApplicationSet is what an ApplicationSet's Applications are generated from.
type ApplicationSet struct {
	// Object is the ApplicationSet, YAML or JSON.
	Object string `json:"object"`
	// Repositories are the Git repositories that lie on this machine as working trees. What a generator wants of another one,
	// or of another revision, is asked for as a Source.
	Repositories []Repository `json:"repositories"`
	// Fixture is YAML that tells what Argo CD would learn from its cluster and over the network (docs/applicationset-fixture.md);
	// empty for none.
	Fixture string `json:"fixture"`
	// Live are the clusters that a running Argo CD knows. They count where the fixture says nothing of clusters; nil when none was asked.
	Live *LiveClusters `json:"live"`
	// NewGitFileGlobbing is the controller's option of that name: patterns of files are matched by doublestar, in which * stays
	// within a folder, instead of by Git.
	NewGitFileGlobbing bool `json:"newGitFileGlobbing"`
}

// LiveClusters are the clusters that a running Argo CD has Secrets for, sorted by the names of the Secrets.
type LiveClusters struct {
	// From says where and when they were read, for people.
	From     string    `json:"from"`
	Clusters []Cluster `json:"clusters"`
}

// Cluster is what the Secret of a cluster says, but for its credentials.
type Cluster struct {
	Name        string            `json:"name"`
	Server      string            `json:"server"`
	Project     string            `json:"project"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

// Repository is a Git repository with a working tree.
type Repository struct {
	URL string `json:"url"`
	// Revision is what the working tree stands for, a branch for instance; empty when it stands for all revisions.
	Revision string `json:"revision"`
	// Root is the absolute path of the working tree.
	Root string `json:"root"`
}

// GeneratedApplications is beside the YAML of an ApplicationSet's Applications.
type GeneratedApplications struct {
	// Applications are in the order in which they are generated. Those without an error stand in the YAML.
	Applications []GeneratedApplication `json:"applications"`
	// Errors are what keeps Applications from being generated.
	Errors []GenerationError `json:"errors"`
	// ControllerError is the first of the errors for which the controller does nothing at all, in its words; empty when it
	// applies the Applications without an error.
	ControllerError string `json:"controllerError"`
	// ClustersFrom says where the clusters come from that a generator asked for: "fixture", or LiveClusters.From. Empty when no
	// generator asked, or nobody knows.
	ClustersFrom string `json:"clustersFrom,omitempty"`
}

// GeneratedApplication is an Application, or why there is none for a set of parameters.
type GeneratedApplication struct {
	// Name is empty when the template could not be rendered.
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	// Generator is where in the ApplicationSet its parameters come from, as in spec.generators[0].git.
	Generator string         `json:"generator"`
	Params    map[string]any `json:"params"`
	// Step is the number, from 1, of the step in which a RollingSync updates it; 0 for none.
	Step int `json:"step,omitempty"`
	// Unresolved are the parameters that the template names and that there are not; only without goTemplate.
	Unresolved []string `json:"unresolved,omitempty"`
	Error      string   `json:"error,omitempty"`
	// Field is where in the ApplicationSet the error is, when that is known.
	Field string `json:"field,omitempty"`
}

// GenerationError is what keeps Applications from being generated.
type GenerationError struct {
	// Path is where in the ApplicationSet, as in spec.generators[0].matrix.generators[1].list.elements[2].
	Path    string `json:"path"`
	Message string `json:"message"`
}
