package builtins

import (
	"reflect"

	"sigs.k8s.io/kustomize/kyaml/memo"
	"sigs.k8s.io/yaml"
)

// configured are plugins as their configuration made them, by their type and its text.
var configured = memo.Memo[reflect.Value]{Capacity: 4 << 20}

// unmarshal does what yaml.Unmarshal does with a plugin that has nothing but its configuration. Most of that is kustomize's long
// lists of fields, the same in every build.
func unmarshal(config []byte, plugin any) error {
	value := reflect.ValueOf(plugin).Elem()
	if !value.IsZero() {
		return yaml.Unmarshal(config, plugin) // adds to what is there
	}
	text := value.Type().String() + "\n" + string(config)
	if known, ok := configured.Get(text); ok {
		value.Set(copied(known))
		return nil
	}
	err := yaml.Unmarshal(config, plugin)
	if err == nil && copiable(value.Type()) {
		configured.Put(text, copied(value))
	}
	return err
}

// copied gives a value that has nothing in common with the original, of a type that is copiable.
func copied(value reflect.Value) reflect.Value {
	result := reflect.New(value.Type()).Elem()
	result.Set(value)
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			if !plain(value.Field(i).Type()) {
				result.Field(i).Set(copied(value.Field(i)))
			}
		}
	case reflect.Slice:
		if !value.IsNil() {
			result.Set(reflect.MakeSlice(value.Type(), value.Len(), value.Len()))
			reflect.Copy(result, value)
		}
	case reflect.Map:
		if !value.IsNil() {
			result.Set(reflect.MakeMapWithSize(value.Type(), value.Len()))
			for pairs := value.MapRange(); pairs.Next(); {
				result.SetMapIndex(pairs.Key(), pairs.Value())
			}
		}
	}
	return result
}

// copiable tells whether values of a type are structs of fields that can be set, which are plain or hold plain ones.
func copiable(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			field := of.Field(i)
			if !field.IsExported() || !plain(field.Type) && !copiable(field.Type) {
				return false
			}
		}
		return true
	case reflect.Slice, reflect.Map:
		return plain(of.Elem())
	default:
		return false
	}
}

// plain tells whether assigning a value of a type copies all of it.
func plain(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			if !plain(of.Field(i).Type) {
				return false
			}
		}
		return true
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return false
	default:
		return true
	}
}
