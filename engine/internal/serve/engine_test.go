package serve_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"drydock/engine/internal/serve"
	"drydock/engine/internal/wire"
)

// host is the other end of an engine.
type host struct {
	t       *testing.T
	engine  *serve.Engine
	needs   chan string
	results chan outcome
}

type outcome struct {
	wire.Result
	yaml string
}

func newHost(t *testing.T) *host {
	h := &host{t: t, needs: make(chan string, 1000), results: make(chan outcome, 1000)}
	stdout := os.Stdout
	h.engine = serve.New(func(frame wire.Frame) {
		var message struct {
			wire.Result
			Path string `json:"path"`
		}
		if err := json.Unmarshal(frame.Header, &message); err != nil {
			t.Error(err)
		}
		switch message.Op {
		case wire.OpNeed:
			h.needs <- message.Path
		case wire.OpResult:
			h.results <- outcome{message.Result, string(frame.Body)}
		}
	})
	os.Stdout = stdout // where the results of the tests go
	return h
}

// answerFromDisk answers all questions until the test ends.
func (h *host) answerFromDisk() {
	go func() {
		for path := range h.needs {
			state, content := look(path)
			h.send(wire.Request{Op: wire.OpFiles, Answers: path, States: []wire.PathState{state}}, content)
		}
	}()
	h.t.Cleanup(func() { close(h.needs) })
}

func (h *host) send(request wire.Request, body []byte) {
	frame, err := wire.NewFrame(request, body)
	if err == nil {
		err = h.engine.Handle(frame)
	}
	if err != nil {
		h.t.Error(err)
	}
}

// render asks for a kustomization or a chart, whichever is in the folder.
func (h *host) render(id int, directory string) {
	if _, err := os.Stat(filepath.Join(directory, "Chart.yaml")); err == nil {
		h.ask(wire.OpTemplate, id, wire.Template{Chart: directory, Namespace: "default"})
		return
	}
	h.build(id, directory)
}

func (h *host) build(id int, directory string) {
	h.ask(wire.OpBuild, id, wire.Build{Directory: directory, LoadRestrictor: "LoadRestrictionsRootOnly"})
}

func (h *host) ask(op string, id int, request any) {
	raw, err := json.Marshal(request)
	if err != nil {
		h.t.Error(err)
	}
	h.send(wire.Request{Op: op, ID: id, Render: raw}, nil)
}

func look(path string) (wire.PathState, []byte) {
	if entries, err := os.ReadDir(path); err == nil {
		state := wire.PathState{Path: path, Kind: "directory"}
		for _, entry := range entries {
			state.Entries = append(state.Entries, entry.Name())
		}
		return state, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return wire.PathState{Path: path, Kind: "absent"}, nil
	}
	return wire.PathState{Path: path, Kind: "file", Length: len(content)}, content
}

// All cases, many at a time, give what each gives alone. With -race, this also shows that kustomize's and Helm's parts don't
// share what they write to.
func TestParallelRendersGiveWhatEachGivesAlone(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("the host of this test has paths of its platform")
	}
	directories := caseFolders(t)
	h := newHost(t)
	h.answerFromDisk()
	alone := make([]outcome, len(directories))
	for i, directory := range directories {
		h.render(i, directory)
		alone[i] = <-h.results
	}
	const rounds = 3
	for range rounds {
		for i, directory := range directories {
			h.render(i, directory)
		}
	}
	for range rounds * len(directories) {
		got := <-h.results
		want := alone[got.ID]
		if got.Outcome != want.Outcome || got.yaml != want.yaml || steady(got.Message) != steady(want.Message) || !slices.Equal(got.Warnings, want.Warnings) {
			t.Errorf("%s\ntogether %s %s %q\n%s\nalone %s %s %q\n%s", directories[got.ID],
				got.Outcome, got.Message, got.Warnings, got.yaml, want.Outcome, want.Message, want.Warnings, want.yaml)
		}
	}
}

// steady leaves out addresses in memory, which kustomize prints in a message, and the order in which violations of a schema
// are found.
func steady(message string) string {
	lines := strings.Split(regexp.MustCompile(`0x[0-9a-f]+`).ReplaceAllString(message, "0x"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func caseFolders(t *testing.T) []string {
	t.Helper()
	root, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && regexp.MustCompile(`^([kK]ustomization(\.ya?ml)?|Chart\.yaml)$`).MatchString(entry.Name()) {
			folders = append(folders, filepath.Dir(path))
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cases in %s: %v", root, err)
	}
	return slices.Compact(folders)
}

func TestCancelledRendersEndAsCancelled(t *testing.T) {
	h := newHost(t)
	h.build(7, "/app")
	<-h.needs // never answered
	h.send(wire.Request{Op: wire.OpCancel, ID: 7}, nil)
	if got := <-h.results; got.ID != 7 || got.Outcome != wire.Cancelled {
		t.Errorf("got %+v", got)
	}
}

func TestMalformedMessagesAreRefused(t *testing.T) {
	h := newHost(t)
	for _, header := range []string{
		`{`,
		`{"op": "dance"}`,
		`{"op": "build", "id": 1, "render": {"directory": 7}}`,
		`{"op": "files", "answers": "/", "states": [{"path": "/", "kind": "file", "length": 9}]}`,
		`{"op": "files", "answers": "/", "states": [{"path": "/", "kind": "socket"}]}`,
	} {
		if err := h.engine.Handle(wire.Frame{Header: []byte(header)}); err == nil {
			t.Errorf("%s was taken", header)
		}
	}
}
