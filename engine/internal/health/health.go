// Package health tells how live objects stand, by the code that Argo CD's application controller and Flux's kustomize- and
// helm-controller decide it with: gitops-engine and Argo CD's own scripts, and kstatus.
package health

import (
	"encoding/json"
	"fmt"

	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/gitops-engine/pkg/health"
	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Compute tells how each object stands, in their order.
func Compute(_ *tree.View, request wire.Health) (wire.Rendering, error) {
	compute := argocd
	if request.Tool == "flux" {
		compute = flux
	}
	states := make([]wire.HealthState, len(request.Objects))
	for i, raw := range request.Objects {
		object := &unstructured.Unstructured{}
		if err := json.Unmarshal(raw, object); err != nil {
			return wire.Rendering{}, fmt.Errorf("reading an object: %w", err)
		}
		states[i] = compute(object)
	}
	return wire.Rendering{Details: states}, nil
}

// argocd is as Argo CD v3.2.11's controller/health.go: setApplicationHealth, without the scripts of the cluster's argocd-cm.
func argocd(object *unstructured.Unstructured) wire.HealthState {
	state, err := health.GetResourceHealth(object, lua.ResourceHealthOverrides{})
	if err != nil {
		return wire.HealthState{Status: string(health.HealthStatusUnknown), Message: err.Error()}
	}
	if state == nil {
		return wire.HealthState{}
	}
	return wire.HealthState{Status: string(state.Status), Message: state.Message}
}

func flux(object *unstructured.Unstructured) wire.HealthState {
	result, err := status.Compute(object)
	if err != nil {
		return wire.HealthState{Status: string(status.UnknownStatus), Message: err.Error()}
	}
	return wire.HealthState{Status: string(result.Status), Message: result.Message}
}
