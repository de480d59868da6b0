package tree

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/kyaml/errors"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// View is the file system of one render. What a kustomize build calls behaves like kyaml's file system on disk, errors
// included; everything else falls to an empty tree in memory.
type View struct {
	filesys.FileSystem
	store   *Store
	reads   map[string]bool
	missing []wire.Source
	own     map[string]*State
	// made are the folders that are there because of what was put in them: the host knows nothing of what lies below.
	made map[string]bool
	// unpacked are the packages whose files were put into folders, by the folder.
	unpacked map[string]string
	// homes are the paths that files and folders were copied from, by the path that a copy was put at.
	homes map[string]string
	// merged are those of them that are made of several files.
	merged map[string]bool
	copies []string
	hidden func(name string, state *State) bool

	// Guarded by the store's lock.
	cancelled bool
	asleep    chan struct{}
}

// Stopped is what a view panics with when its render was cancelled: kustomize would otherwise try the next file.
type Stopped struct{}

// NewView makes the view of a render that begins; Close tells that the render ended.
func (s *Store) NewView() *View {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy++
	return &View{
		FileSystem: filesys.MakeFsInMemory(), store: s,
		reads: map[string]bool{}, own: map[string]*State{}, made: map[string]bool{}, unpacked: map[string]string{}, homes: map[string]string{}, merged: map[string]bool{},
	}
}

// Cancel makes the view stop the render at its next access, or now when it waits for the host.
func (v *View) Cancel() {
	v.store.mu.Lock()
	defer v.store.mu.Unlock()
	v.cancelled = true
	v.wake()
}

// Close ends the view.
func (v *View) Close() {
	v.store.mu.Lock()
	defer v.store.mu.Unlock()
	v.store.leave()
}

// Reads are the paths, sorted, that were read, followed or found missing so far. A folder that was only passed through is
// not among them: its removal changes a path below.
func (v *View) Reads() []string {
	reads := make([]string, 0, len(v.reads))
	for name, noted := range v.reads {
		if noted {
			reads = append(reads, name)
		}
	}
	slices.Sort(reads)
	return reads
}

// Put lets this render alone find a file with this content at a path that no link leads through, in place of what is there.
func (v *View) Put(name string, content []byte) {
	v.own[name] = &State{Kind: File, Content: content}
	v.putAbove(name)
}

// PutFolder lets this render alone find a folder at a path that no link leads through, with what is there if that is one.
func (v *View) PutFolder(name string) {
	if known, ok := v.own[name]; ok && known.Kind == Directory {
		return
	}
	v.own[name] = NewDirectory(nil)
	v.putAbove(name)
}

func (v *View) putAbove(name string) {
	for name != "/" {
		folder := path.Dir(name)
		entries := []string{path.Base(name)}
		if known, ok := v.own[folder]; ok {
			entries = append(entries, known.entries...)
		}
		v.own[folder] = NewDirectory(entries)
		name = folder
	}
}

// Keep remembers the files that were put so far; the function that it gives takes back those that are put later.
func (v *View) Keep() (takeBack func()) {
	own := maps.Clone(v.own)
	return func() { v.own = own }
}

// Within tells whether a clean path is folder or lies below it.
func Within(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, "/")+"/")
}

// Hide lets this render find nothing at the paths of which hidden says so, given what is there. hidden sees everything.
func (v *View) Hide(hidden func(name string, state *State) bool) { v.hidden = hidden }

// CleanedAbs is filesys.FileSystem's: it resolves every link and splits off the name of a file.
func (v *View) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	resolved, state, err := v.evalLinks(path.Clean(filepath.ToSlash(name)))
	if err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	if state.Kind == Directory {
		return filesys.ConfirmedDir(filepath.FromSlash(resolved)), "", nil
	}
	return filesys.ConfirmedDir(filepath.FromSlash(path.Dir(resolved))), path.Base(resolved), nil
}

// ReadFile is filesys.FileSystem's. The content is shared: callers must not write to it.
func (v *View) ReadFile(name string) ([]byte, error) {
	state, err := v.Read(name)
	if err != nil {
		return nil, err
	}
	return state.Content, nil
}

// Read gives the state of a file, following links.
func (v *View) Read(name string) (*State, error) {
	state, err := v.open(path.Clean(filepath.ToSlash(name)))
	if err != nil {
		return nil, errors.Wrap(err)
	}
	return state, nil
}

// Resolve gives the real path of what a path leads to, all links followed, and what is there, with filepath.EvalSymlinks's
// errors.
func (v *View) Resolve(name string) (string, *State, error) { return v.evalLinks(path.Clean(name)) }

// Lstat gives what is at a path, which may be a link, with os.Lstat's errors.
func (v *View) Lstat(name string) (*State, error) {
	parent, base := path.Split(path.Clean(name))
	resolved, _, err := v.walk(path.Clean(parent), maxOpenLinks)
	if err != nil {
		return nil, err
	}
	at := path.Join(resolved, base)
	state := v.lstat(at, at)
	if state.Kind == Absent {
		return nil, &pathError{"lstat", name, errNotExist}
	}
	return state, nil
}

// List gives the sorted names in a folder, and notes that they decide the outcome.
func (v *View) List(name string) ([]string, error) {
	resolved, state, err := v.evalLinks(path.Clean(name))
	if err != nil {
		return nil, err
	}
	if state.Kind != Directory {
		return nil, &pathError{"open", name, errno(state.Reason)}
	}
	v.reads[resolved] = true
	return state.entries, nil
}

// lstat gives what is at a path on the way to destination, and notes it as read unless it is a folder on the way.
func (v *View) lstat(name, destination string) *State {
	if state, ok := v.own[name]; ok && state.Kind == File {
		return state
	}
	state := absent
	if !v.made[path.Dir(name)] {
		state = v.store.get(v, name, destination)
	}
	if own, ok := v.own[name]; ok {
		v.made[name] = state.Kind != Directory
		v.reads[name] = v.reads[name] || state.Kind != Directory
		return NewDirectory(append(slices.Clone(own.entries), state.entries...))
	}
	if v.hides(name, state) {
		v.reads[name] = true
		return &State{Kind: Absent}
	}
	if state.Kind != Directory {
		v.reads[name] = true
	}
	return state
}

func (v *View) hides(name string, state *State) bool {
	hidden := v.hidden
	if hidden == nil || state.Kind == Absent {
		return false
	}
	v.hidden = nil
	defer func() { v.hidden = hidden }()
	return hidden(name, state)
}

// sleep gives up the store's lock until the view is woken.
func (v *View) sleep() {
	woken := make(chan struct{})
	v.asleep = woken
	v.store.leave()
	v.store.mu.Unlock()
	<-woken
	v.store.mu.Lock()
}

// wake ends the view's sleep, if it sleeps. The render counts as busy from now, not from when it is scheduled.
func (v *View) wake() {
	if v.asleep == nil {
		return
	}
	close(v.asleep)
	v.asleep = nil
	v.store.busy++
}
