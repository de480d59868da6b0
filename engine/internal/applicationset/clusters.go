package applicationset

import (
	"fmt"
	"maps"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/wire"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

const (
	localName   = "in-cluster"
	localServer = "https://kubernetes.default.svc"

	secretType        = "argocd.argoproj.io/secret-type"
	secretTypeCluster = "cluster"
)

// known are the names and servers of all clusters, with the one that Argo CD runs in, which needs no Secret.
func (f *fixture) known() []wire.Cluster {
	var known []wire.Cluster
	local := false
	for _, one := range f.Clusters {
		server := strings.TrimRight(one.Server, "/")
		local = local || server == localServer
		known = append(known, wire.Cluster{Name: one.Name, Server: server})
	}
	if !local {
		known = append(known, wire.Cluster{Name: localName, Server: localServer})
	}
	return known
}

// clusters gives the clusters that Argo CD knows: first the local one, then those with a Secret.
func (s *set) clusters(generator *v1alpha1.ClusterGenerator, at string) ([]params, []failure) {
	s.asksClusters = true
	if s.fixture.Clusters == nil {
		s.warn("%s: no fixture names the clusters, so only %s is known", at, localName)
	}
	secrets, err := s.selectedClusters(generator.Selector)
	if err != nil {
		return nil, fail(at+".selector", fmt.Errorf("error getting cluster secrets: error converting label selector: %w", err))
	}
	selects := len(generator.Selector.MatchLabels)+len(generator.Selector.MatchExpressions) > 0
	var found, withSecret []params
	for _, one := range s.fixture.known() {
		if secret, ok := secrets[one.Name]; ok {
			withSecret = append(withSecret, s.clusterParams(secret))
		} else if !selects { // the local cluster has no labels to select by
			found = append(found, params{"name": one.Name, "nameNormalized": one.Name, "server": one.Server, "project": ""})
		}
	}
	found = append(found, withSecret...)
	for _, one := range found {
		if err := s.templates.addValues(generator.Values, one); err != nil {
			return nil, fail(fieldOf(err, at+".values"), fmt.Errorf("error appending templated values for cluster: %w", err))
		}
	}
	if generator.FlatList {
		return []params{{"clusters": found}}, nil
	}
	return found, nil
}

// selectedClusters are the clusters with labels that a selector matches, by name.
func (s *set) selectedClusters(by metav1.LabelSelector) (map[string]wire.Cluster, error) {
	selector, err := metav1.LabelSelectorAsSelector(metav1.AddLabelToSelector(by.DeepCopy(), secretType, secretTypeCluster))
	if err != nil {
		return nil, err
	}
	selected := map[string]wire.Cluster{}
	for _, one := range s.fixture.Clusters {
		one.Labels = maps.Clone(one.Labels)
		if one.Labels == nil {
			one.Labels = map[string]string{}
		}
		one.Labels[secretType] = secretTypeCluster // as every Secret of a cluster has
		if selector.Matches(labels.Set(one.Labels)) {
			selected[one.Name] = one
		}
	}
	return selected, nil
}

func (s *set) clusterParams(of wire.Cluster) params {
	found := params{"name": of.Name, "nameNormalized": normalize(of.Name), "server": of.Server, "project": of.Project}
	if s.object.Spec.GoTemplate {
		metadata := map[string]any{"labels": of.Labels}
		if len(of.Annotations) > 0 {
			metadata["annotations"] = of.Annotations
		}
		found["metadata"] = metadata
		return found
	}
	for key, value := range of.Annotations {
		found["metadata.annotations."+key] = value
	}
	for key, value := range of.Labels {
		found["metadata.labels."+key] = value
	}
	return found
}
