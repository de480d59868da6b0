// Package flux renders Flux Kustomizations as kustomize-controller v1.9.5 does. Its steps are those of the controller and of
// github.com/fluxcd/pkg/kustomize v1.35.6, which brings 800 packages; test/fidelity compares them with that library.
package flux

import (
	"errors"
	"fmt"
	"path"

	"drydock/engine/internal/artifact"
	"drydock/engine/internal/render"
	"drydock/engine/internal/trace"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
)

// Render gives what the controller applies for a Flux Kustomization, before the API server's defaults. What SOPS encrypted stays
// so. An error has the controller's words. The details are wire.FluxDetails, beside an error too.
func Render(view *tree.View, request wire.Flux) (wire.Rendering, error) {
	details := &wire.FluxDetails{Substituted: []wire.FluxVariable{}, Encrypted: []wire.FluxSecret{}}
	rendered, err := renderInto(details, view, request)
	rendered.Details = details
	if request.Artifact != nil {
		details.Kustomization = view.Home(details.Kustomization)
		err = artifact.NameHomes(view, &rendered, err)
	}
	return rendered, err
}

func renderInto(details *wire.FluxDetails, view *tree.View, request wire.Flux) (wire.Rendering, error) {
	object, err := parse(request.Object)
	if err != nil {
		return wire.Rendering{}, err
	}
	root, err := artifact.Open(view, request.FluxSource)
	if err != nil {
		return wire.Rendering{}, err
	}
	// An artifact has no links, so joining is secure when no ".." leads above the root.
	folder := path.Join(root, path.Join("/", object.Spec.Path))
	if _, _, err := view.Resolve(folder); err != nil {
		return wire.Rendering{}, fmt.Errorf("kustomization path not found: stat %s: %w", folder, reason(err))
	}
	var made generated
	render.WithSharedSchema(func() { made, err = generate(view, root, folder, object.Spec) })
	details.Kustomization, details.Generated = made.file, made.created
	if err != nil {
		return wire.Rendering{}, err
	}
	view.Put(made.file, made.content)
	return build(details, view, request, object, root, folder, made)
}

// build renders the kustomization in a folder, and does what the controller does with its resources.
func build(details *wire.FluxDetails, view *tree.View, request wire.Flux, object kustomization, root, folder string, made generated) (rendered wire.Rendering, err error) {
	built := false
	defer func() {
		cause := recover()
		switch {
		case cause == nil:
		case cause == any(tree.Stopped{}) || built:
			panic(cause)
		default:
			err = fmt.Errorf("kustomize build failed: recovered from kustomize build panic: %v", cause)
		}
	}()
	var follow *following
	var written *trace.Written
	at := trace.NewObject(request.Object, request.ObjectFile)
	if request.Trace {
		written = writtenBy(object.Spec, made, at)
	}
	rendered, err = render.BuildConfined(view, root, folder, written, func(resources resmap.ResMap) ([]byte, error) {
		built = true
		if request.Trace {
			follow = &following{object: object, request: request, at: at}
		}
		if err := finish(details, resources, request, object.Spec, follow); err != nil {
			return nil, err
		}
		return objectsYAML(resources, addedTo(object, request.OwnerLabels), follow)
	})
	if err != nil && !built {
		err = fmt.Errorf("kustomize build failed: %w", err)
	}
	if rendered.Trace != nil {
		rendered.Trace = follow.trace(rendered.Trace)
	}
	return rendered, err
}

// finish checks the resources of a build, finds what is encrypted, and substitutes variables.
func finish(details *wire.FluxDetails, resources resmap.ResMap, request wire.Flux, spec KustomizationSpec, follow *following) error {
	details.Encrypted = []wire.FluxSecret{}
	var variables *substitution
	if spec.PostBuild != nil {
		variables = newSubstitution(*spec.PostBuild, request)
		defer func() { details.Substituted = variables.variables() }()
	}
	for _, res := range resources.Resources() {
		if res.GetName() == "" || res.GetKind() == "" || res.GetApiVersion() == "" {
			return fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %v", res.String())
		}
		if err := nameBuilder(res); err != nil {
			return err
		}
		follow.before(res)
		if found, ok := encrypted(res, spec.Decryption); ok {
			details.Encrypted = append(details.Encrypted, found)
		}
		if variables == nil {
			follow.after(res)
			continue
		}
		replaced, problem, err := variables.apply(res)
		if err != nil {
			details.Problem = problem
			return fmt.Errorf("post build failed for '%s/%s': %w", res.GetGvk(), res.GetName(), err)
		}
		if replaced {
			if _, err := resources.Replace(res); err != nil {
				return err
			}
		}
		follow.after(res)
	}
	return nil
}

// nameBuilder puts the controller in the label that `buildMetadata: [managedByLabel]` adds. It says kustomize's version, and
// the controller's kustomize does not know its own.
func nameBuilder(res *resource.Resource) error {
	labels := res.GetLabels()
	if labels[konfig.ManagedbyLabelKey] != "kustomize-"+render.KustomizeVersion() {
		return nil
	}
	labels[konfig.ManagedbyLabelKey] = "kustomize-(devel)"
	return res.SetLabels(labels)
}

// reason is the innermost of an error.
func reason(err error) error {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err
}
