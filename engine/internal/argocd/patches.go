package argocd

import (
	"errors"
	"fmt"
	"path"

	"drydock/engine/internal/argocd/v1alpha1"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/yaml"
)

// addPatches adds patches to those of the kustomization. kustomize has no command for it, so Argo CD writes the file itself, and
// so is it here (util/kustomize/kustomize.go, Build, v3.2.11).
func (w *work) addPatches(patches v1alpha1.KustomizePatches) error {
	if len(patches) == 0 {
		return nil
	}
	file, content, err := w.kustomization()
	if err != nil {
		return err
	}
	var written any
	if err := yaml.Unmarshal(content, &written); err != nil {
		return fmt.Errorf("failed to unmarshal kustomization.yaml: %w", err)
	}
	fields, ok := written.(map[string]any)
	if !ok {
		return fmt.Errorf("expected kustomization.yaml to be type map[string]any, but got %T", written)
	}
	all := []any{}
	if own, ok := fields["patches"]; ok {
		if all, ok = own.([]any); !ok {
			return fmt.Errorf("expected 'patches' field in kustomization.yaml to be []any, but got %T", own)
		}
	}
	for _, patch := range patches {
		all = append(all, patch)
	}
	fields["patches"] = all
	changed, err := yaml.Marshal(fields)
	if err != nil {
		return fmt.Errorf("failed to marshal kustomization.yaml after adding patches: %w", err)
	}
	w.view.Put(file, changed)
	return nil
}

// kustomization gives the real path and the content of the kustomization in the source's folder.
func (w *work) kustomization() (string, []byte, error) {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		file, _, err := w.view.Resolve(path.Join(w.folder, name))
		if err != nil {
			continue
		}
		content, err := w.view.ReadFile(file)
		if err != nil {
			return "", nil, fmt.Errorf("failed to load kustomization.yaml: %w", err)
		}
		return file, content, nil
	}
	return "", nil, errors.New("kustomization file not found in the path")
}
