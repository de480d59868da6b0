package wire

// ChartPackage asks whether a file is a whole chart, and which.
type ChartPackage struct {
	// File is the absolute path of the package.
	File string `json:"file"`
}

// ChartIdentity is the details of what comes of a ChartPackage.
type ChartIdentity struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}
