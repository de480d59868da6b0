package render

import (
	"bytes"
	"log"
	"runtime"
	"strings"
	"sync"
)

// Some of kustomize's warnings go to Go's global log. A build runs in one goroutine, and the log is written in the
// goroutine that logs, so its number tells which build a line belongs to.
var logs = &logSplitter{lines: map[string]*[]string{}}

type logSplitter struct {
	mu    sync.Mutex
	lines map[string]*[]string
}

// CaptureLog takes over Go's global log. It is called once, before the first build.
func CaptureLog() {
	log.SetFlags(0)
	log.SetOutput(logs)
}

// Write is io.Writer's.
func (l *logSplitter) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if lines, ok := l.lines[goroutine()]; ok {
		*lines = append(*lines, strings.TrimRight(string(line), "\n"))
	}
	return len(line), nil
}

// collect adds what is logged in this goroutine to lines, until the returned function is called.
func (l *logSplitter) collect(lines *[]string) (end func()) {
	id := goroutine()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[id] = lines
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.lines, id)
	}
}

// goroutine gives the number of the running goroutine, as its stack trace begins: "goroutine 17 [running]:".
func goroutine() string {
	var start [64]byte
	words := bytes.Fields(start[:runtime.Stack(start[:], false)])
	return string(words[1])
}
