package wire

import "encoding/json"

// Health asks how objects of a cluster stand, in the terms of one of the tools.
type Health struct {
	// Tool is `argocd` or `flux`.
	Tool string `json:"tool"`
	// Objects are the live objects, as the API server gives them.
	Objects []json.RawMessage `json:"objects"`
}

// HealthState is how an object stands; the details of what comes of Health are one for each object.
type HealthState struct {
	// Status is Argo CD's (Healthy, Progressing, Degraded, Suspended, Missing, Unknown), empty where it does not say, or kstatus'
	// (Current, InProgress, Failed, Terminating, NotFound, Unknown).
	Status  string `json:"status"`
	Message string `json:"message"`
}
