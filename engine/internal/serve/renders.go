package serve

import (
	"fmt"
	"runtime/debug"
	"time"

	"drydock/engine/internal/helm"
	"drydock/engine/internal/render"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/types"
)

var restrictors = map[string]types.LoadRestrictions{
	types.LoadRestrictionsRootOnly.String(): types.LoadRestrictionsRootOnly,
	types.LoadRestrictionsNone.String():     types.LoadRestrictionsNone,
}

// build starts to render a kustomization.
func (e *Engine) build(request wire.Request) error {
	restrictions, ok := restrictors[request.LoadRestrictor]
	if !ok {
		return fmt.Errorf("unknown load restrictor %q", request.LoadRestrictor)
	}
	e.start(request.ID, func(view *tree.View) ([]byte, []string, error) {
		return render.Build(view, request.Directory, restrictions)
	})
	return nil
}

// template starts to render a chart.
func (e *Engine) template(request wire.Request) {
	e.start(request.ID, func(view *tree.View) ([]byte, []string, error) {
		return helm.Template(view, request.Template)
	})
}

// rendering gives YAML, warnings, or why there is no YAML.
type rendering func(view *tree.View) (yaml []byte, warnings []string, err error)

// start runs a render.
func (e *Engine) start(id int, run rendering) {
	view := e.store.NewView()
	e.mu.Lock()
	e.renders[id] = view
	e.mu.Unlock()
	go func() {
		defer view.Close()
		began := time.Now()
		yaml, result := outcomeOf(view, run)
		e.mu.Lock()
		delete(e.renders, id)
		e.mu.Unlock()
		result.Op = wire.OpResult
		result.ID = id
		result.Reads = view.Reads()
		result.Milliseconds = float64(time.Since(began).Microseconds()) / 1000
		e.post(result, yaml)
	}()
}

// outcomeOf runs a render, and turns every way in which that can end into a result.
func outcomeOf(view *tree.View, run rendering) (yaml []byte, result wire.Result) {
	defer func() {
		switch cause := recover(); cause {
		case nil:
		case tree.Stopped{}:
			result = wire.Result{Outcome: wire.Cancelled}
		default:
			result = wire.Result{Outcome: wire.Panicked, Message: fmt.Sprint(cause), Stack: string(debug.Stack())}
		}
	}()
	yaml, warnings, err := run(view)
	if err != nil {
		return nil, wire.Result{Outcome: wire.Failed, Message: err.Error(), Warnings: warnings}
	}
	return yaml, wire.Result{Outcome: wire.Rendered, Warnings: warnings}
}
