package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const source = `package types

// Mode says how.
// +enum
type Mode string

const (
	ModeFast Mode = "Fast" // as fast as can be
	ModeSafe Mode = "Safe"
)

type Inner struct {
	// Name of it.
	// +optional
	Name string ` + "`json:\"name,omitempty\"`" + `
}

// Thing is a thing.
type Thing struct {
	Inner ` + "`json:\",inline\"`" + `
	Mode  *Mode ` + "`json:\"mode\"`" + `
	Gone  string ` + "`json:\"-\"`" + `
	own   string
}
`

func readSource(t *testing.T) map[string]Type {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "types.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	types, err := readPackage(folder)
	if err != nil {
		t.Fatal(err)
	}
	return types
}

func TestFieldsAreThoseThatJSONReads(t *testing.T) {
	fields := allFields(readSource(t), "Thing")
	if len(fields) != 2 || fields[0].Name != "name" || fields[1].Name != "mode" {
		t.Fatalf("got %+v, want name and mode", fields)
	}
	if fields[0].Doc != "Name of it." || !fields[0].Optional || fields[1].Optional {
		t.Errorf("got %+v, want the comment without its marker, and only name optional", fields)
	}
}

func TestEnumsKnowTheirValues(t *testing.T) {
	types := readSource(t)
	if got := enumValues(types, nil, allFields(types, "Thing")[1].Type); !slices.Equal(got, []string{"Fast", "Safe"}) {
		t.Errorf("got %q", got)
	}
	if types["Mode"].Doc != "Mode says how." {
		t.Errorf("got %q", types["Mode"].Doc)
	}
}
