package applicationset

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"

	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

var (
	rawExtension = reflect.TypeFor[runtime.RawExtension]()
	rawJSON      = reflect.TypeFor[v1alpha1.JSON]()
)

// filled is a copy of a value in which every text, keys of maps included, is filled in. As in the controller's Render, slices
// and maps that were nil are empty in it, and null is left out of maps; generators tell the difference.
func filled[T any](t *templates, value *T, values params) (*T, error) {
	copied := new(T)
	if err := t.fill(reflect.ValueOf(copied).Elem(), reflect.ValueOf(value).Elem(), values); err != nil {
		return nil, err
	}
	return copied, nil
}

func (t *templates) fill(to, from reflect.Value, values params) error {
	switch from.Kind() {
	case reflect.Pointer:
		if from.IsNil() {
			return nil
		}
		to.Set(reflect.New(from.Type().Elem()))
		return t.fill(to.Elem(), from.Elem(), values)
	case reflect.Interface:
		return t.fillInterface(to, from, values)
	case reflect.Struct:
		if from.Type() == rawExtension || from.Type() == rawJSON {
			return t.fillRaw(to.FieldByName("Raw"), from.FieldByName("Raw").Bytes(), values)
		}
		for i := range from.NumField() {
			if err := t.fill(to.Field(i), from.Field(i), values); err != nil {
				return inField(err, nameOf(from.Type().Field(i)))
			}
		}
		return nil
	case reflect.Slice:
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			if err := t.fill(to.Index(i), from.Index(i), values); err != nil {
				return inField(err, fmt.Sprintf("[%d]", i))
			}
		}
		return nil
	case reflect.Map:
		return t.fillMap(to, from, values)
	case reflect.String:
		text, err := t.replace(from.String(), values)
		to.SetString(text)
		return err
	default:
		to.Set(from)
		return nil
	}
}

func (t *templates) fillInterface(to, from reflect.Value, values params) error {
	if from.IsNil() {
		return nil
	}
	copied := reflect.New(from.Elem().Type()).Elem()
	if err := t.fill(copied, from.Elem(), values); err != nil {
		return err
	}
	to.Set(copied)
	return nil
}

// fillMap fills in maps whose keys are texts; others don't occur.
func (t *templates) fillMap(to, from reflect.Value, values params) error {
	to.Set(reflect.MakeMap(from.Type()))
	for _, name := range sortedNames(from) {
		value := from.MapIndex(name)
		if value.Kind() == reflect.Interface && value.IsNil() {
			continue
		}
		copied := reflect.New(value.Type()).Elem()
		if err := t.fill(copied, value, values); err != nil {
			return inField(err, name.String())
		}
		key, err := t.replace(name.String(), values)
		if err != nil {
			return inField(err, name.String())
		}
		to.SetMapIndex(reflect.ValueOf(key).Convert(from.Type().Key()), copied)
	}
	return nil
}

// fillRaw fills in what is kept as bytes.
func (t *templates) fillRaw(to reflect.Value, raw []byte, values params) error {
	text, err := asJSON(string(raw))
	if err != nil {
		return fmt.Errorf("error while converting template to json %q: %w", text, err)
	}
	var decoded any
	if err := json.Unmarshal([]byte(text), &decoded); err != nil {
		return fmt.Errorf("failed to unmarshal JSON field: %w", err)
	}
	copied, err := filled(t, &decoded, values)
	if err != nil {
		return prefixed("failed to deeply replace JSON field contents", err)
	}
	data, err := json.Marshal(copied)
	if err != nil {
		return fmt.Errorf("failed to marshal templated JSON field: %w", err)
	}
	to.SetBytes(data)
	return nil
}

// prefixed puts words before an error that knows its field.
func prefixed(words string, err error) error {
	if inner, ok := err.(*fieldError); ok {
		return &fieldError{inner.field, fmt.Errorf("%s: %w", words, inner.err)}
	}
	return fmt.Errorf("%s: %w", words, err)
}

// asJSON gives JSON for YAML, and what looks like JSON as it is.
func asJSON(text string) (string, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return text, nil
	}
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return text, err
	}
	return string(data), nil
}

// nameOf is a field's name in JSON; empty for one whose fields are its parent's.
func nameOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

func sortedNames(of reflect.Value) []reflect.Value {
	names := make(map[string]reflect.Value, of.Len())
	for _, name := range of.MapKeys() {
		names[name.String()] = name
	}
	sorted := make([]reflect.Value, 0, len(names))
	for _, name := range sortedKeys(names) {
		sorted = append(sorted, names[name])
	}
	return sorted
}
