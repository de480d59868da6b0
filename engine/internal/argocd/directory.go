package argocd

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"

	"github.com/gobwas/glob"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// largestDirectory is how many bytes of manifests a source may have in a folder: the default of
// reposerver.max.combined.directory.manifests.size.
const largestDirectory = 10_000_000

// notAManifest is what a file says that is no manifest, whatever it looks like.
const notAManifest = "+argocd:skip-file-rendering"

var isManifestName = regexp.MustCompile(`^.*\.(yaml|yml|json|jsonnet)$`).MatchString

// manifestFile is a file that may hold manifests.
type manifestFile struct {
	place   string
	content []byte
}

// directory reads the manifests in a folder, as the repo-server's findManifests does (reposerver/repository/repository.go,
// v3.2.11). Jsonnet is not evaluated.
func (w *work) directory() ([]*unstructured.Unstructured, error) {
	options := v1alpha1.ApplicationSourceDirectory{}
	if w.source.Directory != nil {
		options = *w.source.Directory
	}
	if jsonnet := options.Jsonnet; len(jsonnet.ExtVars)+len(jsonnet.TLAs)+len(jsonnet.Libs) > 0 {
		return nil, errors.New("directory.jsonnet: Jsonnet is not evaluated, so what Argo CD makes of this source can't be shown")
	}
	files, err := w.manifestFiles(options)
	if err != nil {
		return nil, fmt.Errorf("failed to get potentially valid manifests: %w", err)
	}
	var objects []*unstructured.Unstructured
	for _, file := range files {
		if strings.HasSuffix(file.place, ".jsonnet") {
			w.warnings = append(w.warnings, fmt.Sprintf("%s is left out: Jsonnet is not evaluated", file.place))
			continue
		}
		found, err := objectsIn(file)
		if err != nil {
			return nil, err
		}
		w.follow.read(found, file)
		objects = append(objects, found...)
	}
	return objects, nil
}

// manifestFiles finds the files of a folder that may hold manifests, in lexical order.
func (w *work) manifestFiles(options v1alpha1.ApplicationSourceDirectory) ([]manifestFile, error) {
	include, exclude := w.matcher(options.Include), w.matcher(options.Exclude)
	size := 0
	var files []manifestFile
	err := w.walk(w.folder, options.Recurse, func(place string, state *tree.State) error {
		if !isManifestName(path.Base(place)) {
			return nil
		}
		if state, err := w.regular(place, state); err != nil || state == nil {
			return err
		}
		relative := strings.TrimPrefix(strings.TrimPrefix(place, w.folder), "/")
		if options.Exclude != "" && exclude(relative) || options.Include != "" && !include(relative) {
			return nil
		}
		content, err := w.view.ReadFile(place)
		if err != nil {
			return fmt.Errorf("invalid manifest file %q: failed to read %q: %w", place, relative, err)
		}
		decoded, err := asUTF8(content)
		if err != nil {
			return fmt.Errorf("invalid manifest file %q: failed to read %q: %w", place, relative, err)
		}
		if bytes.Contains(decoded, []byte(notAManifest)) {
			return nil
		}
		if !strings.HasSuffix(place, ".jsonnet") {
			size += len(content)
		}
		if size > largestDirectory {
			return fmt.Errorf("exceeded max combined manifest file size (%d bytes, unless repo-server is given another one)", largestDirectory)
		}
		files = append(files, manifestFile{place, decoded})
		return nil
	})
	return files, err
}

// matcher gives what tells whether a path matches a pattern of include or exclude; nothing matches one that can't be read.
func (w *work) matcher(pattern string) func(string) bool {
	compiled, err := glob.Compile(pattern)
	if err != nil {
		w.warnings = append(w.warnings, fmt.Sprintf("failed to compile pattern %s due to error %v", pattern, err))
		return func(string) bool { return false }
	}
	return compiled.Match
}

// walk visits what is in a folder, links not followed, as filepath.Walk does.
func (w *work) walk(place string, recurse bool, visit func(place string, state *tree.State) error) error {
	state, err := w.view.Lstat(place)
	if err != nil {
		return err
	}
	if state.Kind != tree.Directory {
		return visit(place, state)
	}
	if place != w.folder && !recurse {
		return nil
	}
	names, err := w.view.List(place)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := w.walk(path.Join(place, name), recurse, visit); err != nil {
			return err
		}
	}
	return nil
}

// regular gives the file at a place or at the end of its link; nil when there is none, which Argo CD logs and overlooks.
func (w *work) regular(place string, state *tree.State) (*tree.State, error) {
	if state.Kind != tree.Link {
		return state, nil
	}
	resolved, state, err := w.view.Resolve(place)
	switch {
	case err != nil:
		w.warnings = append(w.warnings, fmt.Sprintf("skipping manifest file %q: destination of symlink is missing", place))
		return nil, nil
	case !strings.HasPrefix(resolved, w.root+"/"):
		return nil, fmt.Errorf("invalid manifest file %q: illegal filepath in symlink at %q", place, strings.TrimPrefix(place, w.folder+"/"))
	case state.Kind == tree.Directory:
		w.warnings = append(w.warnings, fmt.Sprintf("skipping manifest file %q: ignoring symlink to non-regular file %q", place, resolved))
		return nil, nil
	default:
		return state, nil
	}
}
