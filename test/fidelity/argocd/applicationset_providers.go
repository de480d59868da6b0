package main

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	pullrequest "github.com/argoproj/argo-cd/v3/applicationset/services/pull_request"
	"github.com/argoproj/argo-cd/v3/applicationset/services/scm_provider"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
)

// answerFrom puts the fixture in the place of the providers' clients. Where Argo CD has one that takes another address, GitHub's, the
// real client asks w.server.
func answerFrom(kinds map[string]generators.Generator, w *world) {
	selectProvider := func(_ context.Context, generator *v1alpha1.PullRequestGenerator, _ *v1alpha1.ApplicationSet) (pullrequest.PullRequestService, error) {
		for i, answer := range w.fixture.PullRequest {
			if !contains(answer.For, generator) {
				continue
			}
			if github := generator.Github; github != nil {
				return pullrequest.NewGithubService("x", fmt.Sprintf("%s/github/%d/", w.server.URL, i), github.Owner, github.Repo, github.Labels)
			}
			return pullrequest.NewFakeService(context.Background(), answer.PullRequests, nil)
		}
		return nil, fmt.Errorf("no answer")
	}
	set(kinds["PullRequest"], "selectServiceProviderFunc", selectProvider)
	set(kinds["SCMProvider"], "overrideProvider", scm_provider.SCMProviderService(&scmAnswers{w.fixture}))
}

// set sets a field that its package keeps to itself.
func set(of generators.Generator, name string, value any) {
	field := reflect.ValueOf(of).Elem().FieldByName(name)
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(value).Convert(field.Type()))
}

// scmAnswers gives the repositories of the fixture's first answer, in which the first branch of a repository is its default. Its
// callers don't say for which generator, so cases have one answer.
type scmAnswers struct{ fixture setFixture }

func (s *scmAnswers) branches() []scmBranch {
	if len(s.fixture.SCMProvider) == 0 {
		return nil
	}
	return s.fixture.SCMProvider[0].Repositories
}

func (s *scmAnswers) ListRepos(context.Context, string) ([]*scm_provider.Repository, error) {
	var found []*scm_provider.Repository
	known := map[string]bool{}
	for _, branch := range s.branches() {
		if key := branch.Organization + "/" + branch.Repository; !known[key] {
			known[key] = true
			found = append(found, branch.repository())
		}
	}
	return found, nil
}

func (s *scmAnswers) RepoHasPath(_ context.Context, repo *scm_provider.Repository, path string) (bool, error) {
	for _, branch := range s.branches() {
		if branch.Organization == repo.Organization && branch.Repository == repo.Repository && branch.Branch == repo.Branch {
			for _, known := range branch.Paths {
				if known == path || strings.HasPrefix(known, path+"/") {
					return true, nil
				}
			}
		}
	}
	return false, nil
}

func (s *scmAnswers) GetBranches(_ context.Context, repo *scm_provider.Repository) ([]*scm_provider.Repository, error) {
	all := false
	if github, ok := s.fixture.SCMProvider[0].For["github"].(map[string]any); ok {
		all, _ = github["allBranches"].(bool)
	}
	if !all {
		return []*scm_provider.Repository{repo}, nil
	}
	var found []*scm_provider.Repository
	for _, branch := range s.branches() {
		if branch.Organization == repo.Organization && branch.Repository == repo.Repository {
			found = append(found, branch.repository())
		}
	}
	return found, nil
}

func (b scmBranch) repository() *scm_provider.Repository {
	return &scm_provider.Repository{Organization: b.Organization, Repository: b.Repository, URL: b.URL, Branch: b.Branch, SHA: b.SHA, Labels: b.Labels, RepositoryId: b.RepositoryID}
}

// contains tells whether a part stands in the JSON of a whole: merging it in changes nothing.
func contains(part map[string]any, whole any) bool {
	encoded, _ := json.Marshal(whole)
	var before, after map[string]any
	_ = json.Unmarshal(encoded, &before)
	_ = json.Unmarshal(encoded, &after)
	merge(after, part)
	return reflect.DeepEqual(before, after)
}

func merge(into, from map[string]any) {
	for key, value := range from {
		inner, ok := into[key].(map[string]any)
		if over, isMap := value.(map[string]any); ok && isMap {
			merge(inner, over)
			continue
		}
		into[key] = value
	}
}
