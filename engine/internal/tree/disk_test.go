package tree_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"drydock/engine/internal/tree"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// onDisk makes a store whose questions are answered from the disk, as a host would.
func onDisk() *tree.Store {
	var store *tree.Store
	store = tree.NewStore(func(path string) {
		go store.Tell(path, map[string]*tree.State{path: lookOnDisk(path)})
	})
	return store
}

func lookOnDisk(path string) *tree.State {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return &tree.State{Kind: tree.Absent}
	case info.Mode()&os.ModeSymlink != 0:
		target, _ := os.Readlink(path)
		return &tree.State{Kind: tree.Link, Target: target}
	case info.IsDir():
		entries, _ := filesys.MakeFsOnDisk().ReadDir(path)
		return tree.NewDirectory(entries)
	default:
		content, _ := os.ReadFile(path)
		return &tree.State{Kind: tree.File, Content: content}
	}
}

// Every path gives the same answer, and the same error, as kyaml's file system on disk.
func TestViewActsAsTheDisk(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("the words of the errors are Linux's")
	}
	root := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	link := func(name, target string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	write("a/file.yaml", "content")
	write("a/b/c/deep.yaml", "deep")
	write("Ümlaut/ÄÖ.yaml", "letters")
	link("to-folder", "a/b")
	link("to-file", "./a/../a/file.yaml")
	link("to-link", "to-file")
	link("a/up", "..")
	link("absolute", filepath.Join(root, "a"))
	link("dangling", "gone/away")
	link("loop", "pool")
	link("pool", "loop")
	link("self", "self/x")
	link("trailing", "a/b/")
	for i := range 50 { // more than opening follows, fewer than resolving does
		link("chain"+strings.Repeat("n", i), "chain"+strings.Repeat("n", i+1))
	}
	write("chain"+strings.Repeat("n", 50), "far")

	disk := filesys.MakeFsOnDisk()
	view := onDisk().NewView()
	for _, name := range []string{
		"", "a", "a/", "a/file.yaml", "a/file.yaml/", "a/file.yaml/below", "a/b/c", "a/b/c/deep.yaml", "a//b/./c", "a/b/../file.yaml",
		"Ümlaut", "Ümlaut/ÄÖ.yaml", "none", "none/below", "a/none", "A", "a/FILE.yaml",
		"to-folder", "to-folder/c/deep.yaml", "to-folder/none", "to-file", "to-file/below", "to-link", "a/up", "a/up/a/up/a/file.yaml",
		"absolute", "absolute/file.yaml", "absolute/none", "dangling", "dangling/below", "loop", "loop/below", "self", "trailing", "trailing/c",
		"chain", "chainnnnnnnnnnnnnnnnnnnn", strings.Repeat("x", 255), strings.Repeat("x", 256), "a/" + strings.Repeat("long/", 1000) + "x",
		"null\x00byte", "kind: Deployment\nmetadata:\n  name: x",
	} {
		path := root + "/" + name
		wantDir, wantFile, wantErr := disk.CleanedAbs(path)
		gotDir, gotFile, gotErr := view.CleanedAbs(path)
		if gotDir != wantDir || gotFile != wantFile || text(gotErr) != text(wantErr) {
			t.Errorf("CleanedAbs(%.50q)\ngot  %q %q %.500v\nwant %q %q %.500v", name, gotDir, gotFile, gotErr, wantDir, wantFile, wantErr)
		}
		path = filepath.Clean(path) // as kustomize's loader does
		wantContent, wantErr := disk.ReadFile(path)
		gotContent, gotErr := view.ReadFile(path)
		if string(gotContent) != string(wantContent) || text(gotErr) != text(wantErr) {
			t.Errorf("ReadFile(%.50q)\ngot  %q %.500v\nwant %q %.500v", name, gotContent, gotErr, wantContent, wantErr)
		}
		if os.IsNotExist(gotErr) != os.IsNotExist(wantErr) {
			t.Errorf("ReadFile(%q): missing is %t, want %t", name, os.IsNotExist(gotErr), os.IsNotExist(wantErr))
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
