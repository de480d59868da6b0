package trace

import (
	"bytes"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// inflated is what a chart was rendered to for a kustomization.
type inflated struct {
	content []byte
	lines   *wire.Trace
}

// Templated is told of what is about to be parsed that it was made by Helm, whose trace has an origin for each line.
func (t *Tracer) Templated(content []byte, lines *wire.Trace) {
	t.inflated = inflated{content, lines}
}

// parsedChart marks nodes of what Helm made; false when it was not made by Helm. What all of it comes from is not known yet: Absorb is told
// which entry of the kustomization wanted it.
func (t *Tracer) parsedChart(content []byte, nodes []*yaml.RNode, starts []int) bool {
	if t.inflated.lines == nil || !bytes.Equal(content, t.inflated.content) {
		return false
	}
	made := t.inflated.lines
	t.inflated = inflated{}
	edit := &Edit{Made: *made}
	origins := edit.InLines(LinesOf(made))
	text := strings.Split(string(content), "\n")
	type leaf struct {
		node   *yaml.Node
		number int
	}
	var found []leaf
	for i, node := range nodes {
		lines := text[min(starts[i], len(text)):]
		count := countLeaves(node.YNode())
		t.eachUnmarked(node.YNode(), func(n *yaml.Node) {
			found = append(found, leaf{n, origins(Leaf{
				Line: starts[i] + lineOf(n, lines), Column: n.Column, Length: lengthOf(n, lines), Alone: count[n.Line] == 1,
			})})
		})
	}
	adopted := t.adopt(&edit.Made, t.add(origin{}))
	for _, each := range found {
		if from := adopted[each.number]; from != 0 {
			made := t.origins[from]
			made.value = each.node.Value
			mark(each.node, t.add(made))
		}
	}
	return true
}

// eachUnmarked visits the leaves that have no origin yet.
func (t *Tracer) eachUnmarked(n *yaml.Node, visit func(*yaml.Node)) {
	switch {
	case n.Kind == yaml.AliasNode || t.originIn(n) != 0:
	case isLeaf(n):
		visit(n)
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			t.eachUnmarked(item, visit)
		}
	default:
		for i := 1; i < len(n.Content); i += 2 {
			t.eachUnmarked(n.Content[i], visit)
		}
	}
}

// adopt takes the origins of another trace, and gives their numbers here. Those that are made from nothing are made from an entry.
func (t *Tracer) adopt(other *wire.Trace, entry int32) []int32 {
	steps := []int32{0}
	for i := range other.Steps {
		t.steps = append(t.steps, step{chart: &other.Steps[i]})
		steps = append(steps, int32(len(t.steps)-1))
	}
	adopted := []int32{0}
	for _, row := range other.Origins[1:] {
		var full [6]int
		copy(full[:], row)
		made := origin{step: steps[full[0]], before: adopted[full[4]]}
		if full[1] > 0 {
			made.place = place{file: t.file(other.Files[full[1]-1]), line: int32(full[2]), column: int32(full[3])}
		}
		if made.place.via = adopted[full[5]]; made.place.via == 0 && made.before == 0 {
			made.place.via = entry
		}
		adopted = append(adopted, t.add(made))
	}
	return adopted
}

// wanted notes which step of a kustomization wanted what Helm made, and gives the origins in it: they are no doing of the step.
func (t *Tracer) wanted(n *yaml.Node, by int32, at place) map[int32]bool {
	found := map[int32]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		id := t.originIn(n)
		if !isLeaf(n) || id == 0 {
			for _, child := range n.Content {
				walk(child)
			}
			return
		}
		if t.steps[t.origins[id].step].chart == nil {
			return
		}
		found[id] = true
		entry := id
		for t.origins[entry].place.via != 0 {
			entry = t.origins[entry].place.via
		}
		if t.origins[entry].step == 0 {
			t.origins[entry] = origin{step: by, place: at}
		}
	}
	walk(n)
	return found
}
