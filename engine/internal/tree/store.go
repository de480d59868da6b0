package tree

import (
	"path"
	"sync"
)

// Store holds what the host told, for all renders.
type Store struct {
	// ask sends a question to the host. It is called with the store locked and must not call back.
	ask func(path string)

	mu        sync.Mutex
	states    map[string]*State
	questions map[string][]*View
	// busy counts the renders that can go on without the host.
	busy int
	idle *sync.Cond
}

// NewStore makes an empty store that asks through ask.
func NewStore(ask func(path string)) *Store {
	s := &Store{ask: ask, states: map[string]*State{}, questions: map[string][]*View{}}
	s.idle = sync.NewCond(&s.mu)
	return s
}

// Tell replaces the states of paths, and wakes the renders that wait for the path that this answers.
func (s *Store) Tell(answers string, states map[string]*State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, state := range states {
		s.states[name] = state
	}
	waiting := s.questions[answers]
	delete(s.questions, answers)
	for _, view := range waiting {
		view.wake()
	}
}

// Forget makes the store ask for these paths again when they are needed.
func (s *Store) Forget(paths []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range paths {
		delete(s.states, name)
	}
}

// AwaitIdle returns when every render has ended or waits for the host.
func (s *Store) AwaitIdle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.busy > 0 {
		s.idle.Wait()
	}
}

// get gives the state of a path for a view, waiting for the host when it is unknown. The host is first asked for destination,
// which is the path or lies below it, since it answers with every path on the way: one question instead of one for each
// folder. It panics with Stopped when the view is cancelled.
func (s *Store) get(view *View, name, destination string) *State {
	s.mu.Lock()
	defer s.mu.Unlock()
	for question := destination; ; question = name {
		if view.cancelled {
			panic(Stopped{})
		}
		if state := s.known(name); state != nil {
			return state
		}
		waiting, asked := s.questions[question]
		s.questions[question] = append(waiting, view)
		if !asked {
			s.ask(question)
		}
		view.sleep()
	}
}

// known gives the state of a path, nil when the host must be asked. The folder's entries tell what is absent; below what is
// absent, everything is, and the host says nothing of it.
func (s *Store) known(name string) *State {
	if state, ok := s.states[name]; ok {
		return state
	}
	parent, base := path.Split(name)
	if base == "" {
		return nil
	}
	folder := s.known(path.Clean(parent))
	if folder != nil && (folder.Kind == Absent || folder.Kind == Directory && folder.lacks(base)) {
		return absent
	}
	return nil
}

var absent = &State{Kind: Absent}

// leave counts a render as waiting or ended.
func (s *Store) leave() {
	s.busy--
	if s.busy == 0 {
		s.idle.Broadcast()
	}
}
