package yaml

import "sigs.k8s.io/kustomize/kyaml/memo"

// strings11 are the values that were looked at, and whether each is something else than a string in YAML 1.1.
var strings11 = memo.Memo[bool]{Capacity: 1 << 20}

// IsValueNonString returns true if the value parses as a non-string value in yaml 1.1
// when unquoted. Each value that is written anywhere is parsed for that, and most were written before.
func IsValueNonString(value string) bool {
	if known, ok := strings11.Get(value); ok {
		return known
	}
	result := isValueNonString(value)
	strings11.Put(value, result)
	return result
}
