package argocd

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/render"
	"drydock/engine/internal/wire"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// kustomize builds a kustomization after the source's options were written into it, as the repo-server does
// (util/kustomize/kustomize.go, Build, v3.2.11).
func (w *work) kustomize() ([]*unstructured.Unstructured, error) {
	written := w.written(w.source.Kustomize)
	if options := w.source.Kustomize; options != nil {
		if err := w.write(options); err != nil {
			return nil, err
		}
	}
	kubeVersion, err := withoutSuffix(w.kubeVersion())
	if err != nil {
		return nil, err
	}
	request := wire.Build{
		Directory: w.folder, LoadRestrictor: w.request.LoadRestrictor, Trace: w.follow != nil,
		EnableHelm: w.request.EnableHelm, HelmKubeVersion: kubeVersion, HelmAPIVersions: w.apiVersions(),
	}
	built, err := render.BuildWritten(w.view, request, written)
	w.warnings = append(w.warnings, built.Warnings...)
	if err != nil {
		return nil, err
	}
	objects, err := split(built.YAML)
	w.follow.built(objects, built)
	return objects, err
}

// write writes options into the copy of the kustomization that this render sees.
func (w *work) write(options *v1alpha1.ApplicationSourceKustomize) error {
	if options.Version != "" {
		w.warnings = append(w.warnings, fmt.Sprintf("kustomize.version %s is not taken into account: this is kustomize %s", options.Version, render.KustomizeVersion()))
	}
	edits, err := w.edits(options)
	if err != nil {
		return err
	}
	for _, args := range edits {
		if err := w.edit(args); err != nil {
			return err
		}
	}
	if err := w.addPatches(options.Patches); err != nil {
		return err
	}
	components := options.Components
	if options.IgnoreMissingComponents {
		components = slices.DeleteFunc(slices.Clone(components), w.isMissing)
	}
	if len(components) == 0 {
		return nil
	}
	return w.edit(append([]string{"add", "component"}, components...))
}

// edits gives the arguments of `kustomize edit` for the options that it has commands for, in Argo CD's order.
func (w *work) edits(options *v1alpha1.ApplicationSourceKustomize) ([][]string, error) {
	var edits [][]string
	if options.NamePrefix != "" {
		edits = append(edits, []string{"set", "nameprefix", "--", options.NamePrefix})
	}
	if options.NameSuffix != "" {
		edits = append(edits, []string{"set", "namesuffix", "--", options.NameSuffix})
	}
	if len(options.Images) > 0 {
		args := []string{"set", "image"}
		for _, image := range options.Images {
			args = append(args, w.environment.substitute(string(image)))
		}
		edits = append(edits, args)
	}
	if len(options.Replicas) > 0 {
		args, err := replicas(options.Replicas)
		if err != nil {
			return nil, err
		}
		edits = append(edits, args)
	}
	if len(options.CommonLabels) > 0 {
		edits = append(edits, w.labels(options))
	}
	if len(options.CommonAnnotations) > 0 {
		edits = append(edits, w.annotations(options))
	}
	if options.Namespace != "" {
		edits = append(edits, []string{"set", "namespace", "--", options.Namespace})
	}
	return edits, nil
}

func replicas(wanted v1alpha1.KustomizeReplicas) ([]string, error) {
	args := []string{"set", "replicas"}
	for _, replica := range wanted {
		count := replica.Count.IntValue()
		if replica.Count.Type == intstr.String {
			var err error
			if count, err = strconv.Atoi(replica.Count.StrVal); err != nil {
				return nil, fmt.Errorf("expected integer value for count. Received: %s", replica.Count.StrVal)
			}
		}
		args = append(args, fmt.Sprintf("%s=%d", replica.Name, count))
	}
	return args, nil
}

func (w *work) labels(options *v1alpha1.ApplicationSourceKustomize) []string {
	args := []string{"add", "label"}
	if options.ForceCommonLabels {
		args = append(args, "--force")
	}
	if options.LabelWithoutSelector {
		args = append(args, "--without-selector")
	}
	if options.LabelIncludeTemplates {
		args = append(args, "--include-templates")
	}
	for _, name := range slices.Sorted(maps.Keys(options.CommonLabels)) {
		args = append(args, name+":"+w.environment.substitute(options.CommonLabels[name]))
	}
	return args
}

func (w *work) annotations(options *v1alpha1.ApplicationSourceKustomize) []string {
	args := []string{"add", "annotation"}
	if options.ForceCommonAnnotations {
		args = append(args, "--force")
	}
	for _, name := range slices.Sorted(maps.Keys(options.CommonAnnotations)) {
		value := options.CommonAnnotations[name]
		if options.CommonAnnotationsEnvsubst {
			value = w.environment.substitute(value)
		}
		args = append(args, name+":"+value)
	}
	return args
}

// isMissing tells whether there is nothing in the repository at a component's path.
func (w *work) isMissing(component string) bool {
	resolved, _, err := w.view.Resolve(path.Join(w.folder, component))
	return err != nil || resolved != w.root && !strings.HasPrefix(resolved, w.root+"/")
}
