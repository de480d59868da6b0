package applicationset

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/valyala/fasttemplate"
)

// params is one set of parameters.
type params = map[string]any

// templates fills in texts with parameters, as the controller's Render does (applicationset/utils). It parses each text once.
type templates struct {
	goTemplate bool
	options    []string
	parsed     map[string]parsed
	// unresolved are the tags that were left standing since it was last emptied.
	unresolved []string
}

type parsed struct {
	template *template.Template
	err      error
}

// newTemplates fails on an option that text/template does not have, at which it panics; so does the controller.
func newTemplates(goTemplate bool, options []string) (made *templates, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("spec.goTemplateOptions: %v", cause)
		}
	}()
	if goTemplate {
		template.New("").Option(options...)
	}
	return &templates{goTemplate: goTemplate, options: options, parsed: map[string]parsed{}}, nil
}

var templated = regexp.MustCompile(`.*{{.*}}.*`)

// replace fills in a text.
func (t *templates) replace(text string, values params) (string, error) {
	if t.goTemplate {
		return t.execute(text, values)
	}
	if !templated.MatchString(text) {
		return text, nil
	}
	filled, err := fasttemplate.NewTemplate(text, "{{", "}}")
	if err != nil {
		return "", fmt.Errorf("invalid template: %w", err)
	}
	return filled.ExecuteFuncString(func(w io.Writer, tag string) (int, error) {
		name := strings.TrimSpace(tag)
		if value, ok := values[name].(string); ok && name != "" {
			return io.WriteString(w, value)
		}
		if !slices.Contains(t.unresolved, name) {
			t.unresolved = append(t.unresolved, name)
		}
		return fmt.Fprintf(w, "{{%s}}", tag)
	}), nil
}

func (t *templates) execute(text string, values params) (string, error) {
	if !strings.Contains(text, "{{") { // no action: it is its own result
		return text, nil
	}
	known, ok := t.parsed[text]
	if !ok {
		known.template, known.err = template.New("").Funcs(functions).Parse(text)
		if known.err == nil {
			known.template.Option(t.options...)
		}
		t.parsed[text] = known
	}
	if known.err != nil {
		return "", fmt.Errorf("failed to parse template %s: %w", text, known.err)
	}
	var filled strings.Builder
	if err := known.template.Execute(&filled, values); err != nil {
		return "", fmt.Errorf("failed to execute go template %s: %w", text, err)
	}
	return filled.String(), nil
}

// addValues adds a generator's values, which may name the other parameters but not each other.
func (t *templates) addValues(values map[string]string, to params) error {
	filled := make(map[string]string, len(values))
	for _, key := range sortedKeys(values) {
		value, err := t.replace(values[key], to)
		if err != nil {
			return inField(fmt.Errorf("failed to replace templated string: failed to replace templated string with rendered values: %w", err), key)
		}
		filled[key] = value
	}
	if len(filled) > 0 && t.goTemplate {
		to["values"] = filled
		return nil
	}
	for key, value := range filled {
		to["values."+key] = value
	}
	return nil
}
