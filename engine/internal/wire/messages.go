package wire

// Ops of the messages from the host.
const (
	OpBuild    = "build"
	OpTemplate = "template"
	OpCancel   = "cancel"
	OpFiles    = "files"
	OpForget   = "forget"
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
	// Directory is the absolute path of the kustomization's folder (build).
	Directory string `json:"directory"`
	// LoadRestrictor is kustomize's own word, LoadRestrictionsRootOnly or LoadRestrictionsNone (build).
	LoadRestrictor string `json:"loadRestrictor"`

	Template

	// Answers is the path that the engine asked for (files).
	Answers string `json:"answers"`
	// States tells what is found at paths (files). The contents stand in the body, one behind the other.
	States []PathState `json:"states"`

	// Paths are to be asked for again when they are needed (forget).
	Paths []string `json:"paths"`
}

// Template is what a chart is rendered with (template), in the words of the command `helm template`.
type Template struct {
	// Chart is the absolute path of the chart's folder or package.
	Chart string `json:"chart"`
	// Release is the name of the release; empty for the chart's own name.
	Release   string `json:"release"`
	Namespace string `json:"namespace"`
	// ValueFiles are absolute paths; later ones win.
	ValueFiles []string `json:"valueFiles"`
	// Values is YAML that wins over the files.
	Values string `json:"values"`
	// Set and SetString are single values, as `path=value`, that win over the others.
	Set         []string `json:"set"`
	SetString   []string `json:"setString"`
	IncludeCRDs bool     `json:"includeCRDs"`
	// KubeVersion is the cluster's Kubernetes version; empty for Helm's default.
	KubeVersion string `json:"kubeVersion"`
	// APIVersions are those that the cluster has beyond Helm's defaults.
	APIVersions []string `json:"apiVersions"`
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
