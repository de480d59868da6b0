package openapi

import (
	"reflect"
	"testing"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// What is found for a type, at a reference and about a scope is what kyaml finds once it has parsed all of its schema.
func TestDefinitionsAreThoseOfTheBundle(t *testing.T) {
	ResetOpenAPI()
	defer ResetOpenAPI()
	initSchema()
	lazily := globalSchema
	wholly := openapiData{}
	globalSchema = wholly
	if err := parseBuiltinBundle(builtinKubernetesOpenAPIBundle); err != nil {
		t.Fatal(err)
	}
	if err := parse(builtinKustomizationOpenAPI); err != nil {
		t.Fatal(err)
	}
	wholly, globalSchema = globalSchema, lazily

	if len(wholly.schema.Definitions) < 600 || len(wholly.schemaByResourceType) < 200 {
		t.Fatalf("the bundle has %d definitions and %d types", len(wholly.schema.Definitions), len(wholly.schemaByResourceType))
	}
	for name, want := range wholly.schema.Definitions {
		ref := spec.MustCreateRef("#/definitions/" + name)
		if got, err := Resolve(&ref, Schema()); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	for of, want := range wholly.schemaByResourceType {
		if got := SchemaForResourceType(of); got == nil || !reflect.DeepEqual(got.Schema, want) {
			t.Errorf("%v: got %v", of, got)
		}
	}
	if got := SchemaForResourceType(yaml.TypeMeta{APIVersion: "example.org/v1", Kind: "Unknown"}); got != nil {
		t.Errorf("got %v for an unknown type", got)
	}
	if !reflect.DeepEqual(globalSchema.namespaceabilityByResourceType, wholly.namespaceabilityByResourceType) {
		t.Error("scopes differ")
	}
}

func TestReferencesLeadIntoDefinitions(t *testing.T) {
	ResetOpenAPI()
	defer ResetOpenAPI()
	for path, want := range map[string]string{
		"#/definitions/io.k8s.api.apps.v1.Deployment/properties/kind": "string",
		"#/definitions/io.k8s.api.apps.v1.Deployment":                 "object",
	} {
		ref := spec.MustCreateRef(path)
		if got, err := Resolve(&ref, Schema()); err != nil || got.Type[0] != want {
			t.Errorf("%s: got %v, %v", path, got, err)
		}
	}
	missing := spec.MustCreateRef("#/definitions/missing")
	if got, err := Resolve(&missing, Schema()); err == nil {
		t.Errorf("got %v", got)
	}
}

// An added definition takes the place of a built-in one, and the built-in ones, where they come later, that of an added one.
func TestDefinitionsThatComeLaterCount(t *testing.T) {
	configMap := yaml.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"}
	own := []byte(`{"definitions": {"io.k8s.api.core.v1.ConfigMap": {"type": "object", "description": "own",
		"x-kubernetes-group-version-kind": [{"group": "", "version": "v1", "kind": "ConfigMap"}]}}}`)
	ref := spec.MustCreateRef("#/definitions/io.k8s.api.core.v1.ConfigMap")
	described := func() [2]string {
		found, err := Resolve(&ref, Schema())
		if err != nil {
			t.Fatal(err)
		}
		return [2]string{SchemaForResourceType(configMap).Schema.Description, found.Description}
	}
	defer ResetOpenAPI()

	ResetOpenAPI()
	builtIn := described()
	if err := AddSchema(own); err != nil {
		t.Fatal(err)
	}
	if got := described(); got != [2]string{"own", "own"} {
		t.Errorf("added later: got %q", got)
	}
	ResetOpenAPI()
	if err := AddSchema(own); err != nil {
		t.Fatal(err)
	}
	if got := described(); got != builtIn {
		t.Errorf("added before: got %q", got)
	}
}
