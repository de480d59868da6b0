package helmrelease

import (
	"encoding/base64"
	"errors"
	"fmt"

	"drydock/engine/internal/fluxapi"

	"sigs.k8s.io/yaml"
)

// sources are the data of ConfigMaps and Secrets, by kind, namespace and name.
type sources map[string]map[string]string

// errNotThere is why an optional reference may be left out.
var errNotThere = errors.New("not there")

// notThere is an error in Flux's words that is errNotThere.
type notThere string

func (e notThere) Error() string { return string(e) }

// Is lets errors.Is recognise it.
func (notThere) Is(target error) bool { return target == errNotThere }

// readSources reads ConfigMaps and Secrets as the API server does. One without a namespace is in the HelmRelease's.
func readSources(texts []string, namespace string) (sources, error) {
	read := sources{}
	for _, text := range texts {
		var found struct {
			Kind       string            `json:"kind"`
			Metadata   fluxapi.Metadata  `json:"metadata"`
			Data       map[string]string `json:"data"`
			BinaryData map[string]string `json:"binaryData"`
			StringData map[string]string `json:"stringData"`
			SOPS       map[string]any    `json:"sops"`
		}
		if err := yaml.Unmarshal([]byte(text), &found); err != nil {
			return nil, fmt.Errorf("reading what values are taken from: %w", err)
		}
		if found.Metadata.Namespace == "" {
			found.Metadata.Namespace = namespace
		}
		data := map[string]string{}
		for key, value := range found.Data {
			if found.Kind == "Secret" && !(found.SOPS != nil && isEncrypted(value)) {
				decoded, err := base64.StdEncoding.DecodeString(value)
				if err != nil {
					return nil, fmt.Errorf("data.%s of Secret %s: %w", key, found.Metadata.Name, err)
				}
				value = string(decoded)
			}
			data[key] = value
		}
		if found.Kind == "Secret" {
			for key, value := range found.StringData {
				data[key] = value
			}
		}
		read[placeOf(found.Kind, found.Metadata.Namespace, found.Metadata.Name)] = data
	}
	return read, nil
}

func placeOf(kind, namespace, name string) string { return kind + "/" + namespace + "/" + name }

// resources are the names that the API server has for the kinds, in its errors.
var resources = map[string]string{"ConfigMap": "configmaps", "Secret": "secrets"}

// find gives what a reference refers to. asked notes what was looked for, whose absence has other words the second time.
func (s sources) find(namespace string, reference valuesReference, asked map[string]bool) (string, error) {
	resource, ok := resources[reference.Kind]
	if !ok {
		return "", unresolved(namespace, reference, errors.New("unsupported values reference kind"))
	}
	place := placeOf(reference.Kind, namespace, reference.Name)
	data, ok := s[place]
	if !ok {
		why := notThere(fmt.Sprintf("%s %q not found", resource, reference.Name))
		if asked[place] {
			why = "resource not found"
		}
		asked[place] = true
		return "", unresolved(namespace, reference, why)
	}
	content, ok := data[reference.ValuesKey]
	if !ok {
		return "", unresolved(namespace, reference, notThere("key not found"))
	}
	return content, nil
}
