package helmrelease

import (
	"encoding/json"

	"drydock/engine/internal/render"

	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// renderManifests passes manifests through what helm-controller v1.6.4 post-renders with (internal/postrender), in its order: each
// of spec.postRenderers, spec.commonMetadata, the labels that tell where an object comes from. Without those labels the
// manifests still go the same way, so that what is refused there is refused here.
func renderManifests(o *object, originLabels map[string]string, manifests string) (rendered string, err error) {
	render.WithSharedSchema(func() { rendered, err = renderAll(o, originLabels, []byte(manifests)) })
	return rendered, err
}

func renderAll(o *object, originLabels map[string]string, manifests []byte) (string, error) {
	var err error
	for _, renderer := range o.Spec.PostRenderers {
		if renderer.Kustomize == nil {
			continue
		}
		if manifests, err = kustomize(renderer.Kustomize.Patches, renderer.Kustomize.Images, manifests); err != nil {
			return "", err
		}
	}
	if common := o.Spec.CommonMetadata; common != nil && (common.Labels != nil || common.Annotations != nil) {
		if manifests, err = addMetadata(common.Labels, common.Annotations, manifests); err != nil {
			return "", err
		}
	}
	manifests, err = addMetadata(originLabels, nil, manifests)
	return string(manifests), err
}

// kustomize builds a kustomization of the manifests.
func kustomize(patches []patch, images []image, manifests []byte) ([]byte, error) {
	const input = "helm-output.yaml"
	kustomization := types.Kustomization{
		TypeMeta:  types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
		Resources: []string{input},
	}
	for _, image := range images {
		kustomization.Images = append(kustomization.Images, types.Image{
			Name: image.Name, NewName: image.NewName, NewTag: image.NewTag, Digest: image.Digest,
		})
	}
	for _, patch := range patches {
		kustomization.Patches = append(kustomization.Patches, types.Patch{Patch: patch.Patch, Target: selectorOf(patch.Target)})
	}
	text, err := json.Marshal(kustomization)
	if err != nil {
		return nil, err
	}
	fs := filesys.MakeFsInMemory()
	for name, content := range map[string][]byte{input: manifests, "kustomization.yaml": text} {
		if err := fs.WriteFile(name, content); err != nil {
			return nil, err
		}
	}
	options := &krusty.Options{LoadRestrictions: types.LoadRestrictionsNone, PluginConfig: types.DisabledPluginConfig()}
	resources, err := krusty.MakeKustomizer(options).Run(fs, ".")
	if err != nil {
		return nil, err
	}
	return resources.AsYaml()
}

func selectorOf(target *selector) *types.Selector {
	if target == nil {
		return nil
	}
	made := &types.Selector{LabelSelector: target.LabelSelector, AnnotationSelector: target.AnnotationSelector}
	made.Group, made.Version, made.Kind = target.Group, target.Version, target.Kind
	made.Name, made.Namespace = target.Name, target.Namespace
	return made
}

// addMetadata adds labels and annotations to each object.
func addMetadata(labels, annotations map[string]string, manifests []byte) ([]byte, error) {
	resources, err := resmap.NewFactory(provider.NewDefaultDepProvider().GetResourceFactory()).NewResMapFromBytes(manifests)
	if err != nil {
		return nil, err
	}
	if labels != nil {
		plugin := &builtins.LabelTransformerPlugin{Labels: labels, FieldSpecs: created("metadata/labels")}
		if err := plugin.Transform(resources); err != nil {
			return nil, err
		}
	}
	if annotations != nil {
		plugin := &builtins.AnnotationsTransformerPlugin{Annotations: annotations, FieldSpecs: created("metadata/annotations")}
		if err := plugin.Transform(resources); err != nil {
			return nil, err
		}
	}
	return resources.AsYaml()
}

// created is a field of every object, made where it is missing.
func created(path string) []types.FieldSpec {
	return []types.FieldSpec{{Path: path, CreateIfNotPresent: true}}
}
