package trace

import (
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/utils"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// followed finds the name that a reference follows: that of a resource which was called as the reference was before.
func (t *Tracer) followed(resources []*resource.Resource) func([]string, string, int32) place {
	return func(path []string, value string, before int32) place {
		field := "name"
		if path[len(path)-1] == "namespace" {
			field = "namespace"
		}
		old := t.origins[before].value
		var found []int32
		for _, r := range resources {
			known := t.resources[r]
			if known == nil {
				continue
			}
			named := known.fields.in("metadata", field)
			if named.isLeaf() && t.origins[named.origin].value == value && (before == 0 || t.had(named.origin, old)) {
				found = append(found, named.origin)
			}
		}
		if len(found) == 0 {
			return place{}
		}
		at := t.origins[found[0]].place
		for _, id := range found[1:] {
			other := t.origins[id].place
			if other.file != at.file || other.line != at.line || other.column != at.column {
				return place{}
			}
		}
		at.via = 0
		if len(found) == 1 {
			at.via = found[0]
		}
		return at
	}
}

// had tells whether a value or one that it was made from is this one.
func (t *Tracer) had(id int32, value string) bool {
	for ; id != 0; id = t.origins[id].before {
		if t.origins[id].value == value {
			return true
		}
	}
	return false
}

var variable = regexp.MustCompile(`\$\(([^)]*)\)`)

// substituted finds the field that the only variable in a value stands for.
func (t *Tracer) substituted(resources []*resource.Resource) func([]string, string, int32) place {
	return func(_ []string, _ string, before int32) place {
		names := variable.FindAllStringSubmatch(t.origins[before].value, -1)
		if len(names) != 1 {
			return place{}
		}
		for _, k := range t.kustomizations {
			for _, declared := range k.content.Vars {
				if declared.Name != names[0][1] {
					continue
				}
				declared.Defaulting()
				return t.variableSource(declared.Name, declared.FieldRef.FieldPath, resources)
			}
		}
		return place{}
	}
}

func (t *Tracer) variableSource(name, fieldPath string, resources []*resource.Resource) place {
	i := slices.IndexFunc(resources, func(r *resource.Resource) bool { return slices.Contains(r.GetRefVarNames(), name) })
	if i < 0 {
		return place{}
	}
	n, err := resources[i].Pipe(yaml.Lookup(utils.SmarterPathSplitter(strings.TrimPrefix(fieldPath, "."), ".")...))
	if err != nil || n.IsNil() {
		return place{}
	}
	at := t.origins[t.originIn(n.YNode())].place
	at.via = t.originIn(n.YNode())
	return at
}
