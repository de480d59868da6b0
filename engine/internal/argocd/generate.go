package argocd

import (
	"errors"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/trace"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// The types of a source, in Argo CD's words.
const (
	typeHelm      = "Helm"
	typeKustomize = "Kustomize"
	typeDirectory = "Directory"
	typePlugin    = "Plugin"
)

// work is what the render of one source has to do with.
type work struct {
	*rendering
	source      *v1alpha1.ApplicationSource
	environment environment
	// root is the real path of the repository or chart, folder that of the source's path in it.
	root   string
	folder string
	// at is the source's path in the Application.
	at []any
	// files are those in the folder that changed the source, the last to do so last, and overrides the same for a render that is traced.
	files     []override
	overrides []*trace.Object
	// laidOver are the value files, once they are known.
	laidOver []string
}

// generate makes the objects of a source, by its type.
func (w *work) generate(kind string) ([]*unstructured.Unstructured, error) {
	switch kind {
	case typeHelm:
		return w.helm()
	case typeKustomize:
		return w.kustomize()
	case typeDirectory:
		return w.directory()
	default:
		return nil, w.refusePlugin()
	}
}

func (w *work) refusePlugin() error {
	if w.source.Plugin == nil || w.source.Plugin.Name == "" {
		return errors.New("plugins are not run: what Argo CD makes of this source can't be shown")
	}
	return fmt.Errorf("plugins are not run: what Argo CD makes of this source with plugin %q can't be shown", w.source.Plugin.Name)
}
