package trace

import (
	"bytes"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// text is a file, or what stands inside a kustomization, as YAML with places.
type text struct {
	content   string
	documents []*yaml.Node
}

func parseText(content []byte) *text {
	parsed := &text{content: string(content)}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var document yaml.Node
		if decoder.Decode(&document) != nil {
			return parsed
		}
		if len(document.Content) == 1 {
			parsed.documents = append(parsed.documents, document.Content[0])
		}
	}
}

// textOf gives a file; an empty one when it can't be read.
func (t *Tracer) textOf(name string) *text {
	if known := t.texts[name]; known != nil {
		return known
	}
	content, err := t.read(name)
	if err != nil {
		content = nil
	}
	parsed := parseText(content)
	t.texts[name] = parsed
	return parsed
}

// find gives the node that a path of keys (string) and indices (int) leads to from a document; nil when there is none.
func find(n *yaml.Node, path ...any) *yaml.Node {
	for _, key := range path {
		if n != nil && n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		switch key := key.(type) {
		case string:
			if n == nil {
				return nil
			}
			n = valueIn(n, key)
		case int:
			if n == nil || n.Kind != yaml.SequenceNode || key < 0 || key >= len(n.Content) {
				return nil
			}
			n = n.Content[key]
		}
	}
	return n
}

// inKustomization gives the place of a field's value.
func (t *Tracer) inKustomization(k *kustomization, path ...any) place {
	from, path, ok := t.writtenIn(k, path)
	if !ok {
		return place{}
	}
	at := place{file: t.file(from.file)}
	for _, document := range from.documents {
		if n := find(document, path...); n != nil {
			at.line, at.column = int32(from.above+n.Line), int32(n.Column)
			return at
		}
	}
	if from.above > 0 || t.written != nil && k.parent == nil {
		return place{} // the file is more than this
	}
	return at
}

// inScalar gives the place of a line and column of YAML that is written in a scalar of a kustomization: exactly where the text can be
// followed, else where the scalar begins.
func (t *Tracer) inScalar(k *kustomization, trimmed bool, line, column int32, path ...any) place {
	parsed, path, ok := t.writtenIn(k, path)
	if !ok {
		return place{}
	}
	at := place{file: t.file(parsed.file)}
	scalar := findIn(parsed.text, path)
	if scalar == nil {
		if t.written != nil && k.parent == nil {
			return place{}
		}
		return at
	}
	at.line, at.column = int32(parsed.above+scalar.Line), int32(scalar.Column)
	if trimmed {
		blank := scalar.Value[:len(scalar.Value)-len(strings.TrimLeft(scalar.Value, " \t\r\n"))]
		line += int32(strings.Count(blank, "\n"))
	}
	lines := strings.Split(parsed.content, "\n")
	lineAt := func(number int) string { // from 1
		if number < 1 || number > len(lines) {
			return ""
		}
		return strings.TrimSuffix(lines[number-1], "\r")
	}
	values := strings.Split(scalar.Value, "\n")
	if int(line) > len(values) {
		return at
	}
	value := values[line-1]
	switch {
	case scalar.Style&yaml.LiteralStyle != 0:
		in := lineAt(scalar.Line + int(line))
		if indent := len(in) - len(value); indent >= 0 && in[indent:] == value && strings.TrimSpace(in[:indent]) == "" {
			at.line, at.column = int32(parsed.above+scalar.Line)+line, int32(indent)+column
		}
	case len(values) == 1 || (len(values) == 2 && values[1] == ""):
		quote := 0
		if scalar.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			quote = 1
		}
		in := []rune(lineAt(scalar.Line))
		if from := scalar.Column - 1 + quote; from <= len(in) && strings.HasPrefix(string(in[from:]), value) {
			at.column = int32(from) + column
		}
	}
	return at
}

var separator = regexp.MustCompile(`\n---.*\n`)

// documentStarts gives how many lines stand above each document that is not empty, split as kyaml does it (v0.21.2,
// kio/byteio_reader.go).
func documentStarts(content []byte) []int {
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	var starts []int
	above, from := 0, 0
	add := func(to int) {
		if written.Match(content[from:to]) {
			starts = append(starts, above)
		}
		above += bytes.Count(content[from:to], []byte("\n"))
	}
	for _, at := range separator.FindAllIndex(content, -1) {
		add(at[0])
		above += 2
		from = at[1]
	}
	add(len(content))
	return starts
}

// written recognises a document that is not empty: a line that is no comment and no mark.
var written = regexp.MustCompile(`(?m)^[ \t\x{FEFF}]*(?:---[ \t]+)?(?:[^-#\s\x{FEFF}]|-[^-]|--[^-])`)
