// The engine as WebAssembly: the host calls the exported functions, one at a time. See README.md.
package main

import (
	"bytes"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"unsafe"

	"drydock/engine/internal/serve"
	"drydock/engine/internal/wire"
)

var (
	engine *serve.Engine
	inbox  []byte

	writing sync.Mutex
	outbox  []byte
	// posted keeps what the host is reading from being collected, until it calls again.
	posted []byte
)

// start makes the engine, and gives its first messages.
//
//go:wasmexport start
func start() uint64 {
	engine = serve.New(func(frame wire.Frame) {
		writing.Lock()
		defer writing.Unlock()
		outbox = frame.Append(outbox)
	})
	return post()
}

// room gives the place where the host writes its next message of this many bytes.
//
//go:wasmexport room
func room(size uint32) unsafe.Pointer {
	inbox = make([]byte, size)
	return unsafe.Pointer(unsafe.SliceData(inbox))
}

// handle takes the message, goes on with every render that can go on, and gives the engine's messages.
//
//go:wasmexport handle
func handle() uint64 {
	frame, err := wire.Read(bytes.NewReader(inbox))
	if err == nil {
		err = engine.Handle(frame)
	}
	if err != nil {
		panic(err)
	}
	engine.AwaitIdle()
	return post()
}

// Between renders, the collector is set to run when this much garbage has gathered: a fixed amount rather than a share of what
// is live, because collecting is slow here, and memory once taken is never given back.
const garbage = 64 << 20

// rest collects garbage. The host calls it when it has passed the answer on and nobody waits.
//
//go:wasmexport rest
func rest() {
	posted = nil
	runtime.GC()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(int(garbage * 100 / max(live[0].Value.Uint64(), 1<<20)))
}

// post gives address and length (upper and lower 32 bits) of the messages for the host.
func post() uint64 {
	writing.Lock()
	defer writing.Unlock()
	posted, outbox = outbox, nil
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(posted))))<<32 | uint64(len(posted))
}

func main() {} // never called: the module is a library
