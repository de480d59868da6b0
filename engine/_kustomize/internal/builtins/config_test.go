package builtins

import (
	"reflect"
	"testing"

	"sigs.k8s.io/yaml"
)

const config = `
metadata: {namespace: shop}
labels: {app: shop}
annotations: {note: "1"}
imageTag: {name: shop, newTag: "2"}
replica: {name: shop, count: 3}
unsetOnly: true
fieldSpecs:
- {path: metadata/labels, create: true}
- {path: spec/selector, kind: Service, version: v1}
`

// Each is as yaml.Unmarshal makes it, and nobody's changes reach the next one.
func TestConfiguredPluginsHaveNothingInCommon(t *testing.T) {
	for _, makes := range []func() any{
		func() any { return &AnnotationsTransformerPlugin{} },
		func() any { return &ImageTagTransformerPlugin{} },
		func() any { return &LabelTransformerPlugin{} },
		func() any { return &NamespaceTransformerPlugin{} },
		func() any { return &ReplicaCountTransformerPlugin{} },
	} {
		want := makes()
		if err := yaml.Unmarshal([]byte(config), want); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			got := makes()
			if err := unmarshal([]byte(config), got); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
			value := reflect.ValueOf(got).Elem()
			value.FieldByName("FieldSpecs").Index(0).FieldByName("Path").SetString("changed")
			for _, name := range []string{"Labels", "Annotations"} {
				if labels := value.FieldByName(name); labels.IsValid() && labels.Len() > 0 {
					labels.Clear()
				}
			}
		}
		if _, ok := configured.Get(reflect.TypeOf(want).Elem().String() + "\n" + config); !ok {
			t.Errorf("%T was not remembered", want)
		}
		if err := unmarshal([]byte("fieldSpecs: 7"), makes()); err == nil {
			t.Errorf("%T takes anything", want)
		}
	}
}
