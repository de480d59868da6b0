package helm

import (
	"bytes"
	"fmt"
	"strings"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// Manifests are what a chart becomes.
type Manifests struct {
	// CRDs are the files in crds/, which are not templates.
	CRDs []chart.CRD
	// Sorted are all but the hooks, in the order of their installation.
	Sorted []releaseutil.Manifest
	Hooks  []*release.Hook

	// files are what the manifests are pieces of, by name.
	files map[string]string
}

// Print lays manifests out as `helm template` does.
func (m *Manifests) Print() []byte {
	var body bytes.Buffer
	for _, crd := range m.CRDs {
		printSource(&body, crd.Filename, string(crd.File.Data))
	}
	for _, manifest := range m.Sorted {
		printSource(&body, manifest.Name, manifest.Content)
	}
	var out bytes.Buffer
	fmt.Fprintln(&out, strings.TrimSpace(body.String()))
	for _, hook := range m.Hooks {
		printSource(&out, hook.Path, hook.Manifest)
	}
	return out.Bytes()
}

func printSource(to *bytes.Buffer, source, content string) {
	fmt.Fprintf(to, "---\n# Source: %s\n%s\n", source, content)
}
