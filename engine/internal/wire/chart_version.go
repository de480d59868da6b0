package wire

// ChartVersion asks which chart a version or range means, as Helm decides it.
type ChartVersion struct {
	// Index is the absolute path of a chart repository's index.yaml; empty to choose among Tags.
	Index string `json:"index"`
	// Name of the chart in the index.
	Name string `json:"name"`
	// Tags are those of an OCI registry's repository.
	Tags []string `json:"tags"`
	// Version is a version or a range; empty for the newest one.
	Version string `json:"version"`
}

// ChosenVersion is the details of what comes of a ChartVersion.
type ChosenVersion struct {
	// Version is the chart's; a `+` in it is a `_` in the tag.
	Version string `json:"version"`
	// URL is where the package is, possibly relative to the repository's; empty for a tag.
	URL string `json:"url"`
	// Digest of the package (SHA-256, hexadecimal), where the index has it.
	Digest string `json:"digest"`
}
