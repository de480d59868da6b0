package serve

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"

	"drydock/engine/internal/applicationset"
	"drydock/engine/internal/argocd"
	"drydock/engine/internal/flux"
	"drydock/engine/internal/helm"
	"drydock/engine/internal/helmrelease"
	"drydock/engine/internal/render"
	"drydock/engine/internal/syncwindows"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// rendering gives YAML, or why there is none.
type rendering func(view *tree.View) (wire.Rendering, error)

// maxRendering is how many bytes of manifests a render may give: no cluster takes as many, and no editor shows them.
const maxRendering = 50 << 20

// renders makes a rendering of a request, by the request's op. Each op has a type of its own in package wire.
var renders = map[string]func(json.RawMessage) (rendering, error){
	wire.OpBuild:          decoded(render.Build),
	wire.OpTemplate:       decoded(helm.Template),
	wire.OpHelmRelease:    decoded(helmrelease.Render),
	wire.OpValues:         effectiveValues,
	wire.OpFlux:           decoded(flux.Render),
	wire.OpApplication:    decoded(argocd.Render),
	wire.OpApplicationSet: decoded(applicationset.Generate),
	wire.OpIgnore:         decoded(argocd.Ignore),
	wire.OpChartVersion:   decoded(helm.ChooseVersion),
	wire.OpChartPackage:   decoded(helm.Identify),
	wire.OpSyncWindows:    decoded(syncwindows.Decide),
}

// decoded makes a rendering of what is asked of run.
func decoded[R any](run func(view *tree.View, request R) (wire.Rendering, error)) func(json.RawMessage) (rendering, error) {
	return func(raw json.RawMessage) (rendering, error) {
		var request R
		if err := json.Unmarshal(raw, &request); err != nil {
			return nil, fmt.Errorf("reading what to render: %w", err)
		}
		return func(view *tree.View) (wire.Rendering, error) { return run(view, request) }, nil
	}
}

// effectiveValues makes a rendering of the values of what another op would render.
func effectiveValues(raw json.RawMessage) (rendering, error) {
	var request wire.Values
	if err := json.Unmarshal(raw, &request); err != nil {
		return nil, fmt.Errorf("reading what to render: %w", err)
	}
	switch request.Op {
	case wire.OpBuild:
		return decoded(render.EffectiveValues)(request.Render)
	case wire.OpTemplate:
		return decoded(helm.EffectiveValues)(request.Render)
	case wire.OpHelmRelease:
		return decoded(helmrelease.EffectiveValues)(request.Render)
	case wire.OpApplication:
		return decoded(argocd.EffectiveValues)(request.Render)
	default:
		return nil, fmt.Errorf("%s has no values", request.Op)
	}
}

// render starts a render.
func (e *Engine) render(request wire.Request, decode func(json.RawMessage) (rendering, error)) error {
	run, err := decode(request.Render)
	if err != nil {
		return err
	}
	e.start(request.ID, run)
	return nil
}

// start runs a render.
func (e *Engine) start(id int, run rendering) {
	view := e.store.NewView()
	e.mu.Lock()
	e.running[id] = view
	e.mu.Unlock()
	go func() {
		defer view.Close()
		began := time.Now()
		yaml, result := outcomeOf(view, run)
		e.mu.Lock()
		delete(e.running, id)
		e.mu.Unlock()
		result.Op = wire.OpResult
		result.ID = id
		result.Reads = view.Reads()
		result.Missing = view.Missing()
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
	rendered, err := run(view)
	if err != nil {
		return nil, wire.Result{Outcome: wire.Failed, Message: err.Error(), Warnings: rendered.Warnings, Details: rendered.Details}
	}
	if len(rendered.YAML) > maxRendering {
		message := fmt.Sprintf("the rendering has %d MB, and more than %d MB are not shown", len(rendered.YAML)>>20, maxRendering>>20)
		return nil, wire.Result{Outcome: wire.Failed, Message: message, Warnings: rendered.Warnings}
	}
	return rendered.YAML, wire.Result{Outcome: wire.Rendered, Warnings: rendered.Warnings, Details: rendered.Details, Trace: rendered.Trace}
}
