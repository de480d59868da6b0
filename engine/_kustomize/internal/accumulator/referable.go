package accumulator

import (
	"strings"

	"sigs.k8s.io/kustomize/api/internal/plugins/builtinconfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
)

// referable keeps what a resource may refer to, which is the same for all resources of a namespace. nil keeps nothing.
type referable map[string]resmap.ResMap

// newReferable keeps nothing when a reference may be written to where ids come from, so that they change on the way.
func newReferable(references []builtinconfig.NameBackReferences) referable {
	for _, reference := range references {
		for _, referrer := range reference.Referrers {
			path := strings.TrimLeft(referrer.Path, "/")
			if strings.HasPrefix(path, "metadata/annotations/") && !strings.Contains(path, "internal.config.kubernetes.io") {
				continue
			}
			for _, part := range []string{"metadata", "kind", "apiVersion"} {
				if path == "" || strings.HasPrefix(path, part) {
					return nil
				}
			}
		}
	}
	return referable{}
}

// by gives what m.SubsetThatCouldBeReferencedByResource(referrer) gives. Nobody may change it.
func (known referable) by(referrer *resource.Resource, m resmap.ResMap) (resmap.ResMap, error) {
	id := referrer.CurId()
	if known == nil || id.Kind == "RoleBinding" {
		return m.SubsetThatCouldBeReferencedByResource(referrer)
	}
	namespace := id.EffectiveNamespace()
	if subset, ok := known[namespace]; ok {
		return subset, nil
	}
	subset, err := m.SubsetThatCouldBeReferencedByResource(referrer)
	if err == nil {
		known[namespace] = subset
	}
	return subset, err
}
