package applicationset

import (
	"encoding/json"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"
)

// unfolded is a nested generator in the form of one at the top. A matrix or merge in it is kept as JSON, and its own generators
// can't be such again: those are left out, as in the controller.
func unfolded(nested v1alpha1.ApplicationSetNestedGenerator) (*v1alpha1.ApplicationSetGenerator, error) {
	generator := &v1alpha1.ApplicationSetGenerator{
		List:                    nested.List,
		Clusters:                nested.Clusters,
		Git:                     nested.Git,
		SCMProvider:             nested.SCMProvider,
		ClusterDecisionResource: nested.ClusterDecisionResource,
		PullRequest:             nested.PullRequest,
		Plugin:                  nested.Plugin,
		Selector:                nested.Selector,
	}
	if nested.Matrix != nil {
		var matrix v1alpha1.NestedMatrixGenerator
		if err := json.Unmarshal(nested.Matrix.Raw, &matrix); err != nil {
			return nil, err
		}
		generator.Matrix = &v1alpha1.MatrixGenerator{Generators: terminals(matrix.Generators)}
	}
	if nested.Merge != nil {
		var merge v1alpha1.NestedMergeGenerator
		if err := json.Unmarshal(nested.Merge.Raw, &merge); err != nil {
			return nil, fmt.Errorf("error converting to nested merge generator: %w", err)
		}
		generator.Merge = &v1alpha1.MergeGenerator{Generators: terminals(merge.Generators), MergeKeys: merge.MergeKeys}
	}
	return generator, nil
}

func terminals(of []v1alpha1.ApplicationSetTerminalGenerator) []v1alpha1.ApplicationSetNestedGenerator {
	generators := make([]v1alpha1.ApplicationSetNestedGenerator, len(of))
	for i, terminal := range of {
		generators[i] = v1alpha1.ApplicationSetNestedGenerator{
			List:                    terminal.List,
			Clusters:                terminal.Clusters,
			Git:                     terminal.Git,
			SCMProvider:             terminal.SCMProvider,
			ClusterDecisionResource: terminal.ClusterDecisionResource,
			PullRequest:             terminal.PullRequest,
			Plugin:                  terminal.Plugin,
			Selector:                terminal.Selector,
		}
	}
	return generators
}
