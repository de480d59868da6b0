package serve

import (
	"fmt"
	"runtime/debug"
	"time"

	"drydock/engine/internal/render"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/types"
)

var restrictors = map[string]types.LoadRestrictions{
	types.LoadRestrictionsRootOnly.String(): types.LoadRestrictionsRootOnly,
	types.LoadRestrictionsNone.String():     types.LoadRestrictionsNone,
}

// build starts a render.
func (e *Engine) build(request wire.Request) error {
	restrictions, ok := restrictors[request.LoadRestrictor]
	if !ok {
		return fmt.Errorf("unknown load restrictor %q", request.LoadRestrictor)
	}
	view := e.store.NewView()
	e.mu.Lock()
	e.renders[request.ID] = view
	e.mu.Unlock()
	go func() {
		defer view.Close()
		began := time.Now()
		yaml, result := outcomeOf(view, request.Directory, restrictions)
		e.mu.Lock()
		delete(e.renders, request.ID)
		e.mu.Unlock()

		result.Op = wire.OpResult
		result.ID = request.ID
		result.Reads = view.Reads()
		result.Milliseconds = float64(time.Since(began).Microseconds()) / 1000
		e.post(result, yaml)
	}()
	return nil
}

// outcomeOf renders, and turns every way in which that can end into a result.
func outcomeOf(view *tree.View, directory string, restrictions types.LoadRestrictions) (yaml []byte, result wire.Result) {
	defer func() {
		switch cause := recover(); cause {
		case nil:
		case tree.Stopped{}:
			result = wire.Result{Outcome: wire.Cancelled}
		default:
			result = wire.Result{Outcome: wire.Panicked, Message: fmt.Sprint(cause), Stack: string(debug.Stack())}
		}
	}()
	yaml, warnings, err := render.Build(view, directory, restrictions)
	if err != nil {
		return nil, wire.Result{Outcome: wire.Failed, Message: err.Error(), Warnings: warnings}
	}
	return yaml, wire.Result{Outcome: wire.Rendered, Warnings: warnings}
}
