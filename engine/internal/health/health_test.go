package health

import (
	"encoding/json"
	"testing"

	"drydock/engine/internal/wire"
)

const deployment = `{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "generation": 1},
	"spec": {"replicas": 2}, "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 1, "availableReplicas": 1}}`

// A kind of others, for which Argo CD has a script.
const certificate = `{"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "shop"},
	"status": {"conditions": [{"type": "Ready", "status": "False", "reason": "Failed", "message": "no such issuer"}]}}`

const config = `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}}`

func TestCompute(t *testing.T) {
	for tool, wanted := range map[string][]wire.HealthState{
		"argocd": {
			{Status: "Progressing", Message: `Waiting for rollout to finish: 1 of 2 updated replicas are available...`},
			{Status: "Degraded", Message: "no such issuer"},
			{},
		},
		"flux": {
			{Status: "InProgress", Message: "Available: 1/2"},
			{Status: "InProgress", Message: "no such issuer"},
			{Status: "Current", Message: "Resource is always ready"},
		},
	} {
		objects := []json.RawMessage{json.RawMessage(deployment), json.RawMessage(certificate), json.RawMessage(config)}
		rendering, err := Compute(nil, wire.Health{Tool: tool, Objects: objects})
		if err != nil {
			t.Fatal(err)
		}
		for i, state := range rendering.Details.([]wire.HealthState) {
			if state != wanted[i] {
				t.Errorf("%s says %+v of object %d, and should say %+v", tool, state, i, wanted[i])
			}
		}
	}
}

func TestComputeOfNoObject(t *testing.T) {
	if _, err := Compute(nil, wire.Health{Tool: "argocd", Objects: []json.RawMessage{json.RawMessage(`[]`)}}); err == nil {
		t.Error("a list is taken for an object")
	}
}
