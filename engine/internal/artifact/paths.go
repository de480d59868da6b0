package artifact

import (
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// parseFrom takes `@alias/pattern` apart.
func parseFrom(from string) (alias, pattern string, err error) {
	named, ok := strings.CutPrefix(from, "@")
	if !ok {
		return "", "", errors.New("source must start with '@'")
	}
	if alias, pattern, ok = strings.Cut(named, "/"); !ok {
		return "", "", errors.New("source format must be '@alias/pattern'")
	}
	return alias, pattern, nil
}

// parseTo gives the path in `@artifact/path`.
func parseTo(to string) (string, error) {
	name, ok := strings.CutPrefix(to, "@artifact/")
	switch {
	case !ok:
		return "", errors.New("destination must start with '@artifact/'")
	case name == "":
		return ".", nil
	case !filepath.IsLocal(name):
		return "", errors.New("destination path must stay within the artifact root")
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "", errors.New("destination path must not contain '..'")
	}
	return name, nil
}

func hasMeta(name string) bool { return strings.ContainsAny(name, "*?[]") }

// literalBase gives the folder that a pattern begins with before its first step with a special character.
func literalBase(pattern string) string {
	steps := strings.Split(path.Clean(pattern), "/")
	if first := slices.IndexFunc(steps, hasMeta); first >= 0 {
		steps = steps[:first]
	}
	if len(steps) == 0 {
		return "."
	}
	return path.Join(steps...)
}
