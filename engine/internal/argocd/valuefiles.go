package argocd

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/argocd/v1alpha1"
	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// remoteSchemes are those that value files may have, unless helm.valuesFileSchemes says otherwise.
var remoteSchemes = []string{"https", "http"}

// valueFiles gives the absolute paths of the value files of a source (getResolvedValueFiles): relative to the chart, from `/` on
// to the repository, from `$name/` on to another source.
func (w *work) valueFiles(options *v1alpha1.ApplicationSourceHelm) ([]string, error) {
	var files []valueFile
	for _, written := range options.ValueFiles {
		file, err := w.resolve(written)
		if err != nil {
			return nil, fmt.Errorf("error resolving value file path: %w", err)
		}
		if file.isPattern() {
			files = append(files, file)
			continue
		}
		if _, _, err := w.view.Resolve(file.place); file.root != "" && options.IgnoreMissingValueFiles && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		files = append(files, file)
	}
	return w.expanded(files, options.IgnoreMissingValueFiles)
}

// fileParameters gives the values of --set-file, in order of their names.
func (w *work) fileParameters(options *v1alpha1.ApplicationSourceHelm) ([]string, error) {
	files := map[string]string{}
	for _, parameter := range options.FileParameters {
		file, err := w.resolve(parameter.Path)
		if err != nil {
			return nil, fmt.Errorf("error resolving helm value file path: %w", err)
		}
		files[parameter.Name] = file.place
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all = append(all, name+"="+withEscapedCommas(files[name]))
	}
	return all, nil
}

// resolve finds a file that a source names.
func (w *work) resolve(written string) (valueFile, error) {
	name, rest, _ := strings.Cut(written, "/")
	if index, ok := w.refs[name]; ok {
		return w.resolveIn(index, rest)
	}
	if strings.HasPrefix(name, "$") && w.app.Spec.hasMultipleSources() {
		return valueFile{}, w.unknownRef(name)
	}
	return w.resolveFrom(w.folder, w.root, w.environment.substitute(written))
}

// resolveIn resolves a file of another source.
func (w *work) resolveIn(index int, rest string) (valueFile, error) {
	if w.sources[index].Chart != "" {
		return valueFile{}, errors.New("source has a 'chart' field defined, but Helm charts are not yet not supported for 'ref' sources")
	}
	root, err := w.rendering.root(index)
	if err != nil {
		return valueFile{}, err
	}
	return w.resolveFrom(root, root, w.environment.substitute("/"+rest))
}

func (w *work) unknownRef(name string) error {
	if len(w.refs) == 0 {
		return fmt.Errorf("source referenced %q, but no source has a 'ref' field defined", name)
	}
	known := strings.Join(slices.Sorted(maps.Keys(w.refs)), ", ")
	return fmt.Errorf("source referenced %q, which is not one of the available sources (%s)", name, known)
}

// resolveFrom resolves what is written relative to a folder, or to root when it begins with `/` (util/io/path/resolved.go,
// ResolveValueFilePathOrUrl): nothing outside root.
func (w *work) resolveFrom(folder, root, written string) (valueFile, error) {
	if parsed, err := url.Parse(written); err == nil && parsed.Scheme != "" {
		if !slices.ContainsFunc(remoteSchemes, func(scheme string) bool { return strings.EqualFold(scheme, parsed.Scheme) }) {
			return valueFile{}, fmt.Errorf("the URL scheme '%s' is not allowed", parsed.Scheme)
		}
		place, err := w.view.Source(wire.Source{Kind: wire.SourceFile, URL: written})
		return valueFile{place: place}, err
	}
	if path.IsAbs(written) {
		folder = root
	}
	file, err := w.followed(path.Join(folder, written))
	switch {
	case err != nil:
		return valueFile{}, err
	case file == root:
		return valueFile{}, fmt.Errorf("file '%s' is the repository's root, which is not allowed", written)
	case !strings.HasPrefix(file, root+"/"):
		return valueFile{}, fmt.Errorf("file '%s' resolved to outside repository root", written)
	}
	return valueFile{place: file, root: root, written: written}, nil
}

// followed follows the links that a path ends in. Links on the way to it are left to whoever reads the file.
func (w *work) followed(file string) (string, error) {
	for range 10 {
		state, err := w.view.Lstat(file)
		if err != nil || state.Kind != tree.Link {
			return file, nil
		}
		if path.IsAbs(state.Target) {
			file = path.Clean(state.Target)
		} else {
			file = path.Join(path.Dir(file), state.Target)
		}
	}
	return "", fmt.Errorf("%s: maximum nesting level reached", file)
}
