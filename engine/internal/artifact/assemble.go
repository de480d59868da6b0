package artifact

import (
	"fmt"
	"path"
	"strings"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"

	"github.com/fluxcd/pkg/sourceignore"
	"sigs.k8s.io/yaml"
)

// folder is where artifacts are put together: no host has a folder of this name at its root.
const folder = "/.drydock-artifacts"

// generator is what is read of an ArtifactGenerator.
type generator struct {
	Metadata struct {
		Name string `json:"name"`
	} `json:"metadata"`
	Spec struct {
		Artifacts []output `json:"artifacts"`
	} `json:"spec"`
}

// output is an artifact that a generator makes.
type output struct {
	Name string    `json:"name"`
	Copy []copying `json:"copy"`
}

// assemble puts an artifact together as source-watcher v2.2.4 does (internal/builder), whose module can't be had and writes to a disk. It
// gives the folder, which only this render finds; nothing is hidden from the render then. Errors are in source-watcher's words.
func assemble(view *tree.View, artifact wire.ExternalArtifact) (string, error) {
	var made generator
	if err := yaml.Unmarshal([]byte(artifact.Generator), &made); err != nil {
		return "", fmt.Errorf("reading the ArtifactGenerator of ExternalArtifact %s: %w", artifact.Name, err)
	}
	from := sources{view: view, given: artifact.Sources, assembled: map[string]string{}}
	staged := newStaging()
	for _, output := range made.Spec.Artifacts {
		if output.Name != artifact.Name {
			continue
		}
		if err := output.stage(from, staged); err != nil {
			return "", fmt.Errorf("ArtifactGenerator %s, artifact %s: failed to apply copy operations: %w", made.Metadata.Name, artifact.Name, err)
		}
	}
	view.Hide(nil)
	root := path.Join(folder, artifact.Namespace, artifact.Name)
	view.PutFolder(root)
	view.Copied(root, fmt.Sprintf("ExternalArtifact %s/%s", artifact.Namespace, artifact.Name))
	staged.put(view, root)
	return root, nil
}

// stage does an artifact's operations in their order.
func (o output) stage(from sources, staged *staging) error {
	for _, op := range o.Copy {
		if err := op.apply(from, staged); err != nil {
			return fmt.Errorf("failed to apply copy operation from '%s' to '%s': %w", op.From, op.To, err)
		}
	}
	return nil
}

// sources are what a generator copies from, by alias.
type sources struct {
	view  *tree.View
	given map[string]wire.FluxSource
	// assembled are the folders of those that are put together themselves.
	assembled map[string]string
}

// open gives the folder of a source, and lets the render find in it what its artifact has.
func (s sources) open(alias string) (string, error) {
	source, ok := s.given[alias]
	if !ok {
		return "", fmt.Errorf("source alias '%s' not found", alias)
	}
	if root, done := s.assembled[alias]; done {
		s.view.Hide(nil)
		return root, nil
	}
	root, err := Open(s.view, source)
	if err == nil && source.Artifact != nil {
		s.assembled[alias] = root
	}
	return root, err
}

// put lets the render find what was staged, but for what the archive of it leaves out: what source-controller's built-in patterns exclude.
func (s *staging) put(view *tree.View, root string) {
	archived := sourceignore.NewDefaultMatcher(nil, nil)
	for name, file := range s.entries {
		at := path.Join(root, name)
		switch {
		case archived.Match(strings.Split(name, "/"), file == nil):
		case file == nil:
			view.PutFolder(at)
		default:
			view.Put(at, file.content)
			if file.merged {
				view.Made(at, file.home)
			} else {
				view.Copied(at, file.home)
			}
		}
	}
	for at, home := range s.homes {
		if home != "" {
			view.Copied(path.Join(root, at), home)
		}
	}
}
