package applicationset

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"drydock/engine/internal/argocd/v1alpha1"
)

// pullRequest gives the pull requests that the fixture has for the repository.
func (s *set) pullRequest(generator *v1alpha1.PullRequestGenerator, at string) ([]params, []failure) {
	answer, failures := answerTo(generator, "pullRequest", at, s.fixture.PullRequest)
	if failures != nil {
		return nil, failures
	}
	wanted := wantedLabels(generator)
	var found []params
	for _, one := range answer.PullRequests {
		if slices.ContainsFunc(wanted, func(label string) bool { return !slices.Contains(one.Labels, label) }) {
			continue
		}
		kept, err := anyFilter(generator.Filters, one)
		if err != nil {
			return nil, fail(at+".filters", fmt.Errorf("error listing repos: %w", err))
		}
		if !kept {
			continue
		}
		values := s.pullRequestParams(one)
		if err := s.templates.addValues(generator.Values, values); err != nil {
			return nil, fail(fieldOf(err, at+".values"), fmt.Errorf("failed to append templated values: %w", err))
		}
		found = append(found, values)
	}
	return found, nil
}

// wantedLabels are those that a pull request must have. Argo CD's client of the provider looks for them.
func wantedLabels(generator *v1alpha1.PullRequestGenerator) []string {
	switch {
	case generator.Github != nil:
		return generator.Github.Labels
	case generator.GitLab != nil:
		return generator.GitLab.Labels
	case generator.Gitea != nil:
		return generator.Gitea.Labels
	case generator.AzureDevOps != nil:
		return generator.AzureDevOps.Labels
	default:
		return nil
	}
}

// anyFilter tells whether one of the filters matches, or there is none.
func anyFilter(filters []v1alpha1.PullRequestGeneratorFilter, one pullRequest) (bool, error) {
	matched := len(filters) == 0
	for _, filter := range filters {
		branch, err := matches("BranchMatch", filter.BranchMatch, one.Branch)
		if err != nil {
			return false, err
		}
		target, err := matches("TargetBranchMatch", filter.TargetBranchMatch, one.TargetBranch)
		if err != nil {
			return false, err
		}
		title, err := matches("TitleMatch", filter.TitleMatch, one.Title)
		if err != nil {
			return false, err
		}
		matched = matched || branch && target && title
	}
	return matched, nil
}

// matches tells whether one of the texts matches a regular expression, or there is none.
func matches(name string, expression *string, texts ...string) (bool, error) {
	if expression == nil {
		return true, nil
	}
	compiled, err := regexp.Compile(*expression)
	if err != nil {
		return false, fmt.Errorf("error compiling %s regexp %q: %w", name, *expression, err)
	}
	return slices.ContainsFunc(texts, compiled.MatchString), nil
}

func (s *set) pullRequestParams(of pullRequest) params {
	found := params{
		"number":             strconv.Itoa(of.Number),
		"title":              of.Title,
		"branch":             of.Branch,
		"branch_slug":        branchSlug(of.Branch),
		"target_branch":      of.TargetBranch,
		"target_branch_slug": branchSlug(of.TargetBranch),
		"head_sha":           of.HeadSHA,
		"head_short_sha":     start(of.HeadSHA, 8),
		"head_short_sha_7":   start(of.HeadSHA, 7),
		"author":             of.Author,
	}
	if s.object.Spec.GoTemplate {
		found["labels"] = of.Labels
	}
	return found
}

// start is the first bytes of a text.
func start(text string, length int) string { return text[:min(len(text), length)] }
