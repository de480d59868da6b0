package wire

// Pruned is an object that fields are to be taken out of, as an Application's ignoreDifferences names them.
type Pruned struct {
	// Object is a Kubernetes object as JSON.
	Object string `json:"object"`
	// JSONPointers name fields (RFC 6901); those that are not there are no error.
	JSONPointers []string `json:"jsonPointers"`
	// JQPathExpressions name fields in the language of jq.
	JQPathExpressions []string `json:"jqPathExpressions"`
}
