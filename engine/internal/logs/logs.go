// Package logs tells apart what renders log that run side by side. kustomize writes some of its warnings to Go's global log,
// Helm all of them to Go's structured one. A render runs in one goroutine and both logs are written in the goroutine that
// logs, so its number tells which render a line belongs to.
package logs

import (
	"bytes"
	"log"
	"log/slog"
	"runtime"
	"strings"
	"sync"
)

// Format says how a render's lines look.
type Format int

const (
	// Plain is Go's global log, without the time. What is logged with levels is left out.
	Plain Format = iota
	// Leveled is Helm's: `level=WARN msg="…"`. The global log counts as level INFO.
	Leveled
)

type sink struct {
	format Format
	lines  *[]string
}

var (
	mu    sync.Mutex
	sinks = map[string]sink{}
)

// Capture takes over Go's global logs. It is called once, before the first render.
func Capture() {
	slog.SetDefault(slog.New(slog.NewTextHandler(leveledLog{}, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
	log.SetFlags(0)
	log.SetOutput(plainLog{}) // slog.SetDefault has led it to itself
}

// Collect adds what is logged in this goroutine to lines, until the returned function is called: then it goes where it went before.
func Collect(format Format, lines *[]string) (end func()) {
	id := goroutine()
	mu.Lock()
	defer mu.Unlock()
	before, was := sinks[id]
	sinks[id] = sink{format, lines}
	return func() {
		mu.Lock()
		defer mu.Unlock()
		delete(sinks, id)
		if was {
			sinks[id] = before
		}
	}
}

// plainLog is where Go's global log goes.
type plainLog struct{}

// Write is io.Writer's.
func (plainLog) Write(line []byte) (int, error) {
	text := strings.TrimRight(string(line), "\n")
	if to, ok := current(); ok && to.format == Leveled {
		slog.Info(text)
	} else if ok {
		*to.lines = append(*to.lines, text)
	}
	return len(line), nil
}

// leveledLog is where Go's structured log goes.
type leveledLog struct{}

// Write is io.Writer's.
func (leveledLog) Write(line []byte) (int, error) {
	if to, ok := current(); ok && to.format == Leveled {
		*to.lines = append(*to.lines, strings.TrimRight(string(line), "\n"))
	}
	return len(line), nil
}

func withoutTime(_ []string, attribute slog.Attr) slog.Attr {
	if attribute.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return attribute
}

// current gives where this goroutine's lines go.
func current() (sink, bool) {
	mu.Lock()
	defer mu.Unlock()
	to, ok := sinks[goroutine()]
	return to, ok
}

// goroutine gives the number of the running goroutine, as its stack trace begins: "goroutine 17 [running]:".
func goroutine() string {
	var start [64]byte
	words := bytes.Fields(start[:runtime.Stack(start[:], false)])
	return string(words[1])
}
