package wire

// FluxSource is where the artifact of a source of Flux's comes from.
type FluxSource struct {
	// Root is the absolute path of the folder that the artifact is made of. It is empty for a source of which the host may have a copy,
	// and for an artifact that is put together.
	Root string `json:"root"`
	// Source is the Git repository to take a copy of when there is no Root.
	Source Source `json:"source"`
	// Ignore is the source's spec.ignore: lines as in .sourceignore.
	Ignore string `json:"ignore"`
	// Artifact is how the artifact is put together when there is neither.
	Artifact *ExternalArtifact `json:"artifact"`
}

// ExternalArtifact is an artifact that an ArtifactGenerator puts together.
type ExternalArtifact struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	// Generator is the ArtifactGenerator, as YAML or JSON.
	Generator string `json:"generator"`
	// Sources are those of spec.sources, by their aliases.
	Sources map[string]FluxSource `json:"sources"`
}
