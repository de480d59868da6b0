package flux

import (
	"bytes"
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/kustomize/api/resource"
)

const decryptMark = "kustomize.toolkit.fluxcd.io/decrypt"

// sopsMarks are found in files that SOPS encrypted, whatever their format (kustomize-controller v1.9.5, internal/decryptor).
var sopsMarks = []string{`"mac": "ENC[`, "sops_mac=ENC[", "[sops]", "mac: ENC["}

// encrypted gives what of a resource the controller takes for encrypted by SOPS; false for nothing.
func encrypted(res *resource.Resource, given *decryption) (wire.FluxSecret, bool) {
	found := wire.FluxSecret{Resource: nameOf(res), Keys: []string{}}
	found.Decrypted = given != nil && given.Provider == "sops" && !strings.EqualFold(res.GetAnnotations()[decryptMark], disabled)
	if sops := res.Field("sops"); !sops.IsNilOrEmpty() && !sops.Value.Field("mac").IsNilOrEmpty() {
		return found, true
	}
	if res.GetKind() != "Secret" {
		return found, false
	}
	data := res.GetDataMap()
	for _, key := range slices.Sorted(maps.Keys(data)) {
		value, err := base64.StdEncoding.DecodeString(data[key])
		isMarked := func(mark string) bool { return bytes.Contains(value, []byte(mark)) }
		if err == nil && slices.ContainsFunc(sopsMarks, isMarked) {
			found.Keys = append(found.Keys, key)
		}
	}
	return found, len(found.Keys) > 0
}
