package resource

import (
	"testing"

	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// What is found for nodes is what they are printed as: nothing that decides the printing is left out.
func TestPrintedResourcesAreThoseOfKustomize(t *testing.T) {
	texts := []string{
		"kind: A\nvalue: 1\n", "kind: A\nvalue: \"1\"\n", "kind: A\nvalue: !!str 1\n", "kind: A\nvalue: !!float 1\n", "kind: A\nvalue: 01\n",
		"kind: A\nvalue: null\n", "kind: A\nvalue:\n", "kind: A\nvalue: {}\n", "kind: A\nvalue: []\n", "kind: A\nvalue: [[a], b]\n",
		"kind: A\nvalue: [[a, b]]\n", "kind: A\nvalue: [a, [b]]\n", "kind: A\nvalue: |\n  a\n  b\n", "kind: A\nvalue: >\n  a\n  b\n",
		"kind: A\nvalue: yes\n", "kind: A\nvalue: on # why\n", "# head\nkind: A\nvalue: &x {a: b}\nother: *x\n", "kind: A\nvalue: &x {a: b}\n",
		"kind: A\nvalue: 1e3\n", "kind: A\nvalue: .inf\n", "kind: A\nvalue: 2020-01-01\n", "kind: A\nvalue: !!binary aGk=\n", "kind: A\n<<: {a: b}\n",
	}
	for round := range 2 {
		for _, text := range texts {
			node, err := kyaml.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			r := &Resource{RNode: *node}
			got, err := r.AsYAML()
			want, wantErr := r.asYAML()
			if string(got) != string(want) || (err == nil) != (wantErr == nil) {
				t.Errorf("round %d: %q gives %q, %v, want %q, %v", round, text, got, err, want, wantErr)
			}
		}
	}
}
