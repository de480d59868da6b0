// Renders Flux Kustomizations with the libraries of kustomize-controller v1.9.5. It reads a JSON array of requests, in the form of
// the engine's op flux, and prints a JSON array of what comes of each.
package main

import (
	"encoding/json"
	"log"
	"os"
)

// request is engine/internal/wire/flux.go.
type request struct {
	Object        string            `json:"object"`
	Root          string            `json:"root"`
	Ignore        string            `json:"ignore"`
	Substitutions map[string]string `json:"substitutions"`
	Strict        bool              `json:"strict"`
	OwnerLabels   bool              `json:"ownerLabels"`
}

// result is a rendering, or why there is none.
type result struct {
	YAML  string `json:"yaml"`
	Error string `json:"error"`
}

func main() {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		log.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = os.Stderr // kustomize prints what it warns of
	results := make([]result, len(requests))
	for i, request := range requests {
		yaml, err := inArtifact(request, render)
		results[i].YAML = yaml
		if err != nil {
			results[i].Error = err.Error()
		}
	}
	if err := json.NewEncoder(stdout).Encode(results); err != nil {
		log.Fatal(err)
	}
}
