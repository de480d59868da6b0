package wire

// Template is what a chart is rendered with, in the words of the command `helm template`.
type Template struct {
	// Chart is the absolute path of the chart's folder or package.
	Chart string `json:"chart"`
	// Release is the name of the release; empty for the chart's own name.
	Release   string `json:"release"`
	Namespace string `json:"namespace"`
	// ValueFiles are absolute paths; later ones win.
	ValueFiles []string `json:"valueFiles"`
	// Values is YAML that wins over the files.
	Values string `json:"values"`
	// Set and SetString are single values, as `path=value`, that win over the others.
	Set       []string `json:"set"`
	SetString []string `json:"setString"`
	// SetFile are values that stand in files, as `path=file`, that win over the others.
	SetFile     []string `json:"setFile"`
	IncludeCRDs bool     `json:"includeCRDs"`
	// SkipTests leaves out the hooks that are tests.
	SkipTests bool `json:"skipTests"`
	// SkipSchemaValidation leaves the charts' values.schema.json out.
	SkipSchemaValidation bool `json:"skipSchemaValidation"`
	// KubeVersion is the cluster's Kubernetes version; empty for Helm's default.
	KubeVersion string `json:"kubeVersion"`
	// APIVersions are those that the cluster has beyond Helm's defaults.
	APIVersions []string `json:"apiVersions"`
	// Trace asks for a Trace beside the YAML.
	Trace bool `json:"trace"`
}
