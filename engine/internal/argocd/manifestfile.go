package argocd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	imagev1 "github.com/opencontainers/image-spec/specs-go/v1"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// asUTF8 decodes a file by its byte order mark, as the library that Argo CD reads manifests with does (utfutil).
func asUTF8(content []byte) ([]byte, error) {
	decoded, _, err := transform.Bytes(unicode.BOMOverride(unicode.UTF8.NewDecoder()), content)
	return decoded, err
}

// objectsIn gives the objects in a file (getObjsFromYAMLOrJSON): of YAML that does not look like manifests nothing, if it can't be
// read.
func objectsIn(file manifestFile) ([]*unstructured.Unstructured, error) {
	name := path.Base(file.place)
	if strings.HasSuffix(name, ".json") {
		return objectIn(file, name)
	}
	objects, err := documentsIn(file.content)
	if err != nil && (len(objects) > 0 || looksLikeManifest(file.content)) {
		return nil, fmt.Errorf("Failed to unmarshal %q: %w", file.place, err) //nolint:staticcheck // Argo CD's words
	}
	return objects, nil
}

func looksLikeManifest(content []byte) bool {
	for _, field := range []string{"apiVersion:", "kind:", "metadata:"} {
		if !bytes.Contains(content, []byte(field)) {
			return false
		}
	}
	return true
}

// objectIn gives the only object of a JSON file; one without content for what could be the manifest of an image.
func objectIn(file manifestFile, name string) ([]*unstructured.Unstructured, error) {
	var object unstructured.Unstructured
	decoder := json.NewDecoder(bytes.NewReader(file.content))
	if err := decoder.Decode(&object); err != nil {
		if json.NewDecoder(bytes.NewReader(file.content)).Decode(&imagev1.Manifest{}) != nil {
			return nil, fmt.Errorf("Failed to unmarshal %q: %w", file.place, err) //nolint:staticcheck // Argo CD's words
		}
	}
	if decoder.More() {
		return nil, fmt.Errorf("Found multiple objects in %q. Only single objects are allowed in JSON files.", name) //nolint:staticcheck // Argo CD's words
	}
	return []*unstructured.Unstructured{&object}, nil
}

// documentsIn gives the objects up to the first that can't be read, with the reason.
func documentsIn(content []byte) ([]*unstructured.Unstructured, error) {
	decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), decoderBuffer)
	var objects []*unstructured.Unstructured
	for {
		object := &unstructured.Unstructured{}
		switch err := decoder.Decode(&object); {
		case errors.Is(err, io.EOF):
			return objects, nil
		case err != nil:
			return objects, fmt.Errorf("failed to unmarshal manifest: %w", err)
		case object != nil:
			objects = append(objects, object)
		}
	}
}
