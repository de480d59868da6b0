package trace

import (
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/utils"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Follow is told of each reference that kustomize sets to the name or the namespace of a resource, or of several that are called alike:
// then they must have it from one place.
func (t *Tracer) Follow(reference *yaml.Node, field string, from []*resource.Resource) {
	var at place
	for i, r := range from {
		named := find(r.YNode(), "metadata", field)
		if named == nil || t.originIn(named) == 0 {
			at = place{}
			break
		}
		id := t.originIn(named)
		other := t.origins[id].place
		if i == 0 {
			at, at.via = other, id
			continue
		}
		at.via = 0
		if other.via = 0; other != at {
			at = place{}
			break
		}
	}
	t.references[reference] = at
}

var variable = regexp.MustCompile(`\$\(([^)]*)\)`)

// substituted finds the field that the only variable in a value stands for.
func (t *Tracer) substituted(resources []*resource.Resource) func(*yaml.Node, []string, int32) place {
	return func(_ *yaml.Node, _ []string, before int32) place {
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
