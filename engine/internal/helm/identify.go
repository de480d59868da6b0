package helm

import (
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Identify loads a package as Helm does, which refuses what is cut off, what is no chart and what would lie outside of it, and tells
// which chart it is.
func Identify(view *tree.View, request wire.ChartPackage) (wire.Rendering, error) {
	loaded, err := Load(view, request.File)
	if err != nil {
		return wire.Rendering{}, err
	}
	if err := loaded.Validate(); err != nil {
		return wire.Rendering{}, err
	}
	return wire.Rendering{Details: wire.ChartIdentity{Name: loaded.Name(), Version: loaded.Metadata.Version}}, nil
}
