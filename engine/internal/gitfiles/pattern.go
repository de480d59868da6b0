package gitfiles

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// pattern is a line of a .gitignore file.
type pattern struct {
	// folder is where the file lies: the pattern says nothing of what lies elsewhere.
	folder string
	// name is what a name must match, whatever folder it is in; empty when steps say it.
	name string
	// steps are what the steps of a path, counted from the folder, must match; `**` stands for any number of them.
	steps []string
	// folders tells that only a folder matches.
	folders bool
	// takesBack tells that what matches is not ignored after all.
	takesBack bool
}

// parse reads the patterns of a .gitignore file in a folder (dir.c of Git, add_patterns_from_buffer and parse_path_pattern).
func parse(content []byte, folder string) []pattern {
	var found []pattern
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	for line := range strings.Lines(string(content)) {
		line = withoutTrailingSpaces(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
		if strings.HasPrefix(line, "#") {
			continue
		}
		p := pattern{folder: folder}
		line, p.takesBack = strings.CutPrefix(line, "!")
		line, p.folders = strings.CutSuffix(line, "/")
		switch {
		case line == "":
			continue
		case !strings.Contains(line, "/"):
			p.name = line
		default:
			p.steps = strings.Split(strings.TrimPrefix(line, "/"), "/")
		}
		found = append(found, p)
	}
	return found
}

// withoutTrailingSpaces leaves a space that a backslash stands before.
func withoutTrailingSpaces(line string) string {
	end := 0
	for at := 0; at < len(line); at++ {
		switch {
		case line[at] == ' ':
			continue
		case line[at] == '\\' && at+1 < len(line):
			at++
		}
		end = at + 1
	}
	return line[:end]
}

// ignores tells whether the last of the patterns that match a path lets it be ignored.
func ignores(patterns []pattern, name string, isFolder bool) bool {
	for _, p := range slices.Backward(patterns) {
		if (isFolder || !p.folders) && p.matches(name) {
			return !p.takesBack
		}
	}
	return false
}

func (p pattern) matches(name string) bool {
	if p.name != "" {
		return Wildmatch(p.name, path.Base(name))
	}
	relative := strings.TrimPrefix(strings.TrimPrefix(name, p.folder), "/")
	return matchSteps(p.steps, strings.Split(relative, "/"))
}

// matchSteps tells whether patterns match all steps of a path: `**` matches any number, at the end at least one.
func matchSteps(patterns, steps []string) bool {
	for i, p := range patterns {
		if p == "**" {
			rest := patterns[i+1:]
			if len(rest) == 0 {
				return len(steps) > 0
			}
			for skipped := range len(steps) {
				if matchSteps(rest, steps[skipped:]) {
					return true
				}
			}
			return false
		}
		if len(steps) == 0 || !Wildmatch(p, steps[0]) {
			return false
		}
		steps = steps[1:]
	}
	return len(steps) == 0
}
