package trace

import (
	"slices"
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

// Lines are the origins of a text's lines, numbers of one trace.
type Lines struct {
	// Whole has that of each line.
	Whole []int
	// Pieces are as wire.Trace has them.
	Pieces map[int][]wire.TracePiece
}

// LinesOf gives those of a trace.
func LinesOf(made *wire.Trace) Lines { return Lines{made.Lines, made.Pieces} }

// LinePlaces gives for each object of a text of YAML documents the origin of each leaf: that of its line, or, in a line with several that
// an action wrote in, that of the pieces that wrote it.
func (e *Edit) LinePlaces(content []byte, lines Lines) []any {
	return Places(content, e.InLines(lines))
}

// InLines gives what Places and Documents ask for when the origins of lines are known.
func (e *Edit) InLines(lines Lines) func(Leaf) int {
	return func(leaf Leaf) int {
		if leaf.Line > len(lines.Whole) {
			return 0
		}
		number := lines.Whole[leaf.Line-1]
		if !leaf.Alone && e.isAction(number) {
			return e.inPieces(lines.Pieces[leaf.Line-1], leaf)
		}
		return number
	}
}

func (e *Edit) isAction(number int) bool {
	row := e.Made.Origins[number]
	return len(row) > 0 && row[0] > 0 && e.Made.Steps[row[0]-1].Field == wire.StepAction
}

// inPieces gives the origin of a leaf that pieces of its line wrote: the first action, with the values that all of them mention, else the text;
// unknown when it is not known where the leaf ends.
func (e *Edit) inPieces(pieces []wire.TracePiece, leaf Leaf) int {
	if leaf.Length == 0 {
		return 0
	}
	found, isAction := 0, false
	var values []string
	for i, piece := range pieces {
		ends := i+1 < len(pieces) && pieces[i+1].Column <= leaf.Column
		if ends || piece.Column >= leaf.Column+leaf.Length {
			continue
		}
		if piece.Origin == 0 {
			return 0
		}
		action := e.isAction(piece.Origin)
		if action {
			for _, key := range e.Made.Steps[e.Made.Origins[piece.Origin][0]-1].Values {
				if !slices.Contains(values, key) {
					values = append(values, key)
				}
			}
		}
		if found == 0 || action && !isAction {
			found, isAction = piece.Origin, action
		}
	}
	if !isAction {
		return found
	}
	row := slices.Clone(e.Made.Origins[found])
	step := e.Made.Steps[row[0]-1]
	step.Values = values
	row[0] = e.Step(step)
	return e.row(row)
}

// Leaf is a scalar, an empty object or an empty list in a text.
type Leaf struct {
	Line, Column int
	// Length is how many code points of its line it takes; 0 when that can't be told.
	Length int
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
		return at(Leaf{lineOf(n, lines), n.Column, lengthOf(n, lines), count[n.Line] == 1, path})
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

// lengthOf gives how many code points of its line a leaf takes that begins and ends in it and is written as it is; 0 for all else.
func lengthOf(n *yaml.Node, lines []string) int {
	if n.Line < 1 || n.Line > len(lines) || n.Column < 1 {
		return 0
	}
	line := []rune(lines[n.Line-1])
	rest := string(line[min(n.Column-1, len(line)):])
	written := n.Value
	switch {
	case n.Kind == yaml.MappingNode:
		written = "{}"
	case n.Kind == yaml.SequenceNode:
		written = "[]"
	case n.Style&yaml.DoubleQuotedStyle != 0:
		written = `"` + written + `"`
	case n.Style&yaml.SingleQuotedStyle != 0:
		written = "'" + written + "'"
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 0
	}
	if !strings.HasPrefix(rest, written) {
		return 0
	}
	return len([]rune(written))
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
