package applicationset

import (
	"errors"
	"fmt"

	"drydock/engine/internal/argocd/v1alpha1"

	"dario.cat/mergo"
	"github.com/jeremywohl/flatten"
)

// produced are the parameter sets of a generator, and the template for them.
type produced struct {
	params   []params
	template v1alpha1.ApplicationSetTemplate
	path     string
}

// kind is one of the kinds of generators that a generator has a field for.
type kind struct {
	name     string
	template v1alpha1.ApplicationSetTemplate
	// generate is given the generator with the other generator's parameters filled in, and where it is.
	generate func(of *v1alpha1.ApplicationSetGenerator, at string) ([]params, []failure)
}

// kinds are those that a generator has, in the order in which the controller runs them.
func (s *set) kinds(of *v1alpha1.ApplicationSetGenerator) []kind {
	var found []kind
	add := func(name string, template v1alpha1.ApplicationSetTemplate, generate func(*v1alpha1.ApplicationSetGenerator, string) ([]params, []failure)) {
		found = append(found, kind{name, template, generate})
	}
	type generator = v1alpha1.ApplicationSetGenerator
	if of.List != nil {
		add("list", of.List.Template, func(g *generator, at string) ([]params, []failure) { return s.list(g.List, at) })
	}
	if of.Clusters != nil {
		add("clusters", of.Clusters.Template, func(g *generator, at string) ([]params, []failure) { return s.clusters(g.Clusters, at) })
	}
	if of.Git != nil {
		add("git", of.Git.Template, func(g *generator, at string) ([]params, []failure) { return s.git(g.Git, at) })
	}
	if of.SCMProvider != nil {
		add("scmProvider", of.SCMProvider.Template, func(g *generator, at string) ([]params, []failure) { return s.scmProvider(g.SCMProvider, at) })
	}
	if of.ClusterDecisionResource != nil {
		add("clusterDecisionResource", of.ClusterDecisionResource.Template, func(g *generator, at string) ([]params, []failure) {
			return s.clusterDecision(g.ClusterDecisionResource, at)
		})
	}
	if of.PullRequest != nil {
		add("pullRequest", of.PullRequest.Template, func(g *generator, at string) ([]params, []failure) { return s.pullRequest(g.PullRequest, at) })
	}
	if of.Matrix != nil {
		add("matrix", of.Matrix.Template, func(g *generator, at string) ([]params, []failure) { return s.matrix(g.Matrix, at) })
	}
	if of.Merge != nil {
		add("merge", of.Merge.Template, func(g *generator, at string) ([]params, []failure) { return s.merge(g.Merge, at) })
	}
	if of.Plugin != nil {
		add("plugin", of.Plugin.Template, func(g *generator, at string) ([]params, []failure) { return s.plugin(g.Plugin, at) })
	}
	return found
}

// produce runs a generator: each kind that it has gives parameters of its own (applicationset/generators, Transform). The
// generator is filled in with given first, the parameters of the generator before it in a matrix.
func (s *set) produce(generator *v1alpha1.ApplicationSetGenerator, base v1alpha1.ApplicationSetTemplate, given params, at string) ([]produced, []failure) {
	selector, err := newSelector(generator.Selector)
	if err != nil {
		return nil, fail(at+".selector", fmt.Errorf("error parsing label selector: %w", err))
	}
	var results []produced
	var failures []failure
	for _, kind := range s.kinds(generator) {
		path := at + "." + kind.name
		template := kind.template
		if err := mergo.Merge(&template, base); err != nil {
			failures = append(failures, failure{path + ".template", err})
			continue
		}
		used := generator
		if len(given) > 0 {
			if used, err = filled(s.templates, generator, given); err != nil {
				failures = append(failures, failure{fieldOf(err, at), fmt.Errorf("failed to replace parameters in generator: %w", err)})
				continue
			}
		}
		found, failed := kind.generate(used, path)
		failures = append(failures, failed...)
		if len(found) > maxApplications {
			failures = append(failures, failure{path, tooMany()})
			found = found[:maxApplications]
		}
		if failed != nil && len(found) == 0 {
			continue
		}
		if generator.Selector != nil {
			found, failed = selected(selector, found, path)
			failures = append(failures, failed...)
		}
		results = append(results, produced{found, template, path})
	}
	return results, failures
}

func tooMany() error {
	return fmt.Errorf("more than %d sets of parameters; Drydock generates no more than that: narrow the generator down", maxApplications)
}

func selected(selector selector, from []params, at string) ([]params, []failure) {
	var kept []params
	var failures []failure
	for _, one := range from {
		flat, err := flattened(one)
		switch {
		case err != nil:
			failures = append(failures, failure{at, fmt.Errorf("error flatenning parameters: %w", err)})
		case selector.matches(flat):
			kept = append(kept, one)
		}
	}
	return kept, failures
}

// flattened has a parameter for each leaf, named by the path to it.
func flattened(of params) (map[string]string, error) {
	flat, err := flatten.Flatten(of, "", flatten.DotStyle)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(flat))
	for key, value := range flat {
		texts[key] = plain(value)
	}
	return texts, nil
}

// produceNested runs a generator in a matrix or merge, which must be of one kind.
func (s *set) produceNested(nested v1alpha1.ApplicationSetNestedGenerator, given params, at string) ([]params, []failure) {
	generator, err := unfolded(nested)
	if err != nil {
		return nil, fail(at, err)
	}
	results, failures := s.produce(generator, v1alpha1.ApplicationSetTemplate{}, given, at)
	failures = explained(failures, "child generator returned an error on parameter generation")
	switch {
	case len(results) == 1:
		return results[0].params, failures
	case len(failures) > 0:
		return nil, failures
	case len(results) == 0:
		return nil, fail(at, errors.New("child generator generated no parameters"))
	default:
		return nil, fail(at, errors.New("found more than one generator in matrix.Generators"))
	}
}
