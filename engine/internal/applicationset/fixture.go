package applicationset

import (
	"encoding/json"
	"fmt"
	"reflect"

	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

// fixture tells what Argo CD learns from its cluster and over the network. docs/applicationset-fixture.md says what the fields
// mean.
type fixture struct {
	// Clusters are those that Argo CD has Secrets for; nil when nothing is known of them.
	Clusters                []wire.Cluster    `json:"clusters"`
	ClusterDecisionResource []decisionFixture `json:"clusterDecisionResource"`
	PullRequest             []requestFixture  `json:"pullRequest"`
	SCMProvider             []scmFixture      `json:"scmProvider"`
	Plugin                  []pluginFixture   `json:"plugin"`

	// clustersFrom says where the clusters were found.
	clustersFrom string
}

// answered is the part that all answers have: which generators they are for.
type answered struct {
	// For is a part of the generator's fields, such as {github: {owner: acme}}; a generator without it is not answered.
	For map[string]any `json:"for"`
}

func (a answered) part() map[string]any { return a.For }

type decisionFixture struct {
	answered
	MatchKey  string              `json:"matchKey"`
	Decisions []map[string]string `json:"decisions"`
}

type requestFixture struct {
	answered
	PullRequests []pullRequest `json:"pullRequests"`
}

type pullRequest struct {
	Number       int      `json:"number"`
	Title        string   `json:"title"`
	Branch       string   `json:"branch"`
	TargetBranch string   `json:"targetBranch"`
	HeadSHA      string   `json:"headSHA"`
	Labels       []string `json:"labels"`
	Author       string   `json:"author"`
}

type scmFixture struct {
	answered
	Repositories []repository `json:"repositories"`
}

// repository is a branch of a repository; its first one is the default branch.
type repository struct {
	Organization string   `json:"organization"`
	Repository   string   `json:"repository"`
	RepositoryID any      `json:"repositoryId"`
	URL          string   `json:"url"`
	Branch       string   `json:"branch"`
	SHA          string   `json:"sha"`
	Labels       []string `json:"labels"`
	Paths        []string `json:"paths"`
}

type pluginFixture struct {
	answered
	Parameters []params `json:"parameters"`
}

func readFixture(text string) (*fixture, error) {
	var read fixture
	if err := yaml.UnmarshalStrict([]byte(text), &read); err != nil {
		return nil, fmt.Errorf("the fixture for ApplicationSets: %w", err)
	}
	if read.Clusters != nil {
		read.clustersFrom = "fixture"
	}
	return &read, nil
}

// complete lets the clusters of a running Argo CD count where the fixture names none.
func (f *fixture) complete(live *wire.LiveClusters) {
	if f.Clusters == nil && live != nil {
		f.Clusters, f.clustersFrom = live.Clusters, live.From
	}
}

// answerTo is the first answer that is for a generator: everything that its `for` says stands in the generator too.
func answerTo[A interface{ part() map[string]any }](generator any, name, at string, answers []A) (A, []failure) {
	var none A
	encoded, err := json.Marshal(generator)
	if err != nil {
		return none, fail(at, err)
	}
	var fields map[string]any
	if err := json.Unmarshal(encoded, &fields); err != nil {
		return none, fail(at, err)
	}
	for _, answer := range answers {
		if within(answer.part(), fields) {
			return answer, nil
		}
	}
	return none, fail(at, &unanswered{name})
}

// unanswered is why a generator gives nothing that Argo CD asks over the network.
type unanswered struct{ name string }

func (e *unanswered) Error() string {
	return fmt.Sprintf("what Argo CD would be answered is not known: put it into the fixture, under %q", e.name)
}

// within tells whether a value is a part of another one: maps may lack keys, everything else is equal.
func within(part, whole any) bool {
	fields, ok := part.(map[string]any)
	if !ok {
		return reflect.DeepEqual(part, whole)
	}
	all, ok := whole.(map[string]any)
	if !ok {
		return len(fields) == 0 && whole == nil
	}
	for key, value := range fields {
		if !within(value, all[key]) {
			return false
		}
	}
	return true
}
