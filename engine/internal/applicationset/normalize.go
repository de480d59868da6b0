package applicationset

import "drydock/engine/internal/argocd/v1alpha1"

// normalizeSpec leaves out what says nothing, as the controller does before it writes an Application (util/argo,
// NormalizeApplicationSpec, which does nothing to the sources of an Application with several).
func normalizeSpec(spec *v1alpha1.ApplicationSpec) {
	if spec.Project == "" {
		spec.Project = "default"
	}
	if policy := spec.SyncPolicy; policy != nil && policy.Automated == nil && len(policy.SyncOptions) == 0 && policy.Retry == nil && policy.ManagedNamespaceMetadata == nil {
		spec.SyncPolicy = nil
	}
	if len(spec.Sources) > 0 || spec.Source == nil {
		return
	}
	source := spec.Source
	if saysNothingToKustomize(source.Kustomize) {
		source.Kustomize = nil
	}
	if saysNothingToHelm(source.Helm) {
		source.Helm = nil
	}
	if directory := source.Directory; directory != nil && !directory.Recurse && saysNothingToJsonnet(directory.Jsonnet) && directory.Exclude+directory.Include == "" {
		source.Directory = nil
	}
}

// saysNothingToKustomize knows fewer fields than there are: an Application whose only option is one of the others loses it.
func saysNothingToKustomize(k *v1alpha1.ApplicationSourceKustomize) bool {
	return k != nil && k.NamePrefix+k.NameSuffix+k.Version+k.Namespace+k.KubeVersion == "" && !k.IgnoreMissingComponents &&
		len(k.Images)+len(k.Replicas)+len(k.CommonLabels)+len(k.CommonAnnotations)+len(k.Patches)+len(k.Components)+len(k.APIVersions) == 0
}

func saysNothingToHelm(h *v1alpha1.ApplicationSourceHelm) bool {
	return h != nil && h.Version+h.ReleaseName+h.KubeVersion+h.Namespace == "" && len(h.ValueFiles)+len(h.Parameters)+len(h.FileParameters)+len(h.APIVersions) == 0 &&
		saysNoValues(h) && !h.PassCredentials && !h.IgnoreMissingValueFiles && !h.SkipCrds && !h.SkipTests && !h.SkipSchemaValidation
}

func saysNoValues(h *v1alpha1.ApplicationSourceHelm) bool {
	return h.Values == "" && (h.ValuesObject == nil || h.ValuesObject.Raw == nil)
}

func saysNothingToJsonnet(j v1alpha1.ApplicationSourceJsonnet) bool {
	return len(j.ExtVars)+len(j.TLAs)+len(j.Libs) == 0
}
