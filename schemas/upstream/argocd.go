package main

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

// argoKinds reads the custom resource definitions that Argo CD publishes in its module, and puts the comments of its
// Go types where they have no description: ApplicationSet's are published without a single one. Running controller-gen
// over the types instead would describe as much, but needs a thousand packages that they import.
func argoKinds(folder, version string) ([]Kind, error) {
	types, err := readPackage(filepath.Join(folder, "pkg", "apis", "application", "v1alpha1"))
	if err != nil {
		return nil, err
	}
	var kinds []Kind
	for _, file := range []string{"application-crd.yaml", "applicationset-crd.yaml", "appproject-crd.yaml"} {
		text, err := os.ReadFile(filepath.Join(folder, "manifests", "crds", file))
		if err != nil {
			return nil, err
		}
		var definition apiextensions.CustomResourceDefinition
		if err := yaml.Unmarshal(text, &definition); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		served := servedKinds(definition, "github.com/argoproj/argo-cd/v3", version)
		for _, kind := range served {
			comment(kind.Schema, types, &ast.Ident{Name: kind.Kind})
		}
		kinds = append(kinds, served...)
	}
	return kinds, nil
}

// comment fills empty descriptions in schema, which describes values of the Go type.
func comment(schema *apiextensions.JSONSchemaProps, types map[string]Type, goType ast.Expr) {
	switch goType := goType.(type) {
	case *ast.StarExpr:
		comment(schema, types, goType.X)
		return
	case *ast.ArrayType:
		if schema.Items != nil && schema.Items.Schema != nil {
			comment(schema.Items.Schema, types, goType.Elt)
		}
		return
	case *ast.MapType:
		if schema.AdditionalProperties != nil && schema.AdditionalProperties.Schema != nil {
			comment(schema.AdditionalProperties.Schema, types, goType.Value)
		}
		return
	case *ast.SelectorExpr:
		return // a type of another package, whose comments were not read
	}
	name := typeName(goType)
	if underlying := types[name].Underlying; underlying != nil {
		comment(schema, types, underlying)
		return
	}
	if schema.Description == "" {
		schema.Description = types[name].Doc
	}
	for _, field := range allFields(types, name) {
		property, ok := schema.Properties[field.Name]
		if !ok {
			continue
		}
		if property.Description == "" {
			property.Description = field.Doc
		}
		comment(&property, types, field.Type)
		schema.Properties[field.Name] = property
	}
}
