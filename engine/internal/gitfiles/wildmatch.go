package gitfiles

import "strings"

// Wildmatch tells whether a glob of Git's matches a whole text. Bytes are compared; a slash is like any other byte.
func Wildmatch(pattern, text string) bool {
	for pattern != "" {
		switch pattern[0] {
		case '*':
			rest := strings.TrimLeft(pattern, "*")
			for i := range len(text) + 1 {
				if Wildmatch(rest, text[i:]) {
					return true
				}
			}
			return false
		case '?':
			if text == "" {
				return false
			}
			pattern = pattern[1:]
		case '[':
			rest, matched := matchClass(pattern[1:], text)
			if !matched {
				return false
			}
			pattern = rest
		default:
			if pattern[0] == '\\' && len(pattern) > 1 {
				pattern = pattern[1:]
			}
			if text == "" || text[0] != pattern[0] {
				return false
			}
			pattern = pattern[1:]
		}
		text = text[1:]
	}
	return text == ""
}

// matchClass tells whether what follows a [ matches the first byte of a text, and gives what follows the ].
func matchClass(class, text string) (rest string, matched bool) {
	if text == "" {
		return "", false
	}
	byte0 := text[0]
	negated := false
	if class != "" && (class[0] == '!' || class[0] == '^') {
		negated = true
		class = class[1:]
	}
	for first := true; ; first = false {
		if class == "" {
			return "", false // never closed
		}
		if class[0] == ']' && !first {
			return class[1:], matched != negated
		}
		if name, after, ok := strings.Cut(class, ":]"); ok && strings.HasPrefix(name, "[:") {
			in, known := posix[name[2:]]
			if !known {
				return "", false
			}
			matched = matched || in(byte0)
			class = after
			continue
		}
		low, after := classByte(class)
		high := low
		if len(after) > 1 && after[0] == '-' && after[1] != ']' {
			high, after = classByte(after[1:])
		}
		matched = matched || low <= byte0 && byte0 <= high
		class = after
	}
}

func classByte(class string) (value byte, rest string) {
	if class[0] == '\\' && len(class) > 1 {
		class = class[1:]
	}
	return class[0], class[1:]
}

var posix = map[string]func(byte) bool{
	"alpha":  isAlpha,
	"digit":  isDigit,
	"alnum":  func(b byte) bool { return isAlpha(b) || isDigit(b) },
	"lower":  func(b byte) bool { return 'a' <= b && b <= 'z' },
	"upper":  func(b byte) bool { return 'A' <= b && b <= 'Z' },
	"space":  func(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' },
	"blank":  func(b byte) bool { return b == ' ' || b == '\t' },
	"punct":  func(b byte) bool { return '!' <= b && b <= '~' && !isAlpha(b) && !isDigit(b) },
	"graph":  func(b byte) bool { return '!' <= b && b <= '~' },
	"print":  func(b byte) bool { return ' ' <= b && b <= '~' },
	"cntrl":  func(b byte) bool { return b < ' ' || b == 0x7f },
	"xdigit": func(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'f' },
}

func isAlpha(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isDigit(b byte) bool { return '0' <= b && b <= '9' }
