package argocd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// decoderBuffer is how many bytes Argo CD lets the decoder look at to tell JSON from YAML.
const decoderBuffer = 4096

// split gives the objects in what kustomize or Helm printed (gitops-engine's pkg/utils/kube/kube.go, SplitYAML).
func split(text []byte) ([]*unstructured.Unstructured, error) {
	decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), decoderBuffer)
	var objects []*unstructured.Unstructured
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return nil, fmt.Errorf("failed to unmarshal manifest: %w", err)
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(raw, object); err != nil {
			return nil, fmt.Errorf("failed to unmarshal manifest: %w", err)
		}
		objects = append(objects, object)
	}
}

// manifests takes lists apart, marks objects as the Application's, and gives each as YAML (GenerateManifests).
func (r *rendering) manifests(objects []*unstructured.Unstructured) ([]string, error) {
	var documents []string
	for _, object := range objects {
		items, err := itemsOf(object)
		if err != nil {
			return nil, err
		}
		for i, item := range items {
			r.follow.item(object, item, i)
			if err := r.follow.mark(item, func() error { return r.track(item) }); err != nil {
				return nil, fmt.Errorf("failed to set app instance tracking info on manifest: %w", err)
			}
			document, err := asYAML(item)
			if err != nil {
				return nil, err
			}
			documents = append(documents, document)
		}
	}
	return documents, nil
}

// itemsOf gives the items of a list, else the object itself.
func itemsOf(object *unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	switch {
	case len(object.Object) == 0:
		return nil, nil // Argo CD has a `null` here, and overlooks it later
	case object.IsList():
		var items []*unstructured.Unstructured
		err := object.EachListItem(func(item runtime.Object) error {
			known, ok := item.(*unstructured.Unstructured)
			if !ok {
				return errors.New("resource list item has unexpected type")
			}
			items = append(items, known)
			return nil
		})
		return items, err
	case isNullList(object):
		return nil, nil
	default:
		return []*unstructured.Unstructured{object}, nil
	}
}

// isNullList tells whether an object is a list with `items: null`, which is no list by its content.
func isNullList(object *unstructured.Unstructured) bool {
	_, hasSpec := object.Object["spec"]
	_, hasStatus := object.Object["status"]
	items, hasItems := object.Object["items"]
	return !hasSpec && !hasStatus && hasItems && items == nil
}

// asYAML gives an object as YAML by way of the JSON that Argo CD has of it: numbers are written as JSON writes them.
func asYAML(object *unstructured.Unstructured) (string, error) {
	text, err := json.Marshal(object.Object)
	if err != nil {
		return "", err
	}
	document, err := yaml.JSONToYAML(text)
	return string(document), err
}
