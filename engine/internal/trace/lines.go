package trace

import (
	"strconv"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Places gives for each object of a text of YAML documents the origin of each leaf, as at tells it by its line and column; of the text
// in a block, by the first line of it that is not empty. Line and column count from 1.
func Places(content []byte, at func(leaf Leaf) int) []any {
	var all []any
	eachObject(content, at, func(_ *yaml.Node, fields any) { all = append(all, fields) })
	return all
}

// Documents gives the objects of a text of YAML documents; at is asked as by Places.
func Documents(content []byte, at func(leaf Leaf) int) []Document {
	var all []Document
	eachObject(content, at, func(n *yaml.Node, fields any) {
		var decoded any
		if n.Decode(&decoded) != nil {
			decoded = nil // everything is of unknown origin
		}
		all = append(all, Document{Content(decoded), fields})
	})
	return all
}

func eachObject(content []byte, at func(leaf Leaf) int, found func(n *yaml.Node, fields any)) {
	parsed := parseText(content)
	lines := strings.Split(parsed.content, "\n")
	for _, document := range parsed.documents {
		if document.Kind == yaml.MappingNode {
			found(document, places(document, lines, countLeaves(document), nil, at))
		}
	}
}

// LinePlaces gives for each object of a text of YAML documents the origin of each leaf: that of its line (from 0), unless an action
// wrote in a line with several.
func (e *Edit) LinePlaces(content []byte, lines []int) []any {
	return Places(content, e.InLines(lines))
}

// InLines gives what Places and Documents ask for when the origins of lines are known.
func (e *Edit) InLines(lines []int) func(Leaf) int {
	return func(leaf Leaf) int {
		if leaf.Line > len(lines) {
			return 0
		}
		number := lines[leaf.Line-1]
		row := e.Made.Origins[number]
		if !leaf.Alone && len(row) > 0 && row[0] > 0 && e.Made.Steps[row[0]-1].Field == wire.StepAction {
			return 0
		}
		return number
	}
}

// Leaf is a scalar, an empty object or an empty list in a text.
type Leaf struct {
	Line, Column int
	// Alone tells that no other leaf stands in its line.
	Alone bool
	// Path has keys and, as texts, indices; it is only valid for now.
	Path []string
}

func places(n *yaml.Node, lines []string, count map[int]int, path []string, at func(Leaf) int) any {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if isLeaf(n) {
		return at(Leaf{lineOf(n, lines), n.Column, count[n.Line] == 1, path})
	}
	if n.Kind == yaml.SequenceNode {
		made := make([]any, len(n.Content))
		for i, item := range n.Content {
			made[i] = places(item, lines, count, append(path, strconv.Itoa(i)), at)
		}
		return made
	}
	made := make(map[string]any, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		made[n.Content[i].Value] = places(n.Content[i+1], lines, count, append(path, n.Content[i].Value), at)
	}
	return made
}

// lineOf gives the line that tells of a leaf: of the text in a block, the first that is not empty.
func lineOf(n *yaml.Node, lines []string) int {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 || n.Value == "" {
		return n.Line
	}
	for line := n.Line + 1; line <= len(lines); line++ {
		if strings.TrimSpace(lines[line-1]) != "" {
			return line
		}
	}
	return n.Line
}

// countLeaves counts the leaves that begin in each line.
func countLeaves(n *yaml.Node) map[int]int {
	count := map[int]int{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		switch {
		case n.Kind == yaml.AliasNode:
		case isLeaf(n):
			count[n.Line]++
		case n.Kind == yaml.SequenceNode:
			for _, item := range n.Content {
				walk(item)
			}
		default:
			for i := 1; i < len(n.Content); i += 2 {
				walk(n.Content[i])
			}
		}
	}
	walk(n)
	return count
}
