package wire

// Build is what a kustomization is rendered with.
type Build struct {
	// Directory is the absolute path of the kustomization's folder.
	Directory string `json:"directory"`
	// LoadRestrictor is kustomize's own word, LoadRestrictionsRootOnly or LoadRestrictionsNone.
	LoadRestrictor string `json:"loadRestrictor"`
	// Trace asks for a Trace beside the YAML.
	Trace bool `json:"trace"`
}
