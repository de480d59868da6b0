package gitfiles

import (
	"encoding/binary"
	"maps"
	"slices"
	"testing"
)

// written is an index of version 2 or 4 with these files. test/fidelity reads those that git writes.
func written(version uint32, names ...string) []byte {
	content := binary.BigEndian.AppendUint32([]byte("DIRC"), version)
	content = binary.BigEndian.AppendUint32(content, uint32(len(names)))
	before := ""
	for _, name := range names {
		entry := binary.BigEndian.AppendUint16(make([]byte, indexStat+20), uint16(len(name)))
		if version == 4 {
			entry = append(entry, byte(len(before))) // all of the name before it is dropped
			before = name
		}
		entry = append(append(entry, name...), 0)
		for version != 4 && len(entry)%8 != 0 {
			entry = append(entry, 0)
		}
		content = append(content, entry...)
	}
	return content
}

func TestAnIndexIsReadAsFarAsItIsWhole(t *testing.T) {
	names := []string{".gitignore", "apps/one/a.yaml", "apps/two/b.yaml"}
	for _, version := range []uint32{2, 4} {
		content := written(version, names...)
		whole := readIndex(content, 20)
		if got := slices.Sorted(maps.Keys(whole.files)); !slices.Equal(got, names) {
			t.Errorf("version %d has %q", version, got)
		}
		if got := slices.Sorted(maps.Keys(whole.folders)); !slices.Equal(got, []string{"apps", "apps/one", "apps/two"}) {
			t.Errorf("version %d has the folders %q", version, got)
		}
		for length := range content {
			for name := range readIndex(content[:length], 20).files {
				if !whole.files[name] {
					t.Errorf("version %d, %d bytes of it: %q", version, length, name)
				}
			}
		}
	}
}
