package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Type is a type declaration of a Go package, as far as JSON is concerned.
type Type struct {
	Doc string
	// Fields are the fields of a struct, in their order; none for other types.
	Fields []Field
	// Underlying is what is declared when it is no struct: `string`, `[]Patch` …
	Underlying ast.Expr
	// Values are the constants of a type that is marked `+enum`: it takes no others.
	Values []string
}

// Field is an exported field that JSON reads.
type Field struct {
	// Name is the JSON name; empty when the fields of Type are inlined here.
	Name     string
	Doc      string
	Type     ast.Expr
	Optional bool
}

var enumMarker = regexp.MustCompile(`(?m)^\+enum$`)

// readPackage reads the type declarations in folder, without its tests.
func readPackage(folder string) (map[string]Type, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	types := map[string]Type{}
	values := map[string][]string{}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, filepath.Join(folder, name), nil, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("reading Go types: %w", err)
		}
		for _, declaration := range file.Decls {
			general, ok := declaration.(*ast.GenDecl)
			switch {
			case ok && general.Tok == token.TYPE:
				addTypes(types, general)
			case ok && general.Tok == token.CONST:
				addConstants(values, general)
			}
		}
	}
	for name, declared := range types {
		if declared.Values != nil {
			declared.Values = values[name]
			types[name] = declared
		}
	}
	return types, nil
}

// addConstants collects the text constants of each type.
func addConstants(values map[string][]string, declaration *ast.GenDecl) {
	for _, spec := range declaration.Specs {
		constants, ok := spec.(*ast.ValueSpec)
		if !ok || constants.Type == nil {
			continue
		}
		for _, value := range constants.Values {
			literal, ok := value.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				continue
			}
			if text, err := strconv.Unquote(literal.Value); err == nil {
				name := typeName(constants.Type)
				values[name] = append(values[name], text)
			}
		}
	}
}

func addTypes(types map[string]Type, declaration *ast.GenDecl) {
	for _, spec := range declaration.Specs {
		typeSpec, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		doc := typeSpec.Doc
		if doc == nil {
			doc = declaration.Doc
		}
		declared := Type{Doc: docText(doc), Underlying: typeSpec.Type}
		if structure, ok := typeSpec.Type.(*ast.StructType); ok {
			declared.Underlying = nil
			for _, field := range structure.Fields.List {
				declared.Fields = append(declared.Fields, readField(field)...)
			}
		}
		if doc != nil && enumMarker.MatchString(doc.Text()) {
			declared.Values = []string{}
		}
		types[typeSpec.Name.Name] = declared
	}
}

func readField(field *ast.Field) []Field {
	tag := ""
	if field.Tag != nil {
		tag = reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
	}
	name, options, _ := strings.Cut(tag, ",")
	if name == "-" {
		return nil
	}
	doc := field.Doc
	if doc == nil {
		doc = field.Comment
	}
	read := Field{Name: name, Doc: docText(doc), Type: field.Type, Optional: strings.Contains(options, "omitempty")}
	if len(field.Names) == 0 {
		return []Field{read} // embedded: inlined unless it has a JSON name
	}
	if !field.Names[0].IsExported() {
		return nil
	}
	if read.Name == "" {
		read.Name = field.Names[0].Name
	}
	return []Field{read}
}

// docText is a doc comment without markers for code generators.
func docText(comment *ast.CommentGroup) string {
	if comment == nil {
		return ""
	}
	var lines []string
	for _, line := range strings.Split(comment.Text(), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "+") || strings.HasPrefix(line, "nolint") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// allFields are the JSON fields of a type with those of embedded structs put in their place.
func allFields(types map[string]Type, name string) []Field {
	var fields []Field
	for _, field := range types[name].Fields {
		if field.Name != "" {
			fields = append(fields, field)
			continue
		}
		fields = append(fields, allFields(types, typeName(field.Type))...)
	}
	return fields
}

// typeName is the name of the declared type behind pointers and package names; empty for maps, slices and the like.
func typeName(expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.StarExpr:
		return typeName(expression.X)
	case *ast.SelectorExpr:
		return expression.Sel.Name
	case *ast.Ident:
		return expression.Name
	}
	return ""
}
