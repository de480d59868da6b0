package render

import (
	"path/filepath"

	"drydock/engine/internal/securefs"
	"drydock/engine/internal/trace"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// BuildConfined builds the kustomization in a directory as Flux does (SecureBuild of github.com/fluxcd/pkg/kustomize v1.35.6),
// and lets then make the YAML; it may be called more than once, each time with resources of its own. Files come from anywhere below root, a real path, and from copies of what lies
// elsewhere; resources stay in the order in which they were loaded; a schema that a kustomization names adds to the built-in one. With
// written, the rendering has a trace, which is of the resources as then gets them.
func BuildConfined(view *tree.View, root, directory string, written *trace.Written, then func(resmap.ResMap) ([]byte, error)) (wire.Rendering, error) {
	options := &krusty.Options{LoadRestrictions: types.LoadRestrictionsNone, PluginConfig: types.DisabledPluginConfig()}
	return buildTraced(files{View: view, root: root, traced: written != nil, written: written}, directory, options, then)
}

// CleanedAbs is filesys.FileSystem's.
func (f *files) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	directory, file, err := f.View.CleanedAbs(name)
	if err != nil || f.root == "" {
		return directory, file, err
	}
	if resolved := filepath.ToSlash(directory.String()); !f.IsCopied(resolved) && !tree.Within(resolved, f.root) {
		return "", "", securefs.Outside("abs", name, f.root)
	}
	return directory, file, nil
}

func (f *files) confine(op, name string) error {
	if f.root == "" {
		return nil
	}
	return securefs.Check(f.View, f.root, op, name)
}
