package helm

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
)

// Marks are characters that nobody uses, each standing for a segment: what follows it was written by that one. A file is executed with
// them a second time, under another name, so that templates that include it get it without.
const (
	firstMark = '\U000F0000'
	lastMark  = '\U0010FFFD'
	// deepest is how many definitions within definitions are followed.
	deepest = 8
)

func isMark(r rune) bool { return r >= firstMark && r <= lastMark }

// segment is a piece of a template: text between actions, or an action.
type segment struct {
	// template is the name of the file that it stands in; definition that of the definition, if it stands in one.
	template, definition string
	line, column         int
	isText               bool
	// values are the keys of the root chart's values that an action mentions.
	values []string
	// via is the segment that included this one; -1 for none.
	via int
}

// marker makes templates that write marks.
type marker struct {
	// texts are those of template files, by name.
	texts    map[string]string
	segments []segment
	made     int
}

// insteadOf gives the name of a template that writes what the template of this name writes, with marks.
func (m *marker) insteadOf(t *texttemplate.Template, name string) string {
	return m.copyOf(t, name, scope{known: true, rootKnown: true}, -1, 0)
}

func (m *marker) copyOf(t *texttemplate.Template, name string, in scope, via, depth int) string {
	found := t.Lookup(name)
	if found == nil || found.Tree == nil || found.Tree.Root == nil || m.texts[found.ParseName] == "" {
		return name
	}
	tree := found.Copy()
	definition := name
	if name == tree.ParseName {
		definition = ""
	}
	w := writing{m, t, tree.ParseName, definition, via, depth, map[string]bool{}}
	for _, found := range assignment.FindAllStringSubmatch(m.texts[tree.ParseName], -1) {
		w.reassigned[found[1]] = true
	}
	w.list(tree.Root, in)
	m.made++
	marked := "drydock " + strconv.Itoa(m.made) + " " + name
	if _, err := t.AddParseTree(marked, tree); err != nil {
		return name
	}
	return marked
}

// writing is the way through one template.
type writing struct {
	*marker
	t                    *texttemplate.Template
	template, definition string
	via, depth           int
	// reassigned are variables that may stand for something else from one moment to the next.
	reassigned map[string]bool
}

var assignment = regexp.MustCompile(`(\$\w+)\s*=[^=]`)

// scope is what the dot and the variables stand for, as far as the text of the template tells: paths from the object that a template of
// the chart is given.
type scope struct {
	dot, root        []string
	known, rootKnown bool
	variables        map[string][]string
}

func (w writing) list(list *parse.ListNode, in scope) {
	if list == nil {
		return
	}
	in.variables = clonePaths(in.variables)
	var nodes []parse.Node
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			nodes = append(nodes, w.mark(node.Pos, true, nil))
		case *parse.ActionNode:
			if len(node.Pipe.Decl) > 0 {
				in.declare(node.Pipe, w.reassigned)
				break
			}
			nodes = append(nodes, w.mark(node.Pos, false, w.keys(node.Pipe, in)))
			w.follow(node.Pipe, in)
		case *parse.TemplateNode:
			nodes = append(nodes, w.mark(node.Pos, false, w.keys(node.Pipe, in)))
			var given parse.Node
			if node.Pipe != nil && len(node.Pipe.Cmds) == 1 && len(node.Pipe.Cmds[0].Args) == 1 {
				given = node.Pipe.Cmds[0].Args[0]
			}
			node.Name = w.included(node.Name, given, in)
		case *parse.IfNode:
			w.list(node.List, in)
			w.list(node.ElseList, in)
		case *parse.WithNode:
			w.list(node.List, in.inside(node.Pipe, false))
			w.list(node.ElseList, in)
		case *parse.RangeNode:
			w.list(node.List, in.inside(node.Pipe, true))
			w.list(node.ElseList, in)
		}
		nodes = append(nodes, node)
	}
	list.Nodes = nodes
}

func (w writing) mark(at parse.Pos, isText bool, values []string) parse.Node {
	text := w.texts[w.template]
	before := text[:min(int(at), len(text))]
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
	number := len(w.segments)
	w.segments = append(w.segments, segment{w.template, w.definition, line, column, isText, values, w.via})
	return &parse.TextNode{NodeType: parse.NodeText, Pos: at, Text: []byte(string(firstMark + rune(min(number, lastMark-firstMark))))}
}

// follow makes an action include the marked copy of a definition, where nothing but indentation is done with what it writes.
func (w writing) follow(pipe *parse.PipeNode, in scope) {
	for _, command := range pipe.Cmds[1:] {
		if name, ok := command.Args[0].(*parse.IdentifierNode); !ok || name.Ident != "indent" && name.Ident != "nindent" {
			return
		}
	}
	arguments := pipe.Cmds[0].Args
	if len(arguments) != 3 {
		return
	}
	name, isName := arguments[0].(*parse.IdentifierNode)
	definition, isText := arguments[1].(*parse.StringNode)
	if isName && isText && name.Ident == "include" {
		definition.Text = w.included(definition.Text, arguments[2], in)
		definition.Quoted = strconv.Quote(definition.Text)
	}
}

func (w writing) included(name string, given parse.Node, in scope) string {
	if w.depth == deepest {
		return name
	}
	dot, known := in.path(given)
	inside := scope{dot: dot, known: known, root: dot, rootKnown: known}
	return w.copyOf(w.t, name, inside, len(w.segments)-1, w.depth+1)
}

// path gives what a node stands for; false when the text does not tell.
func (s scope) path(node parse.Node) ([]string, bool) {
	switch node := node.(type) {
	case *parse.DotNode:
		return s.dot, s.known
	case *parse.FieldNode:
		return join(s.dot, node.Ident), s.known
	case *parse.VariableNode:
		if node.Ident[0] == "$" {
			return join(s.root, node.Ident[1:]), s.rootKnown
		}
		path, known := s.variables[node.Ident[0]]
		return join(path, node.Ident[1:]), known
	case *parse.PipeNode:
		if len(node.Cmds) == 1 && len(node.Cmds[0].Args) == 1 {
			return s.path(node.Cmds[0].Args[0])
		}
	}
	return nil, false
}

// declare notes the variable that an action sets.
func (s scope) declare(pipe *parse.PipeNode, reassigned map[string]bool) {
	name := pipe.Decl[0].Ident[0]
	delete(s.variables, name)
	if !reassigned[name] && len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
		if path, known := s.path(pipe.Cmds[0].Args[0]); known {
			s.variables[name] = path
		}
	}
}

// inside is the scope within `with` or `range`.
func (s scope) inside(pipe *parse.PipeNode, isRange bool) scope {
	path, known := []string(nil), false
	if len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
		path, known = s.path(pipe.Cmds[0].Args[0])
	}
	if isRange {
		path = join(path, []string{"*"})
	}
	s.dot, s.known, s.variables = path, known, clonePaths(s.variables)
	for _, declared := range pipe.Decl {
		delete(s.variables, declared.Ident[0])
	}
	if len(pipe.Decl) > 0 && known {
		s.variables[pipe.Decl[len(pipe.Decl)-1].Ident[0]] = path
	}
	return s
}

// keys gives the values that a pipeline mentions, as keys of the root chart's values.
func (w writing) keys(pipe *parse.PipeNode, in scope) []string {
	if pipe == nil {
		return nil
	}
	prefix := subchart(w.template)
	var keys []string
	var visit func(parse.Node)
	visit = func(node parse.Node) {
		switch node := node.(type) {
		case *parse.PipeNode:
			for _, command := range node.Cmds {
				for _, argument := range command.Args {
					visit(argument)
				}
			}
		case *parse.ChainNode:
			visit(node.Node)
		case *parse.FieldNode, *parse.VariableNode, *parse.DotNode:
			path, known := in.path(node)
			if !known || len(path) < 2 || path[0] != "Values" {
				return
			}
			key := strings.Join(path[1:], ".")
			if path[1] != "global" {
				key = prefix + key
			}
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	visit(pipe)
	return keys
}

// subchart gives the key under which a parent has the values of the chart that a template is of, with a dot; empty for the root chart.
func subchart(template string) string {
	prefix, parts := "", strings.Split(template, "/")
	for i := 1; i+1 < len(parts) && parts[i] == "charts"; i += 2 {
		prefix += parts[i+1] + "."
	}
	return prefix
}

func join(path, more []string) []string { return append(slices.Clone(path), more...) }

func clonePaths(paths map[string][]string) map[string][]string {
	copied := make(map[string][]string, len(paths))
	for name, path := range paths {
		copied[name] = path
	}
	return copied
}
