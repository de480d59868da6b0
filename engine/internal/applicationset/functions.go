package applicationset

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/Masterminds/sprig/v3"
	"github.com/gosimple/slug"
	"sigs.k8s.io/yaml"
)

// functions are what a Go template may call: Sprig's without those that look at the machine, and Argo CD's own.
var functions = func() map[string]any {
	functions := sprig.GenericFuncMap()
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		delete(functions, name)
	}
	maps.Copy(functions, map[string]any{
		"normalize":     normalize,
		"slugify":       slugify,
		"toYaml":        toYAML,
		"fromYaml":      fromYAML,
		"fromYamlArray": fromYAMLArray,
	})
	return functions
}()

const maxDNSName = 253

var notInDNSName = regexp.MustCompile(`[^-a-z0-9.]`)

// normalize makes a name that Kubernetes takes, which is what Argo CD calls normalized.
func normalize(name string) string {
	name = notInDNSName.ReplaceAllString(strings.ToLower(name), "-")
	return strings.Trim(name[:min(len(name), maxDNSName)], "-.")
}

// slugOptions are package slug's, which keeps them in globals.
var slugOptions sync.Mutex

// slugify is called as `slugify [length [whether to cut at words]] name`.
func slugify(arguments ...any) string {
	length, atWords, name := 50, true, ""
	for i, argument := range arguments {
		switch {
		case i == len(arguments)-1:
			name = argument.(string)
		case i == 0:
			length = argument.(int)
		case i == 1:
			atWords = argument.(bool)
		}
	}
	return makeSlug(normalize(name), length, atWords, nil)
}

// branchSlug is a branch's name as part of a host's name.
func branchSlug(branch string) string {
	return makeSlug(branch, 50, true, map[string]string{"_": "-"})
}

func makeSlug(text string, length int, atWords bool, substitutes map[string]string) string {
	slugOptions.Lock()
	defer slugOptions.Unlock()
	slug.MaxLength, slug.EnableSmartTruncate, slug.CustomSub = length, atWords, substitutes
	return slug.Make(text)
}

func toYAML(value any) (string, error) {
	data, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(data), "\n"), err
}

func fromYAML(text string) (map[string]any, error) {
	value := map[string]any{}
	err := yaml.Unmarshal([]byte(text), &value)
	return value, err
}

func fromYAMLArray(text string) ([]any, error) {
	value := []any{}
	err := yaml.Unmarshal([]byte(text), &value)
	return value, err
}

func sortedKeys[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }

// plain is how a value is printed where all parameters are texts.
func plain(value any) string { return fmt.Sprintf("%v", value) }
