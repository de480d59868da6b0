package argocd

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"drydock/engine/internal/logs"
	"drydock/engine/internal/tree"

	"github.com/spf13/cobra"
	"sigs.k8s.io/kustomize/api/kv"
	"sigs.k8s.io/kustomize/api/pkg/loader"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/kustomize/v5/commands/edit/add"
	"sigs.k8s.io/kustomize/kustomize/v5/commands/edit/set"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// edit does what `kustomize edit` does with these arguments in the source's folder, by kustomize's own commands. Only this render
// sees the change.
func (w *work) edit(args []string) error {
	files := &folderFiles{View: w.view, folder: w.folder}
	defer logs.Collect(logs.Plain, &w.warnings)()
	command := editCommand(files, args[0])
	command.SetArgs(args[1:])
	command.SetOut(io.Discard)
	command.SetErr(io.Discard)
	command.SilenceErrors = true
	command.SilenceUsage = true
	if err := command.Execute(); err != nil {
		return fmt.Errorf("kustomize edit %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

func editCommand(files filesys.FileSystem, name string) *cobra.Command {
	dependencies := provider.NewDefaultDepProvider()
	validator := dependencies.GetFieldValidator()
	values := kv.NewLoader(loader.NewFileLoaderAtCwd(files), validator)
	if name == "add" {
		return add.NewCmdAdd(files, values, dependencies.GetResourceFactory())
	}
	return set.NewCmdSet(files, values, validator, dependencies.GetResourceFactory())
}

// folderFiles are a view's files for a command that runs in a folder: relative paths count from it, and what is written is put
// into the view.
type folderFiles struct {
	*tree.View
	folder string
}

func (f *folderFiles) at(name string) string {
	if name = filepath.ToSlash(name); path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(f.folder, name)
}

// CleanedAbs is filesys.FileSystem's.
func (f *folderFiles) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	return f.View.CleanedAbs(f.at(name))
}

// Exists is filesys.FileSystem's.
func (f *folderFiles) Exists(name string) bool {
	_, _, err := f.Resolve(f.at(name))
	return err == nil
}

// IsDir is filesys.FileSystem's.
func (f *folderFiles) IsDir(name string) bool {
	_, state, err := f.Resolve(f.at(name))
	return err == nil && state.Kind == tree.Directory
}

// ReadFile is filesys.FileSystem's.
func (f *folderFiles) ReadFile(name string) ([]byte, error) { return f.View.ReadFile(f.at(name)) }

// WriteFile is filesys.FileSystem's, for files that exist.
func (f *folderFiles) WriteFile(name string, content []byte) error {
	place, _, err := f.Resolve(f.at(name))
	if err == nil {
		f.Put(place, content)
	}
	return err
}

// Glob is filesys.FileSystem's.
func (f *folderFiles) Glob(pattern string) ([]string, error) {
	return fs.Glob(f.Folder(f.folder), pattern)
}
