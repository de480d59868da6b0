package helmrelease

import (
	"encoding/json"

	"drydock/engine/internal/fluxapi"
	"drydock/engine/internal/render"
	"drydock/engine/internal/trace"
	"drydock/engine/internal/wire"

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
func renderManifests(o *object, originLabels map[string]string, manifests string, follow *following) (rendered string, err error) {
	render.WithSharedSchema(func() { rendered, err = renderAll(o, originLabels, []byte(manifests), follow) })
	return rendered, err
}

func renderAll(o *object, originLabels map[string]string, manifests []byte, follow *following) (string, error) {
	objects := follow.merged(string(manifests))
	for i, renderer := range o.Spec.PostRenderers {
		if renderer.Kustomize == nil {
			continue
		}
		rendered, traced, err := kustomize(renderer.Kustomize.Patches, renderer.Kustomize.Images, manifests, follow.build(i))
		if err != nil {
			return "", err
		}
		if follow != nil {
			objects = follow.patched(manifests, objects, rendered, traced)
		}
		manifests = rendered
	}
	if common := o.Spec.CommonMetadata; common != nil && (common.Labels != nil || common.Annotations != nil) {
		rendered, err := addMetadata(common.Labels, common.Annotations, manifests)
		if err != nil {
			return "", err
		}
		manifests = rendered
		if follow != nil {
			given := map[string]map[string]string{"labels": common.Labels, "annotations": common.Annotations}
			objects = follow.marked(objects, manifests, given, []any{"spec", "commonMetadata"})
		}
	}
	manifests, err := addMetadata(originLabels, nil, manifests)
	if follow != nil && err == nil {
		objects = follow.marked(objects, manifests, map[string]map[string]string{"labels": originLabels}, nil)
	}
	follow.finished(objects)
	return string(manifests), err
}

// helmOutput is the only file of a post-renderer's kustomization.
const helmOutput = "helm-output.yaml"

// kustomize builds a kustomization of the manifests; with written, the build is traced.
func kustomize(patches []fluxapi.Patch, images []image, manifests []byte, written *trace.Written) ([]byte, *wire.Trace, error) {
	kustomization := types.Kustomization{
		TypeMeta:  types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind},
		Resources: []string{helmOutput},
	}
	for _, image := range images {
		kustomization.Images = append(kustomization.Images, types.Image{
			Name: image.Name, NewName: image.NewName, NewTag: image.NewTag, Digest: image.Digest,
		})
	}
	for _, patch := range patches {
		kustomization.Patches = append(kustomization.Patches, patch.ForKustomize())
	}
	text, err := json.Marshal(kustomization)
	if err != nil {
		return nil, nil, err
	}
	fs := filesys.MakeFsInMemory()
	for name, content := range map[string][]byte{helmOutput: manifests, "kustomization.yaml": text} {
		if err := fs.WriteFile(name, content); err != nil {
			return nil, nil, err
		}
	}
	options := &krusty.Options{LoadRestrictions: types.LoadRestrictionsNone, PluginConfig: types.DisabledPluginConfig()}
	if written != nil {
		traced := &tracedFiles{fs, trace.New(fs.ReadFile, written)}
		if resources, err := krusty.MakeKustomizer(options).Run(traced, "."); err == nil {
			told := traced.tracer.Report(resources)
			rendered, err := resources.AsYaml()
			return rendered, told, err
		}
	}
	resources, err := krusty.MakeKustomizer(options).Run(fs, ".")
	if err != nil {
		return nil, nil, err
	}
	rendered, err := resources.AsYaml()
	return rendered, nil, err
}

// tracedFiles tell the tracer of a build that kustomize asks for (engine/_kustomize/internal/target/trace.go) what is read.
type tracedFiles struct {
	filesys.FileSystem
	tracer *trace.Tracer
}

func (f *tracedFiles) Tracer() any { return f.tracer }

func (f *tracedFiles) ReadFile(name string) ([]byte, error) {
	content, err := f.FileSystem.ReadFile(name)
	if err == nil {
		f.tracer.FileRead(name, content)
	}
	return content, err
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
