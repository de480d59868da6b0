package wire

// Rendering is what comes of a render, whichever op asked for it.
type Rendering struct {
	YAML []byte
	// Warnings are the lines that the tool's command line prints on standard error; given beside an error too.
	Warnings []string
	// Details is what the op gives beside the YAML; nil for nothing.
	Details any
	// Trace tells where the YAML comes from; nil when nobody asked.
	Trace *Trace
}
