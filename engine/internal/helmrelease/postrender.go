package helmrelease

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// Strategies of post-rendering: hooks together with the other manifests, apart from them, or not at all.
const (
	combined = "combined"
	separate = "separate"
	noHooks  = "nohooks"
)

// fileAnnotation tells, while manifests are post-rendered, which file each comes from.
const fileAnnotation = "postrenderer.helm.sh/postrender-filename"

// generatedFile begins the names of files of objects that come from none.
const generatedFile = "generated-by-postrender-"

// postRender passes the files that templates gave through run, as Helm v4.2.4 does (renderResources, annotateAndMerge and
// splitAndDeannotate in pkg/action/action.go, which needs a client for a cluster to compile).
func postRender(files map[string]string, strategy string, run func(manifests string) (string, error)) (map[string]string, error) {
	switch strategy {
	case combined, "":
		return postRenderFiles(files, run, inPart{what: "manifests", on: "files"})
	case separate, noHooks:
		return postRenderParts(files, strategy, run)
	default:
		return nil, fmt.Errorf("unknown post-render strategy: '%s'", strategy)
	}
}

// inPart says which part of the manifests is post-rendered: for errors, and for the names of files that have none.
type inPart struct{ what, on, prefix string }

func postRenderParts(files map[string]string, strategy string, run func(string) (string, error)) (map[string]string, error) {
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, err
	}
	hookFiles, manifestFiles := map[string]string{}, map[string]string{}
	for _, hook := range hooks {
		add(hookFiles, hook.Path, hook.Manifest)
	}
	for _, manifest := range manifests {
		add(manifestFiles, manifest.Name, manifest.Content)
	}
	if strategy == separate && len(hookFiles) > 0 {
		if hookFiles, err = postRenderFiles(hookFiles, run, inPart{"hooks", "hooks", "hooks-"}); err != nil {
			return nil, err
		}
	}
	if len(manifestFiles) > 0 {
		if manifestFiles, err = postRenderFiles(manifestFiles, run, inPart{"manifests", "manifests", "manifests-"}); err != nil {
			return nil, err
		}
	}
	for name, content := range manifestFiles {
		add(hookFiles, name, content)
	}
	return hookFiles, nil
}

// add puts a manifest behind those that the file has.
func add(files map[string]string, name, content string) {
	if existing, ok := files[name]; ok {
		content = existing + "\n---\n" + content
	}
	files[name] = content
}

func postRenderFiles(files map[string]string, run func(string) (string, error), part inPart) (map[string]string, error) {
	merged, err := annotateAndMerge(files)
	if err != nil {
		return nil, fmt.Errorf("error merging %s: %w", part.what, err)
	}
	rendered, err := run(merged)
	if err != nil {
		return nil, fmt.Errorf("error while running post render on %s: %w", part.on, err)
	}
	split, err := splitByFile(rendered, part.prefix)
	if err != nil {
		return nil, fmt.Errorf("error while parsing post rendered output: %w", err)
	}
	return split, nil
}

// annotateAndMerge makes one stream of the files, each object annotated with the name of its file.
func annotateAndMerge(files map[string]string) (string, error) {
	var all []*yaml.RNode
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		documents := releaseutil.SplitManifests(files[name])
		keys := slices.Collect(maps.Keys(documents))
		sort.Sort(releaseutil.BySplitManifestsOrder(keys))
		for _, key := range keys {
			if strings.TrimSpace(documents[key]) == "" {
				continue
			}
			nodes, err := kio.ParseAll(documents[key])
			if err != nil {
				return "", fmt.Errorf("parsing %s: %w", name, err)
			}
			for _, node := range nodes {
				if err := node.PipeE(yaml.SetAnnotation(fileAnnotation, name)); err != nil {
					return "", fmt.Errorf("annotating %s: %w", name, err)
				}
				all = append(all, node)
			}
		}
	}
	text, err := kio.StringAll(all)
	if err != nil {
		return "", fmt.Errorf("writing merged docs: %w", err)
	}
	return text, nil
}

// splitByFile puts the objects of a stream back into their files. prefix tells files apart that Helm names itself.
func splitByFile(stream, prefix string) (map[string]string, error) {
	nodes, err := kio.ParseAll(stream)
	if err != nil {
		return nil, fmt.Errorf("error parsing YAML: %w", err)
	}
	byFile := map[string][]*yaml.RNode{}
	for i, node := range nodes {
		meta, err := node.GetMeta()
		if err != nil {
			return nil, fmt.Errorf("getting metadata: %w", err)
		}
		name := meta.Annotations[fileAnnotation]
		if name == "" {
			name = fmt.Sprintf("%s%s%d.yaml", generatedFile, prefix, i)
		}
		if err := node.PipeE(yaml.ClearAnnotation(fileAnnotation)); err != nil {
			return nil, fmt.Errorf("clearing filename annotation: %w", err)
		}
		byFile[name] = append(byFile[name], node)
	}
	files := make(map[string]string, len(byFile))
	for name, nodes := range byFile {
		if files[name], err = kio.StringAll(nodes); err != nil {
			return nil, fmt.Errorf("re-writing %s: %w", name, err)
		}
	}
	return files, nil
}
