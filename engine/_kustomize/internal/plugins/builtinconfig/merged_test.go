package builtinconfig

import (
	"reflect"
	"testing"

	"sigs.k8s.io/kustomize/api/types"
)

// Merge gives what merge gives, however often, and whatever is done to what it gave.
func TestMergersAreThoseOfKustomize(t *testing.T) {
	own := func() *TransformerConfig {
		return &TransformerConfig{Images: types.FsSlice{{Path: "spec/image"}}, Labels: types.FsSlice{}}
	}
	other := func() *TransformerConfig {
		return &TransformerConfig{Images: types.FsSlice{{Path: "spec/picture"}}}
	}
	conflicting := func() *TransformerConfig {
		return &TransformerConfig{Images: types.FsSlice{{Path: "spec/image", CreateIfNotPresent: true}}}
	}
	makes := []func() *TransformerConfig{MakeEmptyConfig, MakeDefaultConfig, own, other, conflicting}
	for range 2 {
		for i, into := range makes {
			for j, input := range makes {
				want, wantErr := into().merge(input())
				got, err := into().Merge(input())
				if !reflect.DeepEqual(got, want) || (err == nil) != (wantErr == nil) {
					t.Errorf("%d, %d: got %+v, %v, want %+v, %v", i, j, got, err, want, wantErr)
				}
				if got == nil {
					continue
				}
				for _, list := range got.lists() {
					for k := range *list {
						(*list)[k].Path = "changed"
					}
				}
				for k := range got.NameReference {
					got.NameReference[k].Kind = "changed"
					got.NameReference[k].Referrers = append(got.NameReference[k].Referrers[:0], types.FieldSpec{Path: "changed"})
				}
			}
		}
	}
}
