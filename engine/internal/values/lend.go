package values

import (
	"strconv"
	"strings"
)

// No text that somebody writes begins like this: YAML has no such character.
const lent = "\x00mark "

// Lend gives values that were read to code that knows texts, tables and lists only: each mark is a text in them. plain tells which values that
// code has to see as they are, by their path.
func (r *Reader) Lend(values map[string]any, plain func(at []string) bool) map[string]any {
	out, _ := eachMark(nil, values, func(at []string, found mark) any {
		if plain(at) {
			return r.marks[found].value
		}
		return lent + strconv.Itoa(int(found))
	}).(map[string]any)
	return out
}

// TakeBack makes marks of the texts that were lent.
func (r *Reader) TakeBack(values map[string]any) map[string]any {
	out, _ := takenBack(values).(map[string]any)
	return out
}

func eachMark(at []string, value any, change func([]string, mark) any) any {
	here := at[:len(at):len(at)]
	switch value := value.(type) {
	case mark:
		return change(at, value)
	case map[string]any:
		out := make(map[string]any, len(value))
		for key, inner := range value {
			out[key] = eachMark(append(here, key), inner, change)
		}
		return out
	case []any:
		out := make([]any, len(value))
		for i, inner := range value {
			out[i] = eachMark(append(here, strconv.Itoa(i)), inner, change)
		}
		return out
	default:
		return value
	}
}

func takenBack(value any) any {
	switch value := value.(type) {
	case string:
		if digits, ok := strings.CutPrefix(value, lent); ok {
			if number, err := strconv.Atoi(digits); err == nil {
				return mark(number)
			}
		}
		return value
	case map[string]any:
		for key, inner := range value {
			value[key] = takenBack(inner)
		}
		return value
	case []any:
		for i, inner := range value {
			value[i] = takenBack(inner)
		}
		return value
	default:
		return value
	}
}
