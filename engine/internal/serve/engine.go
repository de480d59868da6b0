// Package serve answers the host's messages.
package serve

import (
	"encoding/json"
	"fmt"
	"sync"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/render"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Engine answers messages. Renders run in goroutines of their own.
type Engine struct {
	send  func(wire.Frame)
	store *tree.Store

	mu      sync.Mutex
	running map[int]*tree.View
}

// New makes an engine that sends its messages through send, which must be safe for parallel calls. The first is ready.
func New(send func(wire.Frame)) *Engine {
	e := &Engine{send: send, running: map[int]*tree.View{}}
	e.store = tree.NewStore(func(path string) { e.post(wire.Need{Op: wire.OpNeed, Path: path}, nil) })
	render.Seal()
	logs.Capture()
	e.post(wire.Ready{Op: wire.OpReady, Kustomize: render.KustomizeVersion()}, nil)
	render.Warm()
	return e
}

// Handle takes one message from the host, and returns when it is noted: results come through send.
func (e *Engine) Handle(frame wire.Frame) error {
	var request wire.Request
	if err := json.Unmarshal(frame.Header, &request); err != nil {
		return fmt.Errorf("reading a message's header: %w", err)
	}
	if decode, ok := renders[request.Op]; ok {
		return e.render(request, decode)
	}
	switch request.Op {
	case wire.OpCancel:
		e.cancel(request.ID)
		return nil
	case wire.OpFiles:
		return e.files(request, frame.Body)
	case wire.OpForget:
		e.store.Forget(request.Paths)
		return nil
	default:
		return fmt.Errorf("unknown op %q", request.Op)
	}
}

// AwaitIdle returns when no render can go on without the host.
func (e *Engine) AwaitIdle() { e.store.AwaitIdle() }

func (e *Engine) cancel(id int) {
	e.mu.Lock()
	view := e.running[id]
	e.mu.Unlock()
	if view != nil { // it may have ended while the message was on its way
		view.Cancel()
	}
}

// files notes what the host found.
func (e *Engine) files(request wire.Request, body []byte) error {
	states := make(map[string]*tree.State, len(request.States))
	for _, told := range request.States {
		state, err := stateOf(told, &body)
		if err != nil {
			return err
		}
		states[told.Path] = state
	}
	e.store.Tell(request.Answers, states)
	return nil
}

// stateOf takes a file's content off the front of body.
func stateOf(told wire.PathState, body *[]byte) (*tree.State, error) {
	switch told.Kind {
	case "absent":
		return &tree.State{Kind: tree.Absent}, nil
	case "file":
		if told.Length > len(*body) {
			return nil, fmt.Errorf("%s: %d bytes announced, %d sent", told.Path, told.Length, len(*body))
		}
		content := (*body)[:told.Length:told.Length]
		*body = (*body)[told.Length:]
		return &tree.State{Kind: tree.File, Content: content}, nil
	case "directory":
		return tree.NewDirectory(told.Entries), nil
	case "link":
		return &tree.State{Kind: tree.Link, Target: told.Target}, nil
	case "unreadable":
		return &tree.State{Kind: tree.Unreadable, Reason: told.Reason}, nil
	default:
		return nil, fmt.Errorf("%s: unknown kind %q", told.Path, told.Kind)
	}
}

func (e *Engine) post(header any, body []byte) {
	frame, err := wire.NewFrame(header, body)
	if err != nil {
		panic(err) // our own types always encode
	}
	e.send(frame)
}
