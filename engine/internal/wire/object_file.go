package wire

// ObjectFile is where the text of a rendered object stands, if it stands in a file as it was given.
type ObjectFile struct {
	// Path is absolute.
	Path string `json:"path"`
	// Line is the one that the text begins at, from 1.
	Line int `json:"line"`
}
