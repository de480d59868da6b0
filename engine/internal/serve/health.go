//go:build !wasip1

package serve

import (
	"drydock/engine/internal/health"
	"drydock/engine/internal/wire"
)

// The types of Kubernetes' API would make the WebAssembly module larger by a third, which is compiled at each start.
func init() {
	renders[wire.OpHealth] = decoded(health.Compute)
}
