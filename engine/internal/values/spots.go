package values

import (
	"bytes"
	"strings"

	"drydock/engine/internal/wire"

	"go.yaml.in/yaml/v3"
)

// Spot is a node of a text that values are read from.
type Spot struct {
	node *yaml.Node
	at   Line
}

// Line gives the origin of what stands at a line of a text, from 1.
type Line func(line int) wire.ValueOrigin

// InFile gives the lines of a file.
func InFile(file string) Line {
	origin := wire.FileOrigin(file)
	return func(line int) wire.ValueOrigin {
		origin.Line = line
		return origin
	}
}

// Documents gives the documents of a text, the last one first: of several that Helm merges the last counts.
func Documents(content []byte, at Line) []Spot {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var spots []Spot
	for {
		var document yaml.Node
		if decoder.Decode(&document) != nil {
			return spots
		}
		spots = append([]Spot{{&document, at}}, spots...)
	}
}

// Document gives the first document of a text, which is all that is read of an object.
func Document(content []byte, at Line) []Spot {
	var document yaml.Node
	if yaml.Unmarshal(content, &document) != nil {
		return nil
	}
	return []Spot{{&document, at}}
}

// Field gives what stands at a path of keys.
func Field(spots []Spot, path ...string) []Spot {
	for _, key := range path {
		spots = fieldsOf(spots, key)
	}
	return spots
}

// Items gives the items of a list, which is the first of the spots that is none of null.
func Items(spots []Spot) []Spot {
	list := firstGiven(spots)
	if list == nil || behind(list.node).Kind != yaml.SequenceNode {
		return nil
	}
	var items []Spot
	for _, item := range behind(list.node).Content {
		items = append(items, Spot{item, list.at})
	}
	return items
}

// Origin is where the first of the spots stands that is not null; nil when there is none.
func Origin(spots []Spot) *wire.ValueOrigin {
	found := firstGiven(spots)
	if found == nil {
		return nil
	}
	node := found.node
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0] // a document begins with its marker
	}
	origin := found.at(node.Line)
	return &origin
}

// TextLines gives the lines of the text that the first of the spots holds: a block scalar has them below each other, any other is told by
// the line that it begins at. nil when there is none.
func TextLines(spots []Spot) Line {
	found := firstGiven(spots)
	if found == nil {
		return nil
	}
	written := behind(found.node)
	if written.Style&yaml.LiteralStyle == 0 {
		return func(int) wire.ValueOrigin { return found.at(written.Line) }
	}
	return func(line int) wire.ValueOrigin { return found.at(written.Line + line) }
}

func firstGiven(spots []Spot) *Spot {
	for i := range spots {
		if behind(spots[i].node).Tag != "!!null" {
			return &spots[i]
		}
	}
	return nil
}

// behind gives what a node stands for: a document's content, what an alias refers to.
func behind(node *yaml.Node) *yaml.Node {
	for {
		switch {
		case node.Kind == yaml.DocumentNode && len(node.Content) > 0:
			node = node.Content[0]
		case node.Kind == yaml.AliasNode:
			node = node.Alias
		default:
			return node
		}
	}
}

// fieldsOf gives the spots of a key's value, the one that counts first, then those that it is merged over.
func fieldsOf(spots []Spot, key string) []Spot {
	var found, merged []Spot
	for _, spot := range spots {
		node := behind(spot.node)
		if node.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			name, value := node.Content[i], node.Content[i+1]
			switch {
			case nameOf(name) == key:
				found = append(found, Spot{value, spot.at})
			case name.Tag == "!!merge" && behind(value).Kind == yaml.SequenceNode:
				for _, each := range behind(value).Content {
					merged = append(merged, fieldsOf([]Spot{{each, spot.at}}, key)...)
				}
			case name.Tag == "!!merge":
				merged = append(merged, fieldsOf([]Spot{{value, spot.at}}, key)...)
			}
		}
	}
	return append(found, merged...)
}

// itemOf gives the spot of a list's item.
func itemOf(spots []Spot, index int) []Spot {
	if items := Items(spots); index < len(items) {
		return items[index : index+1]
	}
	return nil
}

// nameOf gives a key as Helm reads it: by YAML 1.1, in which `on` and the like are true and false.
func nameOf(key *yaml.Node) string {
	if key.Style != 0 {
		return key.Value
	}
	switch strings.ToLower(key.Value) {
	case "yes", "on":
		return "true"
	case "no", "off":
		return "false"
	default:
		return key.Value
	}
}
