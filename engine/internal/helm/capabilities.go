package helm

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
)

// What Helm takes for granted when it knows no cluster: the versions that its own client knows, in its order. Helm asks
// client-go for them, which is too large to be in the engine; test/fidelity compares.
//
//go:embed api-versions.txt
var knownVersions string

// Capabilities gives what templates see of the cluster: Helm's defaults, another Kubernetes version unless it is empty, and
// additional API versions.
func Capabilities(kubeVersion string, additional []string) (*common.Capabilities, error) {
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.APIVersions = slices.Concat(strings.Fields(knownVersions), additional)
	if kubeVersion != "" {
		parsed, err := common.ParseKubeVersion(kubeVersion)
		if err != nil {
			return nil, fmt.Errorf("invalid kube version '%s': %w", kubeVersion, err)
		}
		capabilities.KubeVersion = *parsed
	}
	return capabilities, nil
}
