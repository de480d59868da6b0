package argocd_test

import (
	"strings"
	"testing"

	"drydock/engine/internal/argocd"
	"drydock/engine/internal/wire"
)

const deployment = `{"kind":"Deployment","metadata":{"annotations":{"a/b":"1","c":"2"},"name":"web"},` +
	`"spec":{"replicas":3,"template":{"spec":{"containers":[{"image":"web:1","name":"web"},{"image":"proxy:1","name":"proxy"}]}}}}`

func TestIgnore(t *testing.T) {
	for name, test := range map[string]struct {
		pointers, expressions []string
		gone                  string
	}{
		"a pointer":               {[]string{"/spec/replicas"}, nil, `"replicas":3,`},
		"an escaped pointer":      {[]string{"/metadata/annotations/a~1b"}, nil, `"a/b":"1",`},
		"a pointer to nothing":    {[]string{"/spec/paused"}, nil, ``},
		"an item":                 {nil, []string{`.spec.template.spec.containers[] | select(.name == "proxy")`}, `,{"image":"proxy:1","name":"proxy"}`},
		"a field of one item":     {nil, []string{`.spec.template.spec.containers[] | select(.name == "proxy") | .image`}, `"image":"proxy:1",`},
		"an expression for other": {nil, []string{`.spec.jobTemplate?`}, ``},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := argocd.Ignore(nil, wire.Pruned{Object: deployment, JSONPointers: test.pointers, JQPathExpressions: test.expressions})
			if err != nil || len(got.Warnings) > 0 {
				t.Fatal(err, got.Warnings)
			}
			if want := strings.Replace(deployment, test.gone, "", 1); string(got.YAML) != want {
				t.Errorf("got  %s\nwant %s", got.YAML, want)
			}
		})
	}
}

func TestIgnoreTellsWhatFails(t *testing.T) {
	if _, err := argocd.Ignore(nil, wire.Pruned{Object: deployment, JQPathExpressions: []string{".spec["}}); err == nil {
		t.Error("an expression that can't be read is no error")
	}
	got, err := argocd.Ignore(nil, wire.Pruned{Object: deployment, JQPathExpressions: []string{`.spec.replicas.x`, ".spec.replicas"}})
	if err != nil || len(got.Warnings) != 1 {
		t.Fatal(err, got.Warnings)
	}
	if strings.Contains(string(got.YAML), "replicas") {
		t.Error("the expressions after one that fails are left out")
	}
}
