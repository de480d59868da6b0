package argocd

import (
	"errors"
	"fmt"
	"regexp"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const (
	trackingAnnotation     = "argocd.argoproj.io/tracking-id"
	installationAnnotation = "argocd.argoproj.io/installation-id"
	// legacyLabel is set in the templates of pods too.
	legacyLabel = "applications.argoproj.io/app-name"
	// longestLabel is how long a label's value may be.
	longestLabel = 63
)

var endsWell = regexp.MustCompile("[a-zA-Z0-9]$")

// track marks an object as the Application's (util/argo/resource_tracking.go, SetAppInstance, v3.2.11). CRDs are not marked.
func (r *rendering) track(object *unstructured.Unstructured) error {
	tracking := r.request.Tracking
	kind := object.GroupVersionKind()
	isCRD := kind.Kind == "CustomResourceDefinition" && kind.Group == "apiextensions.k8s.io"
	if tracking.Method == "none" || tracking.Method == "" || r.instance == "" || isCRD {
		return nil
	}
	switch tracking.Method {
	case "label":
		return setLabel(object, tracking.Label, r.instance)
	case "annotation":
		return r.setAnnotation(object)
	case "annotation+label":
		if err := r.setAnnotation(object); err != nil {
			return err
		}
		value, err := shortLabel(r.instance)
		if err != nil {
			return err
		}
		return setLabel(object, tracking.Label, value)
	default:
		return fmt.Errorf("unknown tracking method %q", tracking.Method)
	}
}

// setAnnotation says which object this is, so that a copy of it is not taken for the Application's.
func (r *rendering) setAnnotation(object *unstructured.Unstructured) error {
	namespace := object.GetNamespace()
	if namespace == "" {
		namespace = r.app.Spec.Destination.Namespace
	}
	kind := object.GroupVersionKind()
	id := fmt.Sprintf("%s:%s/%s:%s/%s", r.instance, kind.Group, kind.Kind, namespace, object.GetName())
	annotations, err := texts(object, "annotations")
	if err != nil {
		return err
	}
	delete(annotations, installationAnnotation)
	if installation := r.request.Tracking.InstallationID; installation != "" {
		annotations[installationAnnotation] = installation
	}
	annotations[trackingAnnotation] = id
	object.SetAnnotations(annotations)
	return nil
}

// shortLabel is the start of a value that may stand in a label.
func shortLabel(value string) (string, error) {
	if len(value) <= longestLabel {
		return value, nil
	}
	for value = value[:longestLabel]; !endsWell.MatchString(value); value = value[:len(value)-1] {
		if len(value) <= 1 {
			return "", errors.New("failed to set app instance label: unable to truncate label to not end with a special character")
		}
	}
	return value, nil
}

// setLabel sets a label, the legacy one in the templates of pods as well (util/kube/kube.go, SetAppInstanceLabel).
func setLabel(object *unstructured.Unstructured, key, value string) error {
	labels, err := texts(object, "labels")
	if err != nil {
		return fmt.Errorf("failed to set app instance label: %w", err)
	}
	labels[key] = value
	object.SetLabels(labels)
	kind := object.GroupVersionKind()
	if key != legacyLabel || !hasTemplate(kind) {
		return nil
	}
	template, _, err := unstructured.NestedMap(object.Object, "spec", "template", "metadata", "labels")
	if err != nil {
		return fmt.Errorf("failed to set app instance label: %w", err)
	}
	if template == nil {
		template = map[string]any{}
	}
	template[key] = value
	if err := unstructured.SetNestedMap(object.Object, template, "spec", "template", "metadata", "labels"); err != nil {
		return err
	}
	if version := object.GetAPIVersion(); version != "apps/v1beta1" && version != "extensions/v1beta1" {
		return nil
	}
	return keepOutOfSelector(object, template, key)
}

// keepOutOfSelector writes the selector that these versions of the API would take from the template's labels.
func keepOutOfSelector(object *unstructured.Unstructured, template map[string]any, key string) error {
	selector, _, err := unstructured.NestedMap(object.Object, "spec", "selector")
	if err != nil || len(selector) > 0 {
		return err
	}
	delete(template, key)
	return unstructured.SetNestedMap(object.Object, template, "spec", "selector", "matchLabels")
}

func hasTemplate(kind schema.GroupVersionKind) bool {
	switch kind.Group {
	case "apps", "extensions":
		return kind.Kind == "Deployment" || kind.Kind == "ReplicaSet" || kind.Kind == "StatefulSet" || kind.Kind == "DaemonSet"
	case "batch":
		return kind.Kind == "Job"
	default:
		return false
	}
}

// texts gives a copy of an object's labels or annotations.
func texts(object *unstructured.Unstructured, field string) (map[string]string, error) {
	value, found, err := unstructured.NestedFieldNoCopy(object.Object, "metadata", field)
	if err == nil && found && value != nil {
		var known map[string]string
		if known, _, err = unstructured.NestedStringMap(object.Object, "metadata", field); err == nil {
			return known, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("failed to get %s from target object %s %s/%s: %w", field, object.GroupVersionKind(), object.GetNamespace(), object.GetName(), err)
	}
	return map[string]string{}, nil
}
