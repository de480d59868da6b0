package render

import (
	"sync"

	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// kyaml keeps the OpenAPI schema in globals. Builds without an openapi field only read it and run side by side; a build
// with one changes it, so it runs alone, and everything is as before when it ends.
var schema sync.RWMutex

// Warm parses kustomize's built-in schema, which kustomize would otherwise do in the middle of the first build, where
// reading it is not safe for a second one.
func Warm() {
	schema.Lock()
	defer schema.Unlock()
	loadSchema()
}

// WithSharedSchema runs what reads kyaml's schema, such as a build, beside others. Calls don't nest.
func WithSharedSchema(build func()) {
	schema.RLock()
	defer schema.RUnlock()
	build()
}

// withOwnSchema runs a build alone, from the state that a fresh process has.
func withOwnSchema(build func()) {
	schema.Lock()
	defer schema.Unlock()
	openapi.ResetOpenAPI()
	defer func() {
		openapi.ResetOpenAPI()
		loadSchema()
	}()
	build()
}

func loadSchema() {
	openapi.SchemaForResourceType(yaml.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"})
}
