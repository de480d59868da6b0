package trace_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"drydock/engine/internal/treetest"
)

// large is a kustomization of 500 resources and 20 patches, over a base.
func large() treetest.Files {
	var base, overlay, resources strings.Builder
	for i := range 500 {
		fmt.Fprintf(&resources, "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop-%d\n  labels: {app: shop-%d, tier: web, team: a}\nspec:\n"+
			"  replicas: 1\n  selector: {matchLabels: {app: shop-%d}}\n  template:\n    metadata: {labels: {app: shop-%d}}\n    spec:\n      containers:\n"+
			"        - name: shop\n          image: registry.example/shop:1\n          ports: [{containerPort: 80, name: http}]\n"+
			"          env: [{name: A, value: a}, {name: B, value: b}, {name: C, valueFrom: {configMapKeyRef: {name: settings, key: c}}}]\n"+
			"          resources: {limits: {cpu: 100m, memory: 64Mi}, requests: {cpu: 10m, memory: 32Mi}}\n"+
			"          livenessProbe: {httpGet: {path: /, port: http}, periodSeconds: 3}\n        - {name: proxy, image: 'proxy:1', args: [a, b, c]}\n", i, i, i, i)
	}
	base.WriteString("resources: [all.yaml]\nconfigMapGenerator: [{name: settings, literals: [c=d]}]\n")
	overlay.WriteString("resources: [../base]\nnamespace: prod\nlabels: [{pairs: {env: prod}}]\nimages: [{name: registry.example/shop, newTag: '2'}]\npatches:\n")
	for i := range 20 {
		fmt.Fprintf(&overlay, "  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop-%d}, spec: {replicas: %d}}'\n", i*7, i+2)
	}
	return treetest.Files{"/base/all.yaml": resources.String(), "/base/kustomization.yaml": base.String(), "/prod/kustomization.yaml": overlay.String()}
}

func benchmark(b *testing.B, traced bool) {
	files := large()
	for b.Loop() {
		if _, err := build(files, "/prod", traced); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUntraced(b *testing.B) { benchmark(b, false) }

func BenchmarkTraced(b *testing.B) { benchmark(b, true) }

// The trace of a large rendering stays small.
func TestSizeOfATrace(t *testing.T) {
	rendered, err := build(large(), "/prod", true)
	if err != nil {
		t.Fatal(err)
	}
	isTold(t, rendered)
	content, err := json.Marshal(rendered.Trace)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d resources, %d fields, %d origins: %d bytes", len(rendered.Trace.Resources), len(leavesOf(t, rendered)), len(rendered.Trace.Origins), len(content))
	if len(content) > 2_000_000 {
		t.Error("too large")
	}
}
