package accumulator

import "sigs.k8s.io/kustomize/api/filters/nameref"

// FixBackReferencesTelling does what FixBackReferences does, and tells what references follow.
func (ra *ResAccumulator) FixBackReferencesTelling(references *nameref.References) error {
	if ra.tConfig.NameReference == nil {
		return nil
	}
	return ra.Transform(&nameReferenceTransformer{backRefs: ra.tConfig.NameReference, references: references})
}
