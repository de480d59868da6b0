package render

import (
	"errors"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/kustomize/api/types"
)

// releaseName gives the name that `helm template` (v4.2.4, pkg/action/install.go NameAndChart and TemplateName) takes from the
// arguments that kustomize gives it.
func releaseName(chart types.HelmChart) (string, error) {
	switch {
	case chart.ReleaseName != "" && chart.NameTemplate != "":
		return "", errors.New("cannot set --name-template and also specify a name")
	case chart.ReleaseName != "":
		return chart.ReleaseName, nil
	case chart.NameTemplate == "":
		return "release-name", nil // kustomize asks for a generated name, and `helm template` does not generate one
	}
	parsed, err := template.New("name-template").Funcs(sprig.TxtFuncMap()).Parse(chart.NameTemplate)
	if err != nil {
		return "", err
	}
	var name strings.Builder
	if err := parsed.Execute(&name, nil); err != nil {
		return "", err
	}
	return name.String(), nil
}
