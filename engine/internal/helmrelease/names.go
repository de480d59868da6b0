package helmrelease

import (
	"crypto/sha256"
	"fmt"
)

const (
	// maxReleaseName is Helm's limit.
	maxReleaseName = 53
	// hashLength is how much of the hash a shortened name ends with.
	hashLength = 12
)

// releaseName is the name that helm-controller v1.6.4 installs under (api/v2 GetReleaseName, internal/release/name.go).
func releaseName(o *object) string {
	name := o.Spec.ReleaseName
	if name == "" {
		name = o.Metadata.Name
		if o.Spec.TargetNamespace != "" {
			name = o.Spec.TargetNamespace + "-" + name
		}
	}
	if len(name) <= maxReleaseName {
		return name
	}
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(name)))
	return name[:maxReleaseName-hashLength-1] + "-" + hash[:hashLength]
}

// orOwnNamespace gives a namespace of the spec, or the HelmRelease's own.
func orOwnNamespace(o *object, given string) string {
	if given != "" {
		return given
	}
	return o.Metadata.Namespace
}
