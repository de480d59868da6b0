package image

import (
	"regexp"

	"sigs.k8s.io/kustomize/kyaml/memo"
)

// patterns are those of images' names, which are matched with every image of a rendering.
var patterns = memo.Memo[*regexp.Regexp]{Capacity: 1 << 16}

// compile gives what regexp.Compile gives.
func compile(pattern string) (*regexp.Regexp, error) {
	if known, ok := patterns.Get(pattern); ok {
		return known, nil
	}
	result, err := regexp.Compile(pattern)
	if err == nil {
		patterns.Put(pattern, result)
	}
	return result, err
}
