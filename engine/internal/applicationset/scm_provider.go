package applicationset

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
)

// scmProvider gives the repositories that the fixture has for the organization: their default branches, or all.
func (s *set) scmProvider(generator *v1alpha1.SCMProviderGenerator, at string) ([]params, []failure) {
	allBranches, ok := branchesOf(generator)
	if !ok {
		return nil, fail(at, errors.New("no SCM provider implementation configured"))
	}
	answer, failures := answerTo(generator, "scmProvider", at, s.fixture.SCMProvider)
	if failures != nil {
		return nil, failures
	}
	var found []params
	for i, one := range answer.Repositories {
		if !allBranches && slices.ContainsFunc(answer.Repositories[:i], one.sameRepository) {
			continue
		}
		kept, err := keep(generator.Filters, one)
		if err != nil {
			return nil, fail(at+".filters", fmt.Errorf("error listing repos: %w", err))
		}
		if !kept {
			continue
		}
		values := one.params()
		if err := s.templates.addValues(generator.Values, values); err != nil {
			return nil, fail(fieldOf(err, at+".values"), fmt.Errorf("failed to append templated values: %w", err))
		}
		found = append(found, values)
	}
	return found, nil
}

// branchesOf tells whether a provider is to give all branches; ok is false when none is named.
func branchesOf(generator *v1alpha1.SCMProviderGenerator) (all, ok bool) {
	switch {
	case generator.Github != nil:
		return generator.Github.AllBranches, true
	case generator.Gitlab != nil:
		return generator.Gitlab.AllBranches, true
	case generator.Gitea != nil:
		return generator.Gitea.AllBranches, true
	case generator.BitbucketServer != nil:
		return generator.BitbucketServer.AllBranches, true
	case generator.AzureDevOps != nil:
		return generator.AzureDevOps.AllBranches, true
	case generator.Bitbucket != nil:
		return generator.Bitbucket.AllBranches, true
	case generator.AWSCodeCommit != nil:
		return generator.AWSCodeCommit.AllBranches, true
	default:
		return false, false
	}
}

func (r repository) sameRepository(other repository) bool {
	return r.Organization == other.Organization && r.Repository == other.Repository
}

func (r repository) params() params {
	return params{
		"organization":     r.Organization,
		"repository":       r.Repository,
		"repository_id":    whole(r.RepositoryID),
		"url":              r.URL,
		"branch":           r.Branch,
		"sha":              r.SHA,
		"short_sha":        start(r.SHA, 8),
		"short_sha_7":      start(r.SHA, 7),
		"labels":           strings.Join(r.Labels, ","),
		"branchNormalized": normalize(r.Branch),
	}
}

// whole turns a whole number of YAML into what the providers' clients give.
func whole(id any) any {
	if number, ok := id.(float64); ok && number == math.Trunc(number) {
		return int64(number)
	}
	return id
}

// keep applies filters. A filter with a field about branches is for branches as a whole, all others are for repositories; of
// either sort, one must match where there are any.
func keep(filters []v1alpha1.SCMProviderGeneratorFilter, one repository) (bool, error) {
	var some, matched [2]bool
	for _, filter := range filters {
		sort, ok := sortOf(filter)
		matches, err := filterMatches(filter, one)
		if err != nil {
			return false, err
		}
		if ok {
			some[sort] = true
			matched[sort] = matched[sort] || matches
		}
	}
	return some[ofRepositories] == matched[ofRepositories] && some[ofBranches] == matched[ofBranches], nil
}

const (
	ofRepositories = iota
	ofBranches
)

// sortOf is what a filter is for; ok is false for one without fields, which does nothing.
func sortOf(filter v1alpha1.SCMProviderGeneratorFilter) (sort int, ok bool) {
	if filter.PathsExist != nil || filter.PathsDoNotExist != nil || filter.BranchMatch != nil {
		return ofBranches, true
	}
	return ofRepositories, filter.RepositoryMatch != nil || filter.LabelMatch != nil
}

func filterMatches(filter v1alpha1.SCMProviderGeneratorFilter, one repository) (bool, error) {
	name, err := matches("RepositoryMatch", filter.RepositoryMatch, one.Repository)
	if err != nil {
		return false, err
	}
	label, err := matches("LabelMatch", filter.LabelMatch, one.Labels...)
	if err != nil {
		return false, err
	}
	branch, err := matches("BranchMatch", filter.BranchMatch, one.Branch)
	if err != nil {
		return false, err
	}
	lacks := func(path string) bool { return !one.has(path) }
	return name && label && branch && !slices.ContainsFunc(filter.PathsExist, lacks) && !slices.ContainsFunc(filter.PathsDoNotExist, one.has), nil
}

// has tells whether a path is among those that the fixture names, or a folder above one.
func (r repository) has(path string) bool {
	path = strings.TrimRight(path, "/")
	return slices.ContainsFunc(r.Paths, func(known string) bool { return known == path || strings.HasPrefix(known, path+"/") })
}
