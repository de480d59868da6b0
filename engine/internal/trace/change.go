package trace

import (
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// change is what a step did to one resource.
type change struct {
	*Tracer
	step int32
	// old is the resource before the step.
	old *fields
	// explain finds where the step took a value from that it set.
	explain func(n *yaml.Node, path []string, before int32) place
	// sets tells whether the step sets the field at a path, although its value is the same and its node is a new one.
	sets func(path []string, value string) bool
	// touched are the paths, joined, of fields that the step sets although nothing shows it.
	touched map[string]bool
	// rebuilt: the resource went through JSON, and old tells the origins of all that is in it.
	rebuilt bool

	known map[int32]bool
}

// follow gives the fields of a node after the step, and marks its leaves.
func (c *change) follow(n *yaml.Node, old *fields, l level, path []string) *fields {
	if isLeaf(n) {
		id := c.leaf(n, old, path)
		mark(n, id)
		return &fields{origin: id}
	}
	made := &fields{items: make([]*fields, 0, len(n.Content))}
	if n.Kind == yaml.SequenceNode {
		match := c.matcher(n, old)
		for i, item := range n.Content {
			made.items = append(made.items, c.follow(item, match(i), below, append(path, strconv.Itoa(i))))
		}
		return made
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		if l < below && l.skips(key, value) {
			continue
		}
		made.keys = append(made.keys, key)
		made.items = append(made.items, c.follow(value, old.at(key), l.under(key), append(path, key)))
	}
	if made.keys == nil {
		made.keys = []string{}
	}
	return made
}

// leaf gives the origin of a leaf after the step. old is what stood in its place before.
func (c *change) leaf(n *yaml.Node, old *fields, path []string) int32 {
	before := int32(0)
	if old.isLeaf() {
		before = old.origin
	}
	if c.rebuilt {
		if before == 0 {
			return c.add(origin{step: c.step, value: n.Value})
		}
		c.origins[before].value = n.Value // numbers may be written differently
		return before
	}
	id := c.originIn(n)
	switch {
	case c.touched != nil && c.isTouched(path):
		return c.add(origin{c.step, c.explain(n, path, before), before, n.Value})
	case id == 0:
		return c.unmarked(n, before, path)
	case c.origins[id].value != n.Value:
		if before == 0 {
			before = id
		}
		return c.add(origin{c.step, c.explain(n, path, before), before, n.Value})
	case id == before || c.origins[id].step == c.step || c.isKnown(id):
		return id
	case before != 0 && c.origins[before].value == n.Value && identifies(path):
		return before
	case c.origins[id].step == 0: // of a patch that was read for this
		from := c.within(c.origins[id].place)
		return c.add(origin{c.step, from, before, n.Value})
	default: // copied from another resource
		from := c.origins[id].place
		from.via = id
		return c.add(origin{c.step, from, before, n.Value})
	}
}

// unmarked gives the origin of a leaf whose node kustomize has made anew.
func (c *change) unmarked(n *yaml.Node, before int32, path []string) int32 {
	if before != 0 && c.origins[before].value == n.Value && !c.sets(path, n.Value) {
		return before
	}
	return c.add(origin{c.step, c.explain(n, path, before), before, n.Value})
}

// identifies tells whether a patch names a field at a path only to say what it patches.
func identifies(path []string) bool {
	switch len(path) {
	case 1:
		return path[0] == "kind" || path[0] == "apiVersion"
	case 2:
		return path[0] == "metadata" && (path[1] == "name" || path[1] == "namespace")
	default:
		return false
	}
}

func (c *change) isTouched(path []string) bool {
	for i := range path {
		if c.touched[strings.Join(path[:i+1], "\x00")] {
			return true
		}
	}
	return false
}

// isKnown tells whether an origin was one of the resource's before the step: the leaf was moved.
func (c *change) isKnown(id int32) bool {
	if c.known == nil {
		c.known = map[int32]bool{}
		c.old.each(func(id int32) { c.known[id] = true })
	}
	return c.known[id]
}

// matcher gives for each item of a list what it was before the step: the item that has one of its leaves, else the only one with
// its name.
func (c *change) matcher(n *yaml.Node, old *fields) func(int) *fields {
	if old == nil || old.keys != nil || len(old.items) == 0 {
		return func(int) *fields { return nil }
	}
	if c.rebuilt {
		return func(i int) *fields {
			if i < len(old.items) {
				return old.items[i]
			}
			return nil
		}
	}
	holder := map[int32]int{}
	for i, item := range old.items {
		item.each(func(id int32) { holder[id] = i })
	}
	return func(i int) *fields {
		item := n.Content[i]
		if found, ok := c.heldBy(item, holder); ok {
			return old.items[found]
		}
		if name := valueIn(item, "name"); name != nil {
			has := func(f *fields) bool {
				named := f.at("name")
				return named.isLeaf() && c.origins[named.origin].value == name.Value
			}
			if first := slices.IndexFunc(old.items, has); first >= 0 && !slices.ContainsFunc(old.items[first+1:], has) {
				return old.items[first]
			}
			return nil
		}
		if len(old.items) == len(n.Content) && !c.hasOrigin(item) {
			return old.items[i]
		}
		return nil
	}
}

func (c *change) heldBy(n *yaml.Node, holder map[int32]int) (int, bool) {
	if isLeaf(n) {
		i, ok := holder[c.originIn(n)]
		return i, ok && c.originIn(n) != 0
	}
	for _, child := range n.Content {
		if i, ok := c.heldBy(child, holder); ok {
			return i, true
		}
	}
	return 0, false
}

func (c *change) hasOrigin(n *yaml.Node) bool {
	return c.originIn(n) != 0 || slices.ContainsFunc(n.Content, c.hasOrigin)
}

// valueIn gives the value of a mapping's entry; nil when there is none.
func valueIn(n *yaml.Node, key string) *yaml.Node {
	_, value := entryIn(n, key)
	return value
}

// entryIn gives a mapping's entry; nil when there is none.
func entryIn(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}
