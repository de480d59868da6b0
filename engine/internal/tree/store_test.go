package tree_test

import (
	"path"
	"slices"
	"testing"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// host answers from a map, and notes the questions.
type host struct {
	states map[string]*tree.State
	asked  []string
	store  *tree.Store
}

func newHost(states map[string]*tree.State) *host {
	h := &host{states: states}
	h.store = tree.NewStore(func(path string) {
		h.asked = append(h.asked, path)
		go h.store.Tell(path, h.states)
	})
	return h
}

func file(content string) *tree.State {
	return &tree.State{Kind: tree.File, Content: []byte(content)}
}

func TestStoreAsksOnceAndKnowsWhatAFolderLacks(t *testing.T) {
	h := newHost(map[string]*tree.State{
		"/":           tree.NewDirectory([]string{"app"}),
		"/app":        tree.NewDirectory([]string{"a.yaml", "Upper.yaml"}),
		"/app/a.yaml": file("a"),
	})
	view := h.store.NewView()
	defer view.Close()
	for range 2 {
		if content, err := view.ReadFile("/app/a.yaml"); err != nil || string(content) != "a" {
			t.Fatalf("got %q, %v", content, err)
		}
		if _, err := view.ReadFile("/app/b.yaml"); err == nil {
			t.Fatal("a file that is not there was read")
		}
	}
	if want := []string{"/app/a.yaml"}; !slices.Equal(h.asked, want) {
		t.Errorf("asked for %q, want %q", h.asked, want)
	}
	if got, want := view.Reads(), []string{"/app/a.yaml", "/app/b.yaml"}; !slices.Equal(got, want) {
		t.Errorf("reads are %q, want %q", got, want)
	}
}

func TestStoreLeavesNamesThatMayBeOneFileToTheHost(t *testing.T) {
	h := newHost(map[string]*tree.State{
		"/":             tree.NewDirectory([]string{"A.yaml", "é.yaml"}),
		"/a.yaml":       file("the host's file system ignores case"),
		"/e\u0301.yaml": file("and composes letters"),
	})
	view := h.store.NewView()
	defer view.Close()
	for _, name := range []string{"/a.yaml", "/e\u0301.yaml"} {
		if _, err := view.ReadFile(name); err != nil {
			t.Error(err)
		}
	}
}

func TestForgottenPathsAreAskedForAgain(t *testing.T) {
	h := newHost(map[string]*tree.State{"/": tree.NewDirectory([]string{"a"}), "/a": file("old")})
	read := func() string {
		view := h.store.NewView()
		defer view.Close()
		content, err := view.ReadFile("/a")
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	if got := read(); got != "old" {
		t.Fatal(got)
	}
	h.states["/a"] = file("new")
	h.store.Forget([]string{"/a"})
	if got := read(); got != "new" {
		t.Fatal(got)
	}
}

func TestCancelEndsAWaitingRender(t *testing.T) {
	asked := make(chan string, 1)
	store := tree.NewStore(func(path string) { asked <- path })
	view := store.NewView()
	ended := make(chan any)
	go func() {
		defer view.Close()
		defer func() { ended <- recover() }()
		_, _ = view.ReadFile("/never/answered")
	}()
	<-asked
	store.AwaitIdle()
	view.Cancel()
	if cause := <-ended; cause != any(tree.Stopped{}) {
		t.Errorf("ended with %v", cause)
	}
	store.AwaitIdle()
}

func TestAViewsOwnFilesStandInFrontOfTheHosts(t *testing.T) {
	h := newHost(map[string]*tree.State{
		"/":         tree.NewDirectory([]string{"app"}),
		"/app":      tree.NewDirectory([]string{"a"}),
		"/app/a":    file("the host's"),
		"/new":      {Kind: tree.Absent},
		"/new/deep": {Kind: tree.Absent},
	})
	view, other := h.store.NewView(), h.store.NewView()
	defer view.Close()
	defer other.Close()
	view.Put("/app/a", []byte("its own"))
	view.Put("/new/deep/b", []byte("in new folders"))
	for name, want := range map[string]string{"/app/a": "its own", "/new/deep/b": "in new folders"} {
		if got, err := view.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if names, err := view.List("/"); err != nil || !slices.Equal(names, []string{"app", "new"}) {
		t.Errorf("got %q, %v", names, err)
	}
	if got, err := other.ReadFile("/app/a"); err != nil || string(got) != "the host's" {
		t.Errorf("another view got %q, %v", got, err)
	}
	// Whatever comes to stand in place of the new folder matters; files that the host did not give don't.
	if got, want := view.Reads(), []string{"/", "/new", "/new/deep"}; !slices.Equal(got, want) {
		t.Errorf("reads are %q, want %q", got, want)
	}
}

func TestFilesThatAreTakenBackAreGone(t *testing.T) {
	view := newHost(map[string]*tree.State{"/": tree.NewDirectory(nil)}).store.NewView()
	defer view.Close()
	view.Put("/a", []byte("before"))
	takeBack := view.Keep()
	view.Put("/a", []byte("for a while"))
	view.Put("/b", []byte("for a while"))
	takeBack()
	if got, err := view.ReadFile("/a"); err != nil || string(got) != "before" {
		t.Errorf("what was put before is %q, %v", got, err)
	}
	if names, err := view.List("/"); err != nil || !slices.Equal(names, []string{"a"}) {
		t.Errorf("got %q, %v", names, err)
	}
}

// A host answers down to the first path that is absent.
func TestAViewsOwnFilesMayLieBelowWhatIsAbsent(t *testing.T) {
	h := newHost(map[string]*tree.State{
		"/":                 {Kind: tree.Unreadable, Reason: "it does not say what it lacks"},
		"/archive.unpacked": {Kind: tree.Absent},
	})
	view := h.store.NewView()
	defer view.Close()
	view.Put("/archive.unpacked/templates/deep/a", []byte("its own"))
	if names, err := view.List("/archive.unpacked/templates"); err != nil || !slices.Equal(names, []string{"deep"}) {
		t.Errorf("got %q, %v", names, err)
	}
	if got, err := view.ReadFile("/archive.unpacked/templates/deep/a"); err != nil || string(got) != "its own" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestSourcesAreLinksOfTheHosts(t *testing.T) {
	repository := wire.Source{Kind: wire.SourceGit, URL: "https://example.org/o/r", Revision: "v1"}
	unknown := wire.Source{Kind: wire.SourceChart, URL: "https://example.org", Name: "a/b"}
	states := map[string]*tree.State{"/": tree.NewDirectory([]string{".drydock", "cache"}), "/cache": tree.NewDirectory(nil), unknown.Place(): {Kind: tree.Absent}}
	for _, place := range []string{repository.Place(), unknown.Place()} {
		for folder := path.Dir(place); folder != "/"; folder = path.Dir(folder) {
			states[folder] = &tree.State{Kind: tree.Unreadable}
		}
	}
	states[repository.Place()] = &tree.State{Kind: tree.Link, Target: "/cache"}
	view := newHost(states).store.NewView()
	defer view.Close()
	if at, err := view.Source(repository); err != nil || at != "/cache" {
		t.Errorf("got %q, %v", at, err)
	}
	for range 2 {
		if _, err := view.Source(unknown); err == nil || err.Error() != "not fetched: chart a/b of https://example.org" {
			t.Errorf("got %v", err)
		}
	}
	if got := view.Missing(); !slices.Equal(got, []wire.Source{unknown}) {
		t.Errorf("missing are %v", got)
	}
	if got, want := repository.Place(), "/.drydock/git/v1/%/https:/%/example.org/o/r/@"; got != want {
		t.Errorf("asked for at %s, want %s", got, want)
	}
}
