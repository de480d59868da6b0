// Package artifact gives the artifacts of Flux's sources: what source-controller v1.9 puts into that of a folder, and what source-watcher
// v2.2.4 puts together of several for an ArtifactGenerator. Read open.go first, then assemble.go.
package artifact

import (
	"fmt"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Open gives the top folder of a source's artifact, a real path, and hides from the render what the artifact does not have of it.
func Open(view *tree.View, source wire.FluxSource) (string, error) {
	if source.Artifact != nil {
		view.Hide(nil)
		return assemble(view, *source.Artifact)
	}
	root, err := rootOf(view, source)
	if err == nil {
		HideIgnored(view, root, source.Ignore)
	}
	return root, err
}

func rootOf(view *tree.View, source wire.FluxSource) (string, error) {
	if source.Root == "" {
		return view.Source(source.Source)
	}
	root, _, err := view.Resolve(source.Root)
	if err != nil {
		return "", fmt.Errorf("the source's folder is not found: %w", err)
	}
	return root, nil
}
