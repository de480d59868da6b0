package engine

import (
	"io"
	"text/template"
)

// execute runs the template of a file, or the one that the host chooses in its place: it has then given a function of this name.
func (e Engine) execute(t *template.Template, to io.Writer, filename string, values any) error {
	if instead, ok := e.CustomTemplateFuncs["drydockInsteadOf"].(func(*template.Template, string) string); ok {
		filename = instead(t, filename)
	}
	return t.ExecuteTemplate(to, filename, values)
}
