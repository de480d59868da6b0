//go:build !wasip1

package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// exitOutOfMemory tells the host apart from a crash that a render wanted too much memory.
	exitOutOfMemory = 86
	// Renders allocate a few gigabytes a second at most, so that this is seen in time.
	memoryPeriod = 20 * time.Millisecond
	// The garbage collector works harder above this share of the limit, so that only live memory reaches the limit.
	collectHarder = 0.75
)

// watchMemory ends the process when its heap grows above limit (bytes): the machine must not suffer for one render.
func watchMemory(limit uint64, log io.Writer) {
	debug.SetMemoryLimit(int64(float64(limit) * collectHarder))
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for range time.Tick(memoryPeriod) {
		metrics.Read(sample)
		if heap := sample[0].Value.Uint64(); heap > limit {
			fmt.Fprintf(log, "engine: %d MB of memory in use, %d MB are allowed\n", heap>>20, limit>>20)
			os.Exit(exitOutOfMemory)
		}
	}
}
