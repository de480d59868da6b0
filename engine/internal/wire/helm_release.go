package wire

// HelmRelease is what Flux's helm-controller is given for a HelmRelease.
type HelmRelease struct {
	// Object is the HelmRelease, as YAML or JSON.
	Object string `json:"object"`
	// ChartObject is the HelmChart that spec.chartRef names, as YAML or JSON; empty for other references.
	ChartObject string `json:"chartObject"`
	// Chart is the absolute path of the chart's folder or package; empty when Source is given.
	Chart string `json:"chart"`
	// Root is the absolute path of the folder that a GitRepository or Bucket stands for, from which valuesFiles and local
	// dependencies are found; empty for a chart of a HelmRepository or OCIRepository.
	Root string `json:"root"`
	// Source is where the chart comes from when there is no path of it: a Git repository, in which spec.chart.spec.chart is a
	// path; or a chart.
	Source *Source `json:"source"`
	// Artifact is the artifact that spec.chartRef names, when it is put together and neither Chart nor Source is given.
	Artifact *ExternalArtifact `json:"artifact"`
	// Objects are the ConfigMaps and Secrets that spec.valuesFrom names, as YAML or JSON, as far as they are known.
	Objects []string `json:"objects"`
	// KubeVersion is the cluster's Kubernetes version; empty for Helm's default.
	KubeVersion string `json:"kubeVersion"`
	// APIVersions are those that the cluster has beyond Helm's defaults.
	APIVersions []string `json:"apiVersions"`
	// OriginLabels adds the labels that helm-controller marks its objects with.
	OriginLabels bool `json:"originLabels"`
	// Trace tells where each field comes from.
	Trace      bool        `json:"trace"`
	ObjectFile *ObjectFile `json:"objectFile"`
}

// HelmReleaseDetails is told of a HelmRelease beside its manifests.
type HelmReleaseDetails struct {
	// Release is the name of the Helm release, shortened as helm-controller does.
	Release string `json:"release"`
	// Namespace is the release's, StorageNamespace that of Helm's own record of it.
	Namespace        string `json:"namespace"`
	StorageNamespace string `json:"storageNamespace"`
	// Chart and Version are those of the chart.
	Chart   string `json:"chart"`
	Version string `json:"version"`
}
