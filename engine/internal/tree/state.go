// Package tree is the engine's view of files: what the host has told about paths, kept until it changes, and asked for
// when it is missing. Paths are absolute and separated by "/" on every platform.
package tree

import (
	"slices"
	"strings"
	"sync"
)

// Kind of what is found at a path.
type Kind int

// The kinds. An unreadable path exists, but its content can't be had.
const (
	Absent Kind = iota
	File
	Directory
	Link
	Unreadable
)

// State is what is found at a path, links not followed. It is never changed, only replaced.
type State struct {
	Kind Kind
	// Content of a file. Shared between renders: never written to.
	Content []byte
	// Target of a link, as written in it.
	Target string
	// Reason why a path is unreadable, for example "permission denied".
	Reason string

	// entries are the names in a directory, sorted.
	entries []string
	// names are the same in lower case.
	names map[string]bool

	derive  sync.Once
	derived any
}

// NewDirectory is the state of a directory with these entries.
func NewDirectory(entries []string) *State {
	names := make(map[string]bool, len(entries))
	for _, entry := range entries {
		names[strings.ToLower(entry)] = true
	}
	return &State{Kind: Directory, entries: slices.Compact(slices.Sorted(slices.Values(entries))), names: names}
}

// Derived gives what derive makes of the content, calling it once for as long as the content stays. All callers must
// pass the same function.
func (s *State) Derived(derive func(content []byte) any) any {
	s.derive.Do(func() { s.derived = derive(s.Content) })
	return s.derived
}

// lacks tells whether a directory certainly has no entry of this name. Names that differ in case only, or that may be
// written in several ways in Unicode, are left to the host: they can be one file on macOS and Windows.
func (s *State) lacks(name string) bool {
	for i := range len(name) {
		if name[i] >= 0x80 {
			return false
		}
	}
	return !s.names[strings.ToLower(name)]
}
