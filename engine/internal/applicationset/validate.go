package applicationset

import (
	"fmt"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
)

// validate finds the Applications that the controller does not make, as far as that shows without a cluster
// (applicationset_controller.go, validateGeneratedApplications). Whether a project exists does not.
func (s *set) validate(all []*generated) {
	named := map[string]int{}
	for _, one := range all {
		if one.application != nil {
			named[one.application.Name]++
		}
	}
	for _, one := range all {
		if one.application == nil {
			continue
		}
		if name := one.application.Name; named[name] > 1 { // none of them is made: errors are kept by name
			one.err, one.field = fmt.Errorf("ApplicationSet %s contains applications with duplicate name: %s", s.object.Name, name), "spec.template.metadata.name"
			continue
		}
		if err := s.fixture.destination(one.application.Spec.Destination); err != nil {
			one.err, one.field = fmt.Errorf("application destination spec is invalid: %w", err), "spec.template.spec.destination"
		}
	}
}

// destination is util/argo's GetDestinationCluster. Which clusters there are is known only when the fixture tells.
func (f *fixture) destination(of v1alpha1.ApplicationDestination) error {
	switch {
	case of.Name != "" && of.Server != "":
		return fmt.Errorf("application destination can't have both name and server defined: %s %s", of.Name, of.Server)
	case of.Name == "" && of.Server == "":
		return fmt.Errorf("Destination server missing from app spec") //nolint:staticcheck // the controller's words
	case f.Clusters == nil:
		return nil
	case of.Name == "":
		return f.destinationServer(of.Server)
	default:
		return f.destinationName(of.Name)
	}
}

func (f *fixture) destinationServer(server string) error {
	for _, known := range f.known() {
		if known.Server == server {
			return nil
		}
	}
	return fmt.Errorf("error getting cluster by server %q: rpc error: code = NotFound desc = cluster %q not found", server, server)
}

func (f *fixture) destinationName(name string) error {
	var servers []string
	for _, known := range f.known() {
		if known.Name == name {
			servers = append(servers, known.Server)
		}
	}
	switch len(servers) {
	case 0:
		return fmt.Errorf("there are no clusters with this name: %s", name)
	case 1:
		return nil
	default:
		return fmt.Errorf("there are %d clusters with the same name: [%s]", len(servers), strings.Join(servers, " "))
	}
}
