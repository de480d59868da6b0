package gitfiles

import (
	"bytes"
	"encoding/binary"
	"path"
)

// index are the files that Git tracks, and the folders they lie in, relative to the working tree.
type index struct {
	files   map[string]bool
	folders map[string]bool
}

const (
	// indexHeader and indexStat are the bytes before the entries, and before an entry's hash (gitformat-index(5)).
	indexHeader = 12
	indexStat   = 40
	// extendedFlag tells that an entry has two more bytes of flags.
	extendedFlag = 0x4000
)

// readIndex reads an index of version 2, 3 or 4, as far as it is whole. What a split index has in another file is not read.
func readIndex(content []byte, hashSize int) *index {
	found := &index{map[string]bool{}, map[string]bool{}}
	if len(content) < indexHeader || string(content[:4]) != "DIRC" {
		return found
	}
	version := binary.BigEndian.Uint32(content[4:])
	count := binary.BigEndian.Uint32(content[8:])
	rest, name := content[indexHeader:], []byte(nil)
	for range count {
		start := rest
		head := indexStat + hashSize + 2
		if len(rest) < head {
			return found
		}
		if binary.BigEndian.Uint16(rest[head-2:])&extendedFlag != 0 {
			head += 2
		}
		if len(rest) < head {
			return found
		}
		rest = rest[head:]
		if version == 4 {
			dropped, size := offset(rest)
			if dropped > len(name) {
				return found
			}
			name, rest = name[:len(name)-dropped:len(name)-dropped], rest[size:]
		} else {
			name = nil
		}
		own, after, ok := bytes.Cut(rest, []byte{0})
		if !ok {
			return found
		}
		name, rest = append(name, own...), after
		if version != 4 { // an entry ends in one to eight zeros, at a multiple of eight
			size := (head+len(own))/8*8 + 8
			if len(start) < size {
				return found
			}
			rest = start[size:]
		}
		found.add(string(name))
	}
	return found
}

func (i *index) add(file string) {
	i.files[file] = true
	for folder := path.Dir(file); folder != "." && !i.folders[folder]; folder = path.Dir(folder) {
		i.folders[folder] = true
	}
}

// offset reads a number as packs write it, and gives how many bytes it takes.
func offset(bytes []byte) (value, size int) {
	for size < len(bytes) {
		b := bytes[size]
		size++
		value = value<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			break
		}
		value++
	}
	return value, size
}
