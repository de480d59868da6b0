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
	// Little stays between renders and much is thrown away in one, so collecting less often is faster: percent of what is live.
	garbageShare = 400
	// Enough for YAML nested 10,000 levels deep, which is all that the parser takes; a value that contains itself needs any amount.
	maxStack = 64 << 20
)

// watchMemory ends the process when heap and stacks grow above limit (bytes): the machine must not suffer for one render.
func watchMemory(limit uint64, log io.Writer) {
	debug.SetGCPercent(garbageShare)
	debug.SetMaxStack(maxStack)
	debug.SetMemoryLimit(int64(float64(limit) * collectHarder))
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	for range time.Tick(memoryPeriod) {
		metrics.Read(samples)
		if used := samples[0].Value.Uint64() + samples[1].Value.Uint64(); used > limit {
			fmt.Fprintf(log, "engine: %d MB of memory in use, %d MB are allowed\n", used>>20, limit>>20)
			os.Exit(exitOutOfMemory)
		}
	}
}
