package artifact

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"drydock/engine/internal/treetest"
	"drydock/engine/internal/wire"

	"sigs.k8s.io/yaml"
)

var repository = treetest.Files{
	"/git/README.md":            "top",
	"/git/app/README.md":        "of the app",
	"/git/app/a.yaml":           "a: 1\nnested: {kept: true, list: [1, 2]}\n",
	"/git/app/logo.png":         "no manifest",
	"/git/app/sub/b.yaml":       "b: 1\n",
	"/git/app/sub/deep/c.yaml":  "c: 1\n",
	"/git/ignored/x.yaml":       "",
	"/git/.sourceignore":        "/ignored/\n",
	"/other/app/a.yaml":         "a: 2\nnested: {list: [3]}\n---\nmore: true\n",
	"/other/packed/chart.TGZ":   packed(map[string]string{"chart/Chart.yaml": "name: chart\n"}),
	"/other/packed/in/two.tgz":  packed(map[string]string{"two.yaml": "two: 2\n"}),
	"/other/packed/plain.yaml":  "plain: true\n",
	"/other/broken/out.tar.gz":  packed(map[string]string{"../out.yaml": ""}),
	"/other/broken/none.tar.gz": "no archive",
}

func packed(files map[string]string) string {
	var made bytes.Buffer
	zipped := gzip.NewWriter(&made)
	entries := tar.NewWriter(zipped)
	for name, content := range files {
		_ = entries.WriteHeader(&tar.Header{Name: name, Size: int64(len(content)), Mode: 0o644, Typeflag: tar.TypeReg})
		_, _ = entries.Write([]byte(content))
	}
	_, _ = entries.Close(), zipped.Close()
	return made.String()
}

func artifactOf(ops string) wire.ExternalArtifact {
	return wire.ExternalArtifact{
		Namespace: "flux-system", Name: "made",
		Generator: "metadata: {name: generator}\nspec: {artifacts: [{name: other, copy: [{from: '@no/where', to: '@artifact/'}]}, {name: made, copy: [" + ops + "]}]}",
		Sources: map[string]wire.FluxSource{
			"git":   {Root: "/git"},
			"other": {Root: "/other", Ignore: "!*.tar.gz"},
		},
	}
}

// The words after -> are files of the artifact, or an error's; what each case shows is what source-watcher's own tests and code do.
func TestArtifactsAreAssembledAsSourceWatcherDoes(t *testing.T) {
	for _, each := range []struct{ ops, want string }{
		{`{from: "@git/app/a.yaml", to: "@artifact/"}`, "a.yaml"},
		{`{from: "@git/app/a.yaml", to: "@artifact/x/"}`, "x/a.yaml"},
		{`{from: "@git/app/a.yaml", to: "@artifact/x"}`, "x"},
		{`{from: "@git/app/a.yaml", to: "@artifact/sub/b.yaml"}`, "sub/b.yaml"},
		{`{from: "@git/app/sub/", to: "@artifact/"}, {from: "@git/app/a.yaml", to: "@artifact/sub"}`, "sub/a.yaml sub/b.yaml sub/deep/c.yaml"},
		{`{from: "@git/app/sub", to: "@artifact/x"}`, "x/sub/b.yaml x/sub/deep/c.yaml"},
		{`{from: "@git/app/sub/", to: "@artifact/x/"}`, "x/sub/b.yaml x/sub/deep/c.yaml"},
		{`{from: "@git/", to: "@artifact/"}`, ".sourceignore README.md app/README.md app/a.yaml app/sub/b.yaml app/sub/deep/c.yaml"},
		{`{from: "@git/app/**", to: "@artifact/"}`, "README.md a.yaml sub/b.yaml sub/deep/c.yaml"},
		{`{from: "@git/app/**", to: "@artifact/x"}`, "x/README.md x/a.yaml x/sub/b.yaml x/sub/deep/c.yaml"},
		{`{from: "@git/app/*", to: "@artifact/"}`, "app/README.md app/a.yaml app/sub/b.yaml app/sub/deep/c.yaml"},
		{`{from: "@git/**", to: "@artifact/", exclude: ["*.md", ".*"]}`, "app/a.yaml app/sub/b.yaml app/sub/deep/c.yaml"},
		{`{from: "@git/app/**", to: "@artifact/", exclude: ["sub"]}`, "README.md a.yaml"},
		{`{from: "@git/app/**", to: "@artifact/", exclude: ["sub/deep/**", "app/*.md"]}`, "a.yaml sub/b.yaml"},
		{`{from: "@git/app", to: "@artifact/", exclude: ["**/*.md", "**/deep"]}`, "app/a.yaml app/sub/b.yaml"},
		{`{from: "@git/app/**/c.yaml", to: "@artifact/"}`, "no files match pattern 'app/**/c.yaml' in source 'git'"},
		{`{from: "@git/app/*/*.yaml", to: "@artifact/"}`, "app/sub/b.yaml"},
		{`{from: "@git/app/[ab].yaml", to: "@artifact/"}`, "app/a.yaml"},
		{`{from: "@git/app/a.yaml", to: "@artifact/", exclude: ["a.*"]}, {from: "@git/README.md", to: "@artifact/"}`, "README.md"},
		{`{from: "@git/app/*.yaml", to: "@artifact/", exclude: ["*.yaml"]}`, "all files matching pattern 'app/*.yaml' in source 'git' were excluded"},
		{`{from: "@git/none.yaml", to: "@artifact/"}`, "source 'none.yaml' does not exist"},
		{`{from: "@git/ignored/x.yaml", to: "@artifact/"}`, "source 'ignored/x.yaml' does not exist"},
		{`{from: "@git/../other/app/a.yaml", to: "@artifact/"}`, "failed to stat source '../other/app/a.yaml': statat ../other/app/a.yaml: path escapes from parent"},
		{`{from: "@git/../*/app/a.yaml", to: "@artifact/"}`, "no files match pattern '../*/app/a.yaml' in source 'git'"},
		{`{from: "@none/x", to: "@artifact/"}`, "source alias 'none' not found"},
		{`{from: "git/x", to: "@artifact/"}`, "invalid copy source 'git/x': source must start with '@'"},
		{`{from: "@git", to: "@artifact/"}`, "invalid copy source '@git': source format must be '@alias/pattern'"},
		{`{from: "@git/x", to: "x"}`, "invalid copy destination 'x': destination must start with '@artifact/'"},
		{`{from: "@git/x", to: "@artifact/../x"}`, "destination path must stay within the artifact root"},
		{`{from: "@git/x", to: "@artifact/x/../y"}`, "destination path must not contain '..'"},
		{`{from: "@git/app/*", to: "@artifact/", exclude: ["["]}`, "invalid exclude pattern '['"},
		{`{from: "@git/app/[", to: "@artifact/"}`, "invalid glob pattern 'app/[': syntax error in pattern"},
		{`{from: "@git/app/sub", to: "@artifact/"}, {from: "@git/README.md", to: "@artifact/sub/b.yaml/x"}`, "failed to create destination directory: mkdirat sub/b.yaml: not a directory"},
		{`{from: "@other/packed/**", to: "@artifact/", strategy: Extract}`, "chart/Chart.yaml two.yaml"},
		{`{from: "@other/packed/in/two.tgz", to: "@artifact/x", strategy: Extract}`, "x/two.yaml"},
		{`{from: "@other/packed/plain.yaml", to: "@artifact/", strategy: Extract}`, "extract strategy requires tarball file (.tar.gz or .tgz), got 'packed/plain.yaml'"},
		{`{from: "@other/packed", to: "@artifact/", strategy: Extract}`, "extract strategy is not supported for directories, got 'packed'"},
		{`{from: "@other/broken/out.tar.gz", to: "@artifact/", strategy: Extract}`, `tar contained invalid name error "../out.yaml"`},
		{`{from: "@other/broken/none.tar.gz", to: "@artifact/", strategy: Extract}`, "requires gzip-compressed body: gzip: invalid header"},
	} {
		t.Run(each.ops, func(t *testing.T) {
			if got := assembled(t, artifactOf(each.ops)); got != each.want && !strings.HasSuffix(got, ": "+each.want) {
				t.Errorf("got  %s\nwant %s", got, each.want)
			}
		})
	}
}

// assembled gives the files of an artifact, or the error.
func assembled(t *testing.T, artifact wire.ExternalArtifact) string {
	view := repository.Store().NewView()
	defer view.Close()
	root, err := Open(view, wire.FluxSource{Artifact: &artifact})
	if err != nil {
		return err.Error()
	}
	return strings.Join(filesBelow(t, sourceTree{view, root}, "."), " ")
}

func filesBelow(t *testing.T, tree sourceTree, folder string) []string {
	entries, err := tree.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, entry := range entries {
		name := strings.TrimPrefix(folder+"/"+entry.Name(), "./")
		if entry.IsDir() {
			files = append(files, filesBelow(t, tree, name)...)
		} else {
			files = append(files, name)
		}
	}
	return files
}

func TestLaterCopiesOverwriteOrMerge(t *testing.T) {
	const first, merged = `{from: "@git/app/**", to: "@artifact/"}`, `{"a":2,"more":true,"nested":{"kept":true,"list":[3]}}`
	for strategy, want := range map[string]string{"Overwrite": repository["/other/app/a.yaml"], "Merge": merged} {
		view := repository.Store().NewView()
		defer view.Close()
		artifact := artifactOf(first + fmt.Sprintf(`, {from: "@other/app/**", to: "@artifact/", strategy: %s}`, strategy))
		root, err := Open(view, wire.FluxSource{Artifact: &artifact})
		if err != nil {
			t.Fatal(err)
		}
		content, err := view.ReadFile(root + "/a.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if strategy == "Merge" {
			content, _ = yaml.YAMLToJSON(content)
		}
		if string(content) != want {
			t.Errorf("%s gives %s", strategy, content)
		}
		if got := view.IsMade(root + "/a.yaml"); got != (strategy == "Merge") {
			t.Errorf("%s: made of several: %v", strategy, got)
		}
	}
	bad := artifactOf(`{from: "@git/app/a.yaml", to: "@artifact/x"}, {from: "@git/README.md", to: "@artifact/x", strategy: Merge}`)
	if got := assembled(t, bad); !strings.Contains(got, "from '@git/README.md' to '@artifact/x': cannot unmarshal YAML document: ") {
		t.Errorf("got %s", got)
	}
}

func TestCopiesHaveTheirHomesAndWhatWasReadDecides(t *testing.T) {
	view := repository.Store().NewView()
	defer view.Close()
	inner := artifactOf(`{from: "@git/app/**", to: "@artifact/inner/"}`)
	outer := artifactOf(`{from: "@inner/inner/sub/**", to: "@artifact/sub/"}, {from: "@inner/inner/a.yaml", to: "@artifact/other.yaml"}, {from: "@other/packed/in/two.tgz", to: "@artifact/x", strategy: Extract}`)
	inner.Name = "inner"
	inner.Generator = strings.ReplaceAll(inner.Generator, "name: made", "name: inner")
	outer.Sources = maps.Clone(outer.Sources)
	outer.Sources["inner"] = wire.FluxSource{Artifact: &inner}
	root, err := Open(view, wire.FluxSource{Artifact: &outer})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"sub/b.yaml":       "/git/app/sub/b.yaml",
		"sub/missing.yaml": "/git/app/sub/missing.yaml",
		"other.yaml":       "/git/app/a.yaml",
		"x/two.yaml":       "/other/packed/in/two.tgz!/two.yaml",
		"x":                "ExternalArtifact flux-system/made/x",
	} {
		if got := view.Home(root + "/" + name); got != want {
			t.Errorf("%s is at home in %s, not in %s", name, got, want)
		}
	}
	for _, read := range []string{"/git/app/sub/b.yaml", "/git/app/a.yaml", "/git/app", "/git/.sourceignore", "/other/packed/in/two.tgz"} {
		if !slices.Contains(view.Reads(), read) {
			t.Errorf("%s was not read: %v", read, view.Reads())
		}
	}
}
