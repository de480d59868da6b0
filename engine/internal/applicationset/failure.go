package applicationset

import (
	"errors"
	"fmt"
)

// failure is why something of a set is not generated. The controller stops at the first.
type failure struct {
	// path is where in the ApplicationSet.
	path string
	err  error
}

func fail(path string, err error) []failure { return []failure{{path, err}} }

// explained puts the controller's words for where it was before each failure.
func explained(failures []failure, format string, args ...any) []failure {
	for i := range failures {
		failures[i].err = fmt.Errorf(format+": %w", append(args[:len(args):len(args)], failures[i].err)...)
	}
	return failures
}

// fieldError is an error in a field of what was filled in.
type fieldError struct {
	field string
	err   error
}

func (e *fieldError) Error() string { return e.err.Error() }
func (e *fieldError) Unwrap() error { return e.err }

// inField tells that err is in a field: a name, or an index in brackets.
func inField(err error, name string) error {
	if err == nil || name == "" {
		return err
	}
	inner, ok := err.(*fieldError)
	if !ok {
		return &fieldError{name, err}
	}
	if inner.field[0] != '[' {
		name += "."
	}
	return &fieldError{name + inner.field, inner.err}
}

// fieldOf is where an error is below a path, the path itself when that is all that is known.
func fieldOf(err error, path string) string {
	inner := new(fieldError)
	if errors.As(err, &inner) {
		return path + "." + inner.field
	}
	return path
}
