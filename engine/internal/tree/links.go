package tree

import (
	"errors"
	"path"
	"strings"
)

// File systems refuse longer names and paths (bytes). kustomize tries inline patches as paths first.
const (
	maxName = 255
	maxPath = 4096
)

// Go's filepath.EvalSymlinks and Linux's open follow this many links before they give up.
const (
	maxEvalLinks = 255
	maxOpenLinks = 40
)

// errStep is why a walk can't go beyond a path.
type errStep struct {
	at  string
	why errno
}

func (e *errStep) Error() string { return "lstat " + e.at + ": " + e.why.Error() }
func (e *errStep) Unwrap() error { return e.why }

var errTooManyLinks = errors.New("EvalSymlinks: too many links")

// evalLinks resolves all links in a path as filepath.EvalSymlinks of Go 1.26 does, errors included, and
// gives what is found there.
func (v *View) evalLinks(name string) (string, *State, error) {
	resolved, state, err := v.walk(name, maxEvalLinks)
	var step *errStep
	if errors.As(err, &step) && step.why == errNotDirectory {
		return "", nil, errNotDirectory // filepath.EvalSymlinks names no path here
	}
	return resolved, state, err
}

// open gives the file at a path, with the errors of os.ReadFile.
func (v *View) open(name string) (*State, error) {
	if len(name) >= maxPath {
		return nil, &pathError{"open", name, errNameTooLong}
	}
	_, state, err := v.walk(name, maxOpenLinks)
	var step *errStep
	switch {
	case errors.As(err, &step):
		return nil, &pathError{"open", name, step.why}
	case err != nil:
		return nil, &pathError{"open", name, errLoop}
	case state.Kind == Directory:
		v.reads[name] = true
		return nil, &pathError{"read", name, errIsDirectory}
	case state.Kind == Unreadable:
		return nil, &pathError{"open", name, errno(state.Reason)}
	default:
		return state, nil
	}
}

// walk goes down a clean absolute path, following up to maxLinks links, and gives the real path and what is there: never
// something absent, and never a link.
func (v *View) walk(name string, maxLinks int) (string, *State, error) {
	resolved := "/"
	rest := strings.TrimPrefix(name, "/")
	for links := 0; rest != ""; {
		var step string
		step, rest, _ = strings.Cut(rest, "/")
		at := path.Join(resolved, step)
		destination := path.Join(at, rest)
		switch {
		case step == "" || step == ".":
			continue
		case step == "..":
			resolved = path.Dir(resolved)
			continue
		case len(step) > maxName || len(at) >= maxPath:
			return "", nil, &errStep{at, errNameTooLong}
		case strings.Contains(step, "\x00"):
			return "", nil, &errStep{at, errInvalid}
		}
		state := v.lstat(at, destination)
		switch state.Kind {
		case Absent:
			return "", nil, &errStep{at, errNotExist}
		case Link:
			if links++; links > maxLinks {
				return "", nil, errTooManyLinks
			}
			if strings.HasPrefix(state.Target, "/") {
				resolved = "/"
			}
			rest = strings.TrimSuffix(state.Target+"/"+rest, "/")
		case Directory, Unreadable: // whoever can't list a folder may still know a path in it
			resolved = at
		case File:
			if rest != "" {
				return "", nil, &errStep{at, errNotDirectory}
			}
			resolved = at
		}
	}
	return resolved, v.lstat(resolved, resolved), nil
}
