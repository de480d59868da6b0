package wire

// Build is what a kustomization is rendered with.
type Build struct {
	// Directory is the absolute path of the kustomization's folder.
	Directory string `json:"directory"`
	// LoadRestrictor is kustomize's own word, LoadRestrictionsRootOnly or LoadRestrictionsNone.
	LoadRestrictor string `json:"loadRestrictor"`
	// Trace asks for a Trace beside the YAML.
	Trace bool `json:"trace"`
	// EnableHelm lets helmCharts be inflated; without it kustomize refuses them.
	EnableHelm bool `json:"enableHelm"`
	// HelmKubeVersion and HelmAPIVersions are what charts are told of the cluster, over what helmCharts says; empty for that.
	HelmKubeVersion string   `json:"helmKubeVersion"`
	HelmAPIVersions []string `json:"helmApiVersions"`
}
