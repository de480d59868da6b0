package artifact

import (
	"fmt"
	"path"
)

// staging is the folder that an artifact is put together in.
type staging struct {
	// entries are files and, as nil, folders, by their paths in it.
	entries map[string]*staged
	// homes are the folders that folders were copied from, by their paths in it, which is "." for the top; empty for one that is put together.
	homes map[string]string
}

// staged is a file.
type staged struct {
	content []byte
	// home is the path of the file that it was copied from, or that was merged into it last.
	home string
	// merged tells that its content is no file's.
	merged bool
}

func newStaging() *staging {
	return &staging{entries: map[string]*staged{}, homes: map[string]string{}}
}

func (s *staging) isFolder(name string) bool {
	file, ok := s.entries[name]
	return name == "." || ok && file == nil
}

// file gives a file; nil for none.
func (s *staging) file(name string) *staged { return s.entries[name] }

// mkdir makes a folder and those above it, in the words of os.Root.
func (s *staging) mkdir(name string) error {
	if name == "." {
		return nil
	}
	if file := s.entries[name]; file != nil {
		return fmt.Errorf("mkdirat %s: not a directory", name)
	}
	if err := s.mkdir(path.Dir(name)); err != nil {
		return err
	}
	s.entries[name] = nil
	return nil
}

// write makes a file, or gives it another content.
func (s *staging) write(name string, file staged) error {
	if err := s.mkdir(path.Dir(name)); err != nil {
		return fmt.Errorf("failed to create destination directory: %w", err)
	}
	if s.isFolder(name) {
		return fmt.Errorf("openat %s: is a directory", name)
	}
	s.entries[name] = &file
	return nil
}

// copied notes where a file comes from, and with it where the folders above do, as far as they have the same names.
func (s *staging) copied(name, from string) {
	for name != "." && path.Base(name) == path.Base(from) {
		name, from = path.Dir(name), path.Dir(from)
		if known, ok := s.homes[name]; ok && known != from {
			s.mixed(name)
			return
		}
		s.homes[name] = from
	}
}

// mixed notes that a folder, and with it those above, does not have its content from one folder.
func (s *staging) mixed(name string) {
	for s.homes[name] = ""; name != "."; s.homes[name] = "" {
		name = path.Dir(name)
	}
}
