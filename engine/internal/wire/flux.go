package wire

// Flux is what a Flux Kustomization is rendered with.
type Flux struct {
	// Object is the Kustomization, as YAML or JSON.
	Object string `json:"object"`
	// FluxSource is what spec.sourceRef names; spec.path is relative to its top folder.
	FluxSource
	// Substitutions are the variables that spec.postBuild.substituteFrom amounts to, later ones over earlier ones.
	Substitutions map[string]string `json:"substitutions"`
	// Strict refuses variables without a value, as the controller's feature gate StrictPostBuildSubstitutions does.
	Strict bool `json:"strict"`
	// KeepUnknown leaves variables without a value open, as ${NAME}, also where they have a default: something that may give them is not known to
	// the host.
	KeepUnknown bool `json:"keepUnknown"`
	// OwnerLabels adds the labels by which the controller knows what it applied.
	OwnerLabels bool `json:"ownerLabels"`
	// Trace tells where each field comes from.
	Trace      bool        `json:"trace"`
	ObjectFile *ObjectFile `json:"objectFile"`
}

// FluxDetails is what comes of a Flux Kustomization beside the YAML, or beside an error as far as it was made. Resources are
// named kind/namespace/name, or kind/name.
type FluxDetails struct {
	// Kustomization is the path of the file that was built: the folder's own, with the object's fields added, or one that was generated.
	Kustomization string `json:"kustomization"`
	// Generated tells that the folder has none of its own.
	Generated bool `json:"generated"`
	// Substituted are the variables found in resources, by name.
	Substituted []FluxVariable `json:"substituted"`
	Encrypted   []FluxSecret   `json:"encrypted"`
	// Problem is where the substitution failed.
	Problem *FluxProblem `json:"problem,omitempty"`
}

// FluxVariable is a variable that resources refer to.
type FluxVariable struct {
	Name string `json:"name"`
	// Set tells whether it has a value.
	Set bool `json:"set"`
	// Where are the resources that refer to it.
	Where []string `json:"where"`
}

// FluxSecret is a resource that SOPS encrypted, in whole or in some keys of its data.
type FluxSecret struct {
	Resource string `json:"resource"`
	// Keys of the data whose values are encrypted files; empty when the resource itself is encrypted.
	Keys []string `json:"keys"`
	// Decrypted tells whether the controller will decrypt it: what it applies differs from the rendering.
	Decrypted bool `json:"decrypted"`
}

// FluxProblem names the resource that substitution failed in, and the variable if it is one's fault.
type FluxProblem struct {
	Resource string `json:"resource"`
	Variable string `json:"variable"`
}
