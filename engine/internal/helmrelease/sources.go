package helmrelease

import (
	"encoding/base64"
	"errors"
	"fmt"

	"drydock/engine/internal/fluxapi"
	"drydock/engine/internal/values"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// sources are ConfigMaps and Secrets, by kind, namespace and name.
type sources map[string]source

// source is a ConfigMap or Secret.
type source struct {
	data map[string]string
	// number counts those that were given, from 1; text is what it was read from.
	number int
	text   string
}

// lines gives the lines of a key's value.
func (s source) lines(key string) values.Line {
	within := values.Document([]byte(s.text), func(line int) wire.ValueOrigin { return wire.ValueOrigin{ObjectLine: line} })
	var at values.Line
	for _, field := range []string{"stringData", "data", "binaryData"} { // the first is laid over the second
		if at == nil {
			at = values.TextLines(values.Field(within, field, key))
		}
	}
	return func(line int) wire.ValueOrigin {
		origin := wire.ValueOrigin{Kind: wire.OriginReference, Number: s.number, Key: key, Line: line}
		if at != nil {
			origin.ObjectLine = at(line).ObjectLine
		}
		return origin
	}
}

// errNotThere is why an optional reference may be left out.
var errNotThere = errors.New("not there")

// notThere is an error in Flux's words that is errNotThere.
type notThere string

func (e notThere) Error() string { return string(e) }

// Is lets errors.Is recognise it.
func (notThere) Is(target error) bool { return target == errNotThere }

// readSources reads ConfigMaps and Secrets as the API server does. One without a namespace is in the HelmRelease's. To a HelmRelease
// without one, which whatever applies it gives its namespace, they are where that is.
func readSources(texts []string, o *object) (sources, error) {
	read := sources{}
	for i, text := range texts {
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
		if found.Metadata.Namespace == "" || o.namespaceUnknown {
			found.Metadata.Namespace = o.Metadata.Namespace
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
		read[placeOf(found.Kind, found.Metadata.Namespace, found.Metadata.Name)] = source{data, i + 1, text}
	}
	return read, nil
}

func placeOf(kind, namespace, name string) string { return kind + "/" + namespace + "/" + name }

// resources are the names that the API server has for the kinds, in its errors.
var resources = map[string]string{"ConfigMap": "configmaps", "Secret": "secrets"}

// find gives what a reference refers to. asked notes what was looked for, whose absence has other words the second time.
func (s sources) find(namespace string, reference valuesReference, asked map[string]bool) (string, source, error) {
	resource, ok := resources[reference.Kind]
	if !ok {
		return "", source{}, unresolved(namespace, reference, errors.New("unsupported values reference kind"))
	}
	place := placeOf(reference.Kind, namespace, reference.Name)
	found, ok := s[place]
	if !ok {
		why := notThere(fmt.Sprintf("%s %q not found", resource, reference.Name))
		if asked[place] {
			why = "resource not found"
		}
		asked[place] = true
		return "", source{}, unresolved(namespace, reference, why)
	}
	content, ok := found.data[reference.ValuesKey]
	if !ok {
		return "", source{}, unresolved(namespace, reference, notThere("key not found"))
	}
	return content, found, nil
}
