package openapi

import (
	_ "embed"
	"strings"
	"sync"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// kyaml parses all of its built-in schema when the first field of it is asked for, and few definitions are ever needed. They are
// taken apart when the engine is built (scripts/kyaml-module.ts), and each is parsed when it is asked for.

// Lines with a name, the types of resources (`v1 Pod`, separated by commas) and the JSON of a definition, separated by tabs.
//
//go:embed kubernetesapi/data/definitions.txt
var definitionLines string

// Lines with a type of resources and its scope, separated by a tab.
//
//go:embed kubernetesapi/data/scopes.txt
var scopeLines string

// builtin has the definitions that kyaml brings along.
type builtin struct {
	// texts are the definitions in JSON, by name.
	texts map[string]string
	// names are those of the definitions of types.
	names map[yaml.TypeMeta]string
	// namespaced tells of types whose scope is known.
	namespaced map[yaml.TypeMeta]bool

	mu   sync.Mutex
	made map[string]*spec.Schema
}

// builtins are the same for whoever has not turned them off: nobody changes a schema.
var builtins = sync.OnceValue(func() *builtin {
	b := &builtin{
		texts: map[string]string{}, names: map[yaml.TypeMeta]string{}, namespaced: map[yaml.TypeMeta]bool{}, made: map[string]*spec.Schema{},
	}
	for line := range strings.Lines(definitionLines) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		types, text, _ := strings.Cut(rest, "\t")
		b.texts[name] = text
		for types != "" {
			var first string
			first, types, _ = strings.Cut(types, ",")
			b.names[typeOf(first)] = name
		}
	}
	for line := range strings.Lines(scopeLines) {
		of, scope, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		b.namespaced[typeOf(of)] = scope == "Namespaced"
	}
	return b
})

func typeOf(text string) yaml.TypeMeta {
	apiVersion, kind, _ := strings.Cut(text, " ")
	return yaml.TypeMeta{APIVersion: apiVersion, Kind: kind}
}

// definition gives a definition; nil when there is none of this name.
func (b *builtin) definition(name string) (*spec.Schema, error) {
	text, ok := b.texts[name]
	if !ok {
		return nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, ok := b.made[name]; ok {
		return known, nil
	}
	schema := &spec.Schema{}
	if err := schema.UnmarshalJSON([]byte(text)); err != nil {
		return nil, err
	}
	b.made[name] = schema
	return schema, nil
}

// useBuiltins does what AddDefinitions does with all definitions: they take the place of others with their names and types, and
// those that are added later take theirs.
func useBuiltins() {
	globalSchema.builtin = builtins()
	for name := range globalSchema.schema.Definitions {
		if _, ok := globalSchema.builtin.texts[name]; ok {
			delete(globalSchema.schema.Definitions, name)
		}
	}
	for of := range globalSchema.schemaByResourceType {
		if _, ok := globalSchema.builtin.names[of]; ok {
			delete(globalSchema.schemaByResourceType, of)
		}
	}
	if globalSchema.namespaceabilityByResourceType == nil {
		globalSchema.namespaceabilityByResourceType = map[yaml.TypeMeta]bool{}
	}
	for of, namespaced := range globalSchema.builtin.namespaced {
		globalSchema.namespaceabilityByResourceType[of] = namespaced
	}
}

// schemaOf gives the schema of a type of resources.
func schemaOf(of yaml.TypeMeta) (*spec.Schema, bool) {
	if schema, ok := globalSchema.schemaByResourceType[of]; ok || globalSchema.builtin == nil {
		return schema, ok
	}
	name, ok := globalSchema.builtin.names[of]
	if !ok {
		return nil, false
	}
	schema, err := globalSchema.builtin.definition(name)
	if err != nil {
		panic(err) // as where kyaml parses all
	}
	return schema, true
}

// withDefinition gives a schema in which a reference leads where it leads in root, once all definitions are in it.
func withDefinition(root interface{}, ref *spec.Ref) (interface{}, error) {
	path := ref.GetPointer().DecodedTokens()
	if root != any(&globalSchema.schema) || globalSchema.builtin == nil || len(path) < 2 || path[0] != Definitions {
		return root, nil
	}
	if _, ok := globalSchema.schema.Definitions[path[1]]; ok {
		return root, nil
	}
	schema, err := globalSchema.builtin.definition(path[1])
	if schema == nil {
		return root, err
	}
	return &spec.Schema{SchemaProps: spec.SchemaProps{Definitions: spec.Definitions{path[1]: *schema}}}, nil
}
