package nameref

import (
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// References tells which resources references follow.
type References struct {
	// Follow is told of a node that was set to a field of a resource's metadata, name or namespace. Of several resources the same is
	// taken.
	Follow func(node *yaml.Node, field string, from []*resource.Resource)
	// alike are the resources between which it did not matter.
	alike []*resource.Resource
}

// choose notes between which resources it does not matter.
func (r *References) choose(candidates []*resource.Resource) {
	if r != nil {
		r.alike = candidates
	}
}

// followed tells that a node, or the field of a mapping, was set by a resource's.
func (f Filter) followed(node *yaml.RNode, field string, referral *resource.Resource, err error) error {
	if err != nil || f.References == nil {
		return err
	}
	set, source := node.YNode(), yaml.NameField
	if field != "" {
		set, source = node.Field(field).Value.YNode(), field
	}
	from := []*resource.Resource{referral}
	if alike := f.References.alike; len(alike) > 0 && alike[0] == referral {
		from = alike
	}
	f.References.Follow(set, source, from)
	return nil
}
