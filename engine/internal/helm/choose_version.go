package helm

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"github.com/Masterminds/semver/v3"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"sigs.k8s.io/yaml"
)

// index is index.yaml of a chart repository: the fields of Helm's IndexFile (pkg/repo/v1/index.go), which reads it strictly. Helm's
// package of that name downloads too, and would bring a hundred others.
type index struct {
	ServerInfo  map[string]any            `json:"serverInfo,omitempty"`
	APIVersion  string                    `json:"apiVersion"`
	Generated   time.Time                 `json:"generated"`
	Entries     map[string][]*indexedItem `json:"entries"`
	PublicKeys  []string                  `json:"publicKeys,omitempty"`
	Annotations map[string]string         `json:"annotations,omitempty"`
}

type indexedItem struct {
	*chart.Metadata
	URLs                    []string  `json:"urls"`
	Created                 time.Time `json:"created"`
	Removed                 bool      `json:"removed,omitempty"`
	Digest                  string    `json:"digest,omitempty"`
	ChecksumDeprecated      string    `json:"checksum,omitempty"`
	EngineDeprecated        string    `json:"engine,omitempty"`
	TillerVersionDeprecated string    `json:"tillerVersion,omitempty"`
	URLDeprecated           string    `json:"url,omitempty"`
}

// ChooseVersion finds the chart that a version or range means, as Helm v4.2.4 does: in a repository's index (pkg/repo/v1,
// IndexFile.Get), or among the tags of an OCI registry (pkg/registry, Client.Tags and GetTagMatchingVersionOrConstraint).
func ChooseVersion(view *tree.View, request wire.ChartVersion) (wire.Rendering, error) {
	choose := chooseIndexed
	if request.Index == "" {
		choose = chooseTag
	}
	chosen, err := choose(view, request)
	if err != nil {
		return wire.Rendering{}, err
	}
	return wire.Rendering{Details: chosen}, nil
}

func chooseIndexed(view *tree.View, request wire.ChartVersion) (wire.ChosenVersion, error) {
	var none wire.ChosenVersion
	content, err := view.ReadFile(request.Index)
	if err != nil {
		return none, err
	}
	read, err := readIndex(content)
	if err != nil {
		return none, err
	}
	items := slices.DeleteFunc(read.Entries[request.Name], func(item *indexedItem) bool { return !isValid(item) })
	if len(items) == 0 {
		return none, fmt.Errorf("there is no chart %q in the repository's index", request.Name)
	}
	slices.SortFunc(items, func(a, b *indexedItem) int { return newestFirst(a.Version, b.Version) })
	versions := make([]string, len(items))
	for i, item := range items {
		versions[i] = item.Version
	}
	at, err := firstMatch(versions, request.Version)
	if err != nil {
		return none, err
	}
	if len(items[at].URLs) == 0 {
		return none, fmt.Errorf("chart %q %s has no URL in the repository's index", request.Name, items[at].Version)
	}
	return wire.ChosenVersion{Version: items[at].Version, URL: items[at].URLs[0], Digest: items[at].Digest}, nil
}

func readIndex(content []byte) (*index, error) {
	read := &index{}
	unmarshal := func(content []byte, into any) error { return yaml.UnmarshalStrict(content, into) }
	if json.Valid(content) {
		unmarshal = json.Unmarshal
	}
	if err := unmarshal(content, read); err != nil {
		return nil, err
	}
	if read.APIVersion == "" {
		return nil, errors.New("no API version specified")
	}
	return read, nil
}

// isValid tells whether Helm keeps an entry of an index.
func isValid(item *indexedItem) bool {
	if item == nil {
		return false
	}
	if item.Metadata == nil {
		item.Metadata = &chart.Metadata{}
	}
	if item.APIVersion == "" {
		item.APIVersion = chart.APIVersionV1
	}
	err := item.Validate()
	var invalid chart.ValidationError
	return err == nil || errors.As(err, &invalid) && strings.HasPrefix(err.Error(), "validation: more than one dependency with name or alias")
}

func chooseTag(_ *tree.View, request wire.ChartVersion) (wire.ChosenVersion, error) {
	var versions []string
	for _, tag := range request.Tags {
		if version, err := semver.StrictNewVersion(strings.ReplaceAll(tag, "_", "+")); err == nil {
			versions = append(versions, version.String())
		}
	}
	slices.SortFunc(versions, newestFirst)
	at, err := firstMatch(versions, request.Version)
	if err != nil {
		return wire.ChosenVersion{}, err
	}
	return wire.ChosenVersion{Version: versions[at]}, nil
}

// newestFirst orders versions; what is none comes last.
func newestFirst(a, b string) int {
	left, errLeft := semver.NewVersion(a)
	right, errRight := semver.NewVersion(b)
	switch {
	case errLeft != nil && errRight != nil:
		return 0
	case errLeft != nil:
		return 1
	case errRight != nil:
		return -1
	default:
		return right.Compare(left)
	}
}

// firstMatch gives the place of the version that is wanted: exactly it, or the first in its range.
func firstMatch(versions []string, wanted string) (int, error) {
	if at := slices.Index(versions, wanted); wanted != "" && at >= 0 {
		return at, nil
	}
	matching := wanted
	if wanted == "" {
		matching = "*"
	}
	constraint, err := semver.NewConstraint(matching)
	if err != nil {
		return 0, fmt.Errorf("%q is no version and no range of versions: %w", wanted, err)
	}
	for i, candidate := range versions {
		if version, err := semver.NewVersion(candidate); err == nil && constraint.Check(version) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("no version of the chart is %q; the newest are %s", matching, strings.Join(versions[:min(len(versions), 5)], ", "))
}
