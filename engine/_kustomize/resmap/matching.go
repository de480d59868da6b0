package resmap

import (
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/resid"
)

// WithCurrentId gives what m.GetMatchingResourcesByCurrentId(id.Equals) gives, and makes fewer ids for it.
func WithCurrentId(m ResMap, id resid.ResId) []*resource.Resource {
	wrangler, ok := m.(*resWrangler)
	if !ok {
		return m.GetMatchingResourcesByCurrentId(id.Equals)
	}
	var result []*resource.Resource
	for _, r := range wrangler.rList {
		if r.MayBeNamed(id.Name) && id.Equals(r.CurId()) {
			result = append(result, r)
		}
	}
	return result
}

// whoseAnyIdMayBe are the resources without those that GetMatchingResourcesByAnyId(id.Equals) certainly leaves out.
func (m *resWrangler) whoseAnyIdMayBe(id resid.ResId) *resWrangler {
	result := newOne()
	for _, r := range m.rList {
		if r.MayBeNamed(id.Name) || r.MayHaveBeenNamed(id.Name) {
			result.append(r)
		}
	}
	return result
}
