package main

import (
	"go/ast"
	"path/filepath"
)

// FieldValues has the accepted values by type, such as `core.v1.Container`, and field. For a list they are those of
// its items.
type FieldValues map[string]map[string][]string

// kubernetesValues reads the types of k8s.io/api that are marked as enums. The API server checks them; its OpenAPI
// document does not list them.
func kubernetesValues(folder string) (FieldValues, error) {
	core, err := readPackage(filepath.Join(folder, "core", "v1"))
	if err != nil {
		return nil, err
	}
	packages, err := filepath.Glob(filepath.Join(folder, "*", "v*"))
	if err != nil {
		return nil, err
	}
	values := FieldValues{}
	for _, pkg := range packages {
		types, err := readPackage(pkg)
		if err != nil {
			return nil, err
		}
		prefix := filepath.Base(filepath.Dir(pkg)) + "." + filepath.Base(pkg) + "."
		for name := range types {
			for _, field := range allFields(types, name) {
				accepted := enumValues(types, core, field.Type)
				if len(accepted) == 0 {
					continue
				}
				if values[prefix+name] == nil {
					values[prefix+name] = map[string][]string{}
				}
				values[prefix+name][field.Name] = accepted
			}
		}
	}
	return values, nil
}

func enumValues(types, core map[string]Type, goType ast.Expr) []string {
	switch goType := goType.(type) {
	case *ast.StarExpr:
		return enumValues(types, core, goType.X)
	case *ast.ArrayType:
		return enumValues(types, core, goType.Elt)
	case *ast.SelectorExpr:
		return core[goType.Sel.Name].Values // only core's types are used by other packages
	case *ast.Ident:
		return types[goType.Name].Values
	}
	return nil
}
