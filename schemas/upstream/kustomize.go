package main

import (
	"fmt"
	"go/ast"
	"maps"

	"golang.org/x/tools/go/packages"
)

// Definitions are JSON schemas by Go type name; references look like `#/definitions/Patch`.
type Definitions map[string]*Definition

// Definition is as much of JSON schema as Go types need.
type Definition struct {
	Type                 string                 `json:"type,omitempty"`
	Format               string                 `json:"format,omitempty"`
	Description          string                 `json:"description,omitempty"`
	Ref                  string                 `json:"$ref,omitempty"`
	Properties           map[string]*Definition `json:"properties,omitempty"`
	Items                *Definition            `json:"items,omitempty"`
	AdditionalProperties *Definition            `json:"additionalProperties,omitempty"`
	// Open objects take any field.
	Open bool `json:"x-kubernetes-preserve-unknown-fields,omitempty"`
}

const (
	kustomizeTypes = "sigs.k8s.io/kustomize/api/types"
	resourceIDs    = "sigs.k8s.io/kustomize/kyaml/resid"
)

// kustomizeDefinitions describes the file kustomization.yaml from kustomize's own Go types, and gives the version
// of kustomize's api module.
func kustomizeDefinitions() (Definitions, string, error) {
	found, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedModule}, kustomizeTypes, resourceIDs)
	if err != nil {
		return nil, "", err
	}
	types := map[string]Type{}
	version := ""
	for _, pkg := range found {
		if len(pkg.Errors) > 0 {
			return nil, "", pkg.Errors[0]
		}
		declared, err := readPackage(pkg.Dir)
		if err != nil {
			return nil, "", err
		}
		maps.Copy(types, declared)
		if pkg.PkgPath == kustomizeTypes {
			version = pkg.Module.Version
		}
	}
	definitions := Definitions{}
	if err := define(definitions, types, "Kustomization"); err != nil {
		return nil, "", err
	}
	return definitions, version, nil
}

func define(definitions Definitions, types map[string]Type, name string) error {
	declared, ok := types[name]
	if !ok {
		return fmt.Errorf("kustomize type %s is not declared", name)
	}
	definition := &Definition{Type: "object", Description: declared.Doc, Properties: map[string]*Definition{}}
	definitions[name] = definition // before its fields: types may contain themselves
	for _, field := range allFields(types, name) {
		property, err := describe(definitions, types, field.Type)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", name, field.Name, err)
		}
		property.Description = field.Doc
		definition.Properties[field.Name] = property
	}
	return nil
}

func describe(definitions Definitions, types map[string]Type, expression ast.Expr) (*Definition, error) {
	switch expression := expression.(type) {
	case *ast.StarExpr:
		return describe(definitions, types, expression.X)
	case *ast.ArrayType:
		items, err := describe(definitions, types, expression.Elt)
		return &Definition{Type: "array", Items: items}, err
	case *ast.MapType:
		if _, anything := expression.Value.(*ast.InterfaceType); anything {
			return &Definition{Type: "object", Open: true}, nil
		}
		values, err := describe(definitions, types, expression.Value)
		return &Definition{Type: "object", AdditionalProperties: values}, err
	}
	switch name := typeName(expression); name {
	case "":
		return nil, fmt.Errorf("a Go type that JSON schema has no word for: %T", expression)
	case "string":
		return &Definition{Type: "string"}, nil
	case "bool":
		return &Definition{Type: "boolean"}, nil
	case "int", "int32", "int64":
		return &Definition{Type: "integer", Format: name}, nil
	default:
		if underlying := types[name].Underlying; underlying != nil {
			return describe(definitions, types, underlying)
		}
		if definitions[name] == nil {
			if err := define(definitions, types, name); err != nil {
				return nil, err
			}
		}
		return &Definition{Ref: "#/definitions/" + name}, nil
	}
}
