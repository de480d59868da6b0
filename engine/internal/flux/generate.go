package flux

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"drydock/engine/internal/securefs"
	"drydock/engine/internal/tree"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// generated is the kustomization file that is built for a Flux Kustomization.
type generated struct {
	file    string
	content []byte
	// created tells that the folder has none of its own.
	created bool
	// own is what the folder has; nil for nothing. patches and components are how many of these are its own.
	own                 []byte
	patches, components int
	// added are the indices of the components in spec.components that were added.
	added []int
	// images are those of the file.
	images []types.Image
}

// generate gives a folder's kustomization with the fields of a Flux Kustomization added; a folder without one gets one that has all
// its manifests. It is Generator.GenerateManifest of github.com/fluxcd/pkg/kustomize v1.35.6, in its words.
func generate(view *tree.View, root, folder string, spec KustomizationSpec) (generated, error) {
	made, base, err := existingOrNew(view, root, folder)
	if err != nil {
		return made, err
	}
	if !made.created && len(base.Resources) == 0 {
		// kustomize refuses a kustomization without any field, and this is one that changes little.
		base.BuildMetadata = []string{types.OriginAnnotations}
	}
	setGiven(&base.Namespace, spec.TargetNamespace)
	setGiven(&base.NamePrefix, spec.NamePrefix)
	setGiven(&base.NameSuffix, spec.NameSuffix)
	made.patches, made.components = len(base.Patches), len(base.Components)
	for _, given := range spec.Patches {
		base.Patches = append(base.Patches, given.ForKustomize())
	}
	for i, component := range spec.Components {
		if !isLocal(component) {
			return made, fmt.Errorf("component path '%s' must be local and relative", component)
		}
		if !spec.IgnoreMissingComponents || securefs.Exists(view, root, path.Join(folder, component)) {
			base.Components = append(base.Components, component)
			made.added = append(made.added, i)
		}
	}
	for _, image := range spec.Images {
		base.Images = withImage(base.Images, image)
	}
	if len(spec.BuildMetadata) > 0 {
		base.BuildMetadata = spec.BuildMetadata
	}
	made.images = base.Images
	made.content, err = yaml.Marshal(base)
	return made, err
}

// existingOrNew gives a folder's kustomization, or a new one of its manifests.
func existingOrNew(view *tree.View, root, folder string) (generated, types.Kustomization, error) {
	own := types.Kustomization{TypeMeta: types.TypeMeta{APIVersion: types.KustomizationVersion, Kind: types.KustomizationKind}}
	if file := kustomizationFile(view, root, folder); file != "" {
		content, err := securefs.ReadFile(view, root, file)
		if err == nil {
			err = yaml.Unmarshal(content, &own)
		}
		return generated{file: file, own: content}, own, err
	}
	made := generated{file: path.Join(folder, konfig.DefaultKustomizationFileName()), created: true}
	if err := checkWritable(view, folder, made.file); err != nil {
		return made, own, err
	}
	manifests, err := scan(view, root, folder)
	for _, manifest := range manifests {
		own.Resources = append(own.Resources, "."+strings.TrimPrefix(manifest, strings.TrimSuffix(folder, "/")))
	}
	if len(manifests) == 0 {
		own.Namespace = "_placeholder" // kustomize refuses a kustomization without any field
	}
	return made, own, err
}

// checkWritable gives why the controller can't write the kustomization that it generates, in its words, which also tell how it
// fails to remove it again.
func checkWritable(view *tree.View, folder, file string) error {
	if _, state, err := view.Resolve(folder); err == nil && state.Kind != tree.Directory {
		return fmt.Errorf("open %s: not a directory remove %s: not a directory", file, file)
	}
	if state, err := view.Lstat(file); err == nil && state.Kind == tree.Directory {
		return fmt.Errorf("open %s: is a directory remove %s: directory not empty", file, file)
	}
	return nil
}

func setGiven(field *string, given string) {
	if given != "" {
		*field = given
	}
}

// withImage adds an image to those of a kustomization, or changes the one of its name. A tag and a digest are one choice: what
// gives either takes the place of both.
func withImage(images []types.Image, given types.Image) []types.Image {
	at := slices.IndexFunc(images, func(image types.Image) bool { return image.Name == given.Name })
	if at < 0 {
		return append(images, types.Image{Name: given.Name, NewName: given.NewName, NewTag: given.NewTag, Digest: given.Digest})
	}
	setGiven(&images[at].NewName, given.NewName)
	if given.NewTag != "" || given.Digest != "" {
		images[at].NewTag, images[at].Digest = given.NewTag, given.Digest
	}
	return images
}

// remotePrefixes are what kustomize takes for a Git repository.
var remotePrefixes = []string{"git::", "gh:", "ssh://", "https://", "http://", "git@", "github.com:", "github.com/"}

// isLocal tells whether a path names something beside the kustomization.
func isLocal(name string) bool {
	lower := strings.ToLower(name)
	for _, prefix := range remotePrefixes {
		if len(prefix) < len(name) && strings.HasPrefix(lower, prefix) {
			return false
		}
	}
	return !filepath.IsAbs(name) && !filepath.IsAbs(strings.TrimPrefix(lower, "file://"))
}
