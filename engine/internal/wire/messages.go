package wire

import "encoding/json"

// Ops of the messages from the host.
const (
	OpBuild          = "build"
	OpTemplate       = "template"
	OpFlux           = "flux"
	OpChartVersion   = "chartVersion"
	OpChartPackage   = "chartPackage"
	OpHelmRelease    = "helmRelease"
	OpValues         = "values"
	OpSyncWindows    = "syncWindows"
	OpHealth         = "health"
	OpCancel         = "cancel"
	OpFiles          = "files"
	OpForget         = "forget"
	OpApplication    = "application"
	OpApplicationSet = "applicationSet"
	OpIgnore         = "ignore"
)

// Ops of the messages from the engine.
const (
	OpReady  = "ready"
	OpNeed   = "need"
	OpResult = "result"
)

// Request is the header of every message from the host. Op says which of the fields are given.
type Request struct {
	Op string `json:"op"`

	// ID names a render, chosen by the host (build, template, cancel).
	ID int `json:"id"`
	// Render is what to render, in the form of its op: a Build, a Template, a Flux (build, template, flux).
	Render json.RawMessage `json:"render"`

	// Answers is the path that the engine asked for (files).
	Answers string `json:"answers"`
	// States tells what is found at paths (files). The contents stand in the body, one behind the other.
	States []PathState `json:"states"`

	// Paths are to be asked for again when they are needed (forget).
	Paths []string `json:"paths"`
}

// PathState tells what is found at a path, links not followed.
type PathState struct {
	Path string `json:"path"`
	// Kind is absent, file, directory, link or unreadable.
	Kind string `json:"kind"`
	// Length is the number of bytes that a file has in the body.
	Length int `json:"length"`
	// Entries are the names in a directory, in any order.
	Entries []string `json:"entries"`
	// Target is where a link points, as written in the link.
	Target string `json:"target"`
	// Reason says why a path is unreadable, in the words that follow "open <path>: ".
	Reason string `json:"reason"`
}

// Ready is the engine's first message.
type Ready struct {
	Op string `json:"op"`
	// Kustomize is the version of kustomize's command line that renders alike.
	Kustomize string `json:"kustomize"`
}

// Need asks the host for the state of a path, to be answered with a files message.
type Need struct {
	Op   string `json:"op"`
	Path string `json:"path"`
}

// Result ends a render. The rendering is the body.
type Result struct {
	Op      string  `json:"op"`
	ID      int     `json:"id"`
	Outcome Outcome `json:"outcome"`
	// Message says why there is no rendering (failed, panicked).
	Message string `json:"message,omitempty"`
	// Stack is where it panicked, for the log.
	Stack string `json:"stack,omitempty"`
	// Reads are the paths whose change can change the outcome: files read and paths found missing.
	Reads []string `json:"reads"`
	// Warnings are the lines that the tool's command line prints on standard error.
	Warnings []string `json:"warnings"`
	// Missing are the sources that the render wanted and the host does not have.
	Missing []Source `json:"missing"`
	// Details is what comes of a render beside the YAML, in the form of its op.
	Details any `json:"details,omitempty"`
	// Trace tells where the YAML comes from, if the request asked for it.
	Trace *Trace `json:"trace,omitempty"`
	// Milliseconds is the render's duration, waiting for files included.
	Milliseconds float64 `json:"milliseconds"`
}

// Outcome of a render.
type Outcome string

// The outcomes.
const (
	Rendered  Outcome = "rendered"
	Failed    Outcome = "failed"
	Cancelled Outcome = "cancelled"
	Panicked  Outcome = "panicked"
)
