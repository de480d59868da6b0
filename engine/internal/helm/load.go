package helm

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"drydock/engine/internal/tree"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/ignore"
	"sigs.k8s.io/yaml"
)

// Load loads a chart's folder or package as Helm's loaders do (pkg/chart/loader, pkg/chart/v2/loader), which find the
// files on disk: here the view finds them.
func Load(view *tree.View, place string) (*chart.Chart, error) { return load(view, place, nil) }

// sources are the paths of a chart's files, by the first byte of their content: the loader keeps contents, not where they are from.
// A file of a package has the package's path, "!/", and its path in it. nil ones note nothing.
type sources map[*byte]string

func (s sources) note(file string, content []byte) {
	if s != nil && len(content) > 0 {
		s[&content[0]] = file
	}
}

func (s sources) of(content []byte) string {
	if len(content) == 0 {
		return ""
	}
	return s[&content[0]]
}

// packaged notes where the files of packages are that lie in the charts/ of a chart: the loader unpacks them by itself.
func (s sources) packaged(in *chart.Chart) {
	if s == nil {
		return
	}
	for _, file := range in.Raw {
		if folder, name := path.Split(file.Name); folder != "charts/" || path.Ext(name) != ".tgz" {
			continue
		}
		entries, err := archive.LoadArchiveFiles(bytes.NewReader(file.Data))
		if err != nil {
			continue // the loader would have said so
		}
		for _, child := range in.Dependencies() {
			own := metadataOf(child)
			isIts := func(entry *archive.BufferedFile) bool {
				return entry.Name == "Chart.yaml" && bytes.Equal(entry.Data, own)
			}
			if s.of(own) != "" || !slices.ContainsFunc(entries, isIts) {
				continue
			}
			for _, inside := range child.Raw {
				s.note(s.of(file.Data)+"!/"+inside.Name, inside.Data)
			}
			break
		}
	}
	for _, child := range in.Dependencies() {
		s.packaged(child)
	}
}

// metadataOf gives the content of a chart's Chart.yaml.
func metadataOf(of *chart.Chart) []byte {
	for _, file := range of.Raw {
		if file.Name == "Chart.yaml" {
			return file.Data
		}
	}
	return nil
}

func load(view *tree.View, place string, from sources) (*chart.Chart, error) {
	_, state, err := view.Resolve(place)
	if err != nil {
		return nil, err
	}
	files := loadPackage
	if state.Kind == tree.Directory {
		files = loadFolder
	}
	loaded, err := files(view, place, from)
	if err == nil {
		from.packaged(loaded)
	}
	return loaded, err
}

func loadFolder(view *tree.View, folder string, from sources) (*chart.Chart, error) {
	metadata := path.Join(folder, "Chart.yaml")
	content, err := view.ReadFile(metadata)
	if err != nil {
		return nil, fmt.Errorf("unable to detect chart at %s: %w", metadata, err)
	}
	if err := checkVersion(content); err != nil {
		return nil, err
	}
	files, err := filesIn(view, folder)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if at := path.Join(folder, file.Name); !view.IsMade(at) {
			from.note(view.Home(at), file.Data)
		}
	}
	return loader.LoadFiles(files)
}

// filesIn gives the files of a chart that .helmignore lets through, by their paths in it.
func filesIn(view *tree.View, folder string) ([]*archive.BufferedFile, error) {
	rules, err := ignoreRules(view, path.Join(folder, ignore.HelmIgnore))
	if err != nil {
		return nil, err
	}
	var files []*archive.BufferedFile
	err = walk(view, folder, func(name string, entry fs.FileInfo) error {
		inChart := strings.TrimPrefix(strings.TrimPrefix(name, folder), "/")
		switch {
		case inChart == "":
			return nil
		case rules.Ignore(inChart, entry) && entry.IsDir():
			return fs.SkipDir
		case rules.Ignore(inChart, entry) || entry.IsDir():
			return nil
		case entry.Size() > archive.MaxDecompressedFileSize:
			return fmt.Errorf("chart file %q is larger than the maximum file size %d", entry.Name(), archive.MaxDecompressedFileSize)
		}
		content, err := view.ReadFile(name)
		if err != nil {
			return fmt.Errorf("error reading %s: %w", inChart, err)
		}
		files = append(files, &archive.BufferedFile{Name: inChart, Data: withoutMark(content)})
		return nil
	})
	return files, err
}

func ignoreRules(view *tree.View, file string) (*ignore.Rules, error) {
	rules := ignore.Empty()
	if _, _, err := view.Resolve(file); err == nil {
		content, err := view.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if rules, err = ignore.Parse(bytes.NewReader(content)); err != nil {
			return nil, err
		}
	}
	rules.AddDefaults()
	return rules, nil
}

// withoutMark takes the byte order mark off, in memory of its own: charts keep their files, and a template function may give
// them out.
func withoutMark(content []byte) []byte {
	return bytes.Clone(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")))
}

func loadPackage(view *tree.View, file string, from sources) (*chart.Chart, error) {
	content, err := view.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := checkCompressed(file, content); err != nil {
		return nil, err
	}
	files, err := archive.LoadArchiveFiles(bytes.NewReader(content))
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return nil, fmt.Errorf("file '%s' does not appear to be a valid chart file (details: %w)", file, err)
	case err != nil:
		return nil, errors.New("unable to load chart archive")
	}
	for _, entry := range files {
		from.note(file+"!/"+entry.Name, entry.Data)
	}
	for _, entry := range files {
		if entry.Name != "Chart.yaml" {
			continue
		}
		if err := checkVersion(entry.Data); err != nil {
			return nil, err
		}
		return loader.LoadFiles(files)
	}
	return nil, errors.New("unable to detect chart version, no Chart.yaml found")
}

// checkCompressed recognises what is no package, as Helm does before it unpacks.
func checkCompressed(file string, content []byte) error {
	start := make([]byte, 512) // Helm looks at as many bytes, zeros where the file has none
	copy(start, content)
	found := http.DetectContentType(start)
	switch {
	case found == "application/x-gzip" || bytes.HasPrefix(content, []byte("\x1f\x8b\x08")):
		return nil
	case strings.HasSuffix(file, ".yml") || strings.HasSuffix(file, ".yaml"):
		return fmt.Errorf("file '%s' seems to be a YAML file, but expected a gzipped archive", file)
	default:
		return fmt.Errorf("file '%s' does not appear to be a gzipped archive; got '%s'", file, found)
	}
}

// checkVersion refuses charts of versions that Helm's command line does not render.
func checkVersion(metadata []byte) error {
	var parsed struct {
		APIVersion string `json:"apiVersion,omitempty"`
	}
	if err := yaml.Unmarshal(metadata, &parsed); err != nil {
		return fmt.Errorf("cannot load Chart.yaml: %w", err)
	}
	switch parsed.APIVersion {
	case chart.APIVersionV1, chart.APIVersionV2, "":
		return nil
	case "v3": // Helm loads it, and then says this
		return errors.New("invalid chart apiVersion")
	default:
		return errors.New("unsupported chart version")
	}
}
