package helmrelease

import (
	"fmt"
	"log/slog"
	"maps"
	"strings"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// crdPolicies say what becomes of the files in crds/; on the first installation all but Skip come to the same.
const (
	crdsSkip          = "Skip"
	crdsCreate        = "Create"
	crdsCreateReplace = "CreateReplace"
)

// crdsOf gives what helm-controller v1.6.4 (internal/action/crds.go) applies of a chart's crds/: custom resource definitions and
// nothing else, with labels added to each.
func crdsOf(found []chart.CRD, policy string, labels map[string]string) ([]chart.CRD, error) {
	switch policy {
	case crdsSkip:
		return nil, nil
	case "", crdsCreate, crdsCreateReplace:
	default:
		return nil, fmt.Errorf("invalid CRD upgrade policy '%s', valid values are '%s', '%s' or '%s'", policy, crdsSkip, crdsCreate, crdsCreateReplace)
	}
	var applied []chart.CRD
	for _, crd := range found {
		nodes, err := kio.ParseAll(string(crd.File.Data))
		if err != nil {
			return nil, fmt.Errorf("failed to parse CustomResourceDefinitions from %s: %w", crd.Name, err)
		}
		kept, err := definitions(nodes, labels)
		switch {
		case err != nil:
			return nil, fmt.Errorf("failed to parse CustomResourceDefinitions from %s: %w", crd.Name, err)
		case len(kept) == 0:
			continue
		case len(kept) < len(nodes) || len(labels) > 0:
			text, err := kio.StringAll(kept)
			if err != nil {
				return nil, err
			}
			file := *crd.File
			file.Data = []byte(text)
			crd.File = &file
		}
		applied = append(applied, crd)
	}
	return applied, nil
}

// definitions gives the custom resource definitions among objects, labelled.
func definitions(nodes []*yaml.RNode, labels map[string]string) ([]*yaml.RNode, error) {
	var kept []*yaml.RNode
	for _, node := range nodes {
		if strings.HasPrefix(node.GetApiVersion(), "apiextensions.k8s.io/") && node.GetKind() == "CustomResourceDefinition" {
			if len(labels) > 0 {
				all := node.GetLabels()
				maps.Copy(all, labels)
				if err := node.SetLabels(all); err != nil {
					return nil, err
				}
			}
			kept = append(kept, node)
			continue
		}
		slog.Warn("ignoring what is no CustomResourceDefinition in the chart's crds/ directory", "kind", node.GetKind(), "name", node.GetName())
	}
	return kept, nil
}
