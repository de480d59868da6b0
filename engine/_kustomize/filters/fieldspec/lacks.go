package fieldspec

import "sigs.k8s.io/kustomize/kyaml/yaml"

// lacks tells whether looking up a field in a mapping certainly finds nothing. Of the many fields that a transformer is told to change,
// an object has few.
func lacks(object *yaml.RNode, field string) bool {
	if !isPlain(field) {
		return false // it may mean something else than a field
	}
	content := object.YNode().Content
	for i := 0; i+1 < len(content); i += 2 {
		if content[i].Value == field {
			return false
		}
	}
	return true
}

// isPlain tells whether a name has letters only.
func isPlain(name string) bool {
	for i := range len(name) {
		if letter := name[i] | 0x20; letter < 'a' || letter > 'z' {
			return false
		}
	}
	return name != ""
}
