package wire

// Application is what an Argo CD Application is rendered with.
type Application struct {
	// Object is the Application, as YAML or JSON.
	Object string `json:"object"`
	// Sources are what the host knows about each of its sources, in their order; a source without an entry is looked for
	// elsewhere.
	Sources []ApplicationSource `json:"sources"`
	// ControllerNamespace is where Argo CD runs; an Application in another one is named after its namespace too. Empty for the
	// Application's own.
	ControllerNamespace string `json:"controllerNamespace"`
	// KubeVersion is the cluster's Kubernetes version; empty for Helm's default.
	KubeVersion string `json:"kubeVersion"`
	// APIVersions are those that the cluster has beyond Helm's defaults.
	APIVersions []string `json:"apiVersions"`
	// LoadRestrictor is that of kustomize.buildOptions, in kustomize's own word.
	LoadRestrictor string `json:"loadRestrictor"`
	// EnableHelm lets charts of kustomizations be inflated, as --enable-helm in kustomize.buildOptions does.
	EnableHelm bool     `json:"enableHelm"`
	Tracking   Tracking `json:"tracking"`
	// Trace tells where each field comes from.
	Trace      bool        `json:"trace"`
	ObjectFile *ObjectFile `json:"objectFile"`
}

// ApplicationSource is where one source of an Application is.
type ApplicationSource struct {
	// Root is the absolute path of the repository's working tree, or of the chart's folder; empty when the source lies elsewhere.
	Root string `json:"root"`
	// Revision is the commit that the working tree is at, which $ARGOCD_APP_REVISION stands for; may be empty.
	Revision string `json:"revision"`
}

// Tracking says how Argo CD marks the objects that belong to an Application.
type Tracking struct {
	// Method is Argo CD's own word: label, annotation, annotation+label; or none.
	Method string `json:"method"`
	// Label is the key of the label (application.instanceLabelKey).
	Label string `json:"label"`
	// InstallationID tells several installations of Argo CD apart; empty for one.
	InstallationID string `json:"installationID"`
}

// ApplicationDetails tells about the sources that a rendering is made of.
type ApplicationDetails struct {
	Sources []SourceDetails `json:"sources"`
}

// SourceDetails tells about one source of an Application.
type SourceDetails struct {
	// Type is Kustomize, Helm, Directory or Plugin; empty for a source that gives no manifests.
	Type string `json:"type"`
	// Path is the folder that was rendered: absolute.
	Path string `json:"path"`
	// ValueFiles are the absolute paths of the files that are laid over a chart's values, the strongest last.
	ValueFiles []string `json:"valueFiles"`
	// Manifests is how many there are.
	Manifests int `json:"manifests"`
}
