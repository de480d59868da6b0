//go:build !wasip1

// The engine renders kustomizations for its host, which speaks to it over standard input and output. See README.md.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"

	"drydock/engine/internal/serve"
	"drydock/engine/internal/wire"
)

func main() {
	limit := flag.Uint64("memory-limit", 2<<30, "`bytes` of live memory at which the process ends itself")
	flag.Parse()
	stderr := os.Stderr // the engine takes the standard streams away from the libraries in it
	go watchMemory(*limit, stderr)
	if err := talk(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(stderr, "engine:", err)
		os.Exit(1)
	}
}

// talk answers messages until the host closes its end.
func talk(from io.Reader, to io.Writer) error {
	var writing sync.Mutex
	var buffer []byte
	engine := serve.New(func(frame wire.Frame) {
		writing.Lock()
		defer writing.Unlock()
		buffer = frame.Append(buffer[:0])
		_, _ = to.Write(buffer) // when the host is gone, reading ends too, and so does the process
	})
	in := bufio.NewReaderSize(from, 1<<16)
	for {
		frame, err := wire.Read(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := engine.Handle(frame); err != nil {
			return err
		}
	}
}
