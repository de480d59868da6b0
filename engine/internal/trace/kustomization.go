package trace

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
)

// kustomization as it was loaded.
type kustomization struct {
	id         int
	root, file string
	content    types.Kustomization
	parent     *kustomization
	// field and index are the parent's entry.
	field string
	index int

	transformers, generators []plugin
	// replaced is how many replacements were applied.
	replaced int
}

// plugin is what kustomize makes of an entry of a field.
type plugin struct {
	field string
	index int
	kind  string
}

// findEntry finds the entry of the parent that a kustomization is loaded for.
func (k *kustomization) findEntry() {
	if k.parent == nil {
		return
	}
	for field, entries := range map[string][]string{"resources": k.parent.content.Resources, "components": k.parent.content.Components} {
		for i, entry := range entries {
			if path.Join(k.parent.root, entry) == k.root {
				k.field, k.index = field, i
				return
			}
		}
	}
	k.field = "resources"
	if k.content.Kind == types.ComponentKind {
		k.field = "components"
	}
}

// entry gives the index of an entry; -1 when it is none.
func (k *kustomization) entry(field, entry string) int {
	if field == "resources" {
		return slices.Index(k.content.Resources, entry)
	}
	return -1
}

// transformersOf gives the transformers of a kustomization's fields in kustomize's order (api v0.21.2,
// internal/target/kusttarget_configplugin.go, configureBuiltinTransformers).
func transformersOf(k types.Kustomization) []plugin {
	var all []plugin
	list := func(field, kind string, length int) {
		for i := range length {
			all = append(all, plugin{field, i, kind})
		}
	}
	single := func(field, kind string, given bool) {
		if given {
			all = append(all, plugin{field, -1, kind})
		}
	}
	single("patchesStrategicMerge", "PatchStrategicMergeTransformerPlugin", len(k.PatchesStrategicMerge) > 0)
	list("patches", "PatchTransformerPlugin", len(k.Patches))
	single("namespace", "NamespaceTransformerPlugin", k.Namespace != "")
	single("namePrefix", "PrefixTransformerPlugin", k.NamePrefix != "")
	single("nameSuffix", "SuffixTransformerPlugin", k.NameSuffix != "")
	list("labels", "LabelTransformerPlugin", len(k.Labels))
	single("commonLabels", "LabelTransformerPlugin", len(k.Labels)+len(k.CommonLabels) > 0)
	single("commonAnnotations", "AnnotationsTransformerPlugin", len(k.CommonAnnotations) > 0)
	list("patchesJson6902", "PatchJson6902TransformerPlugin", len(k.PatchesJson6902))
	list("replicas", "ReplicaCountTransformerPlugin", len(k.Replicas))
	list("images", "ImageTagTransformerPlugin", len(k.Images))
	single("replacements", "ReplacementTransformerPlugin", len(k.Replacements) > 0)
	return all
}

// generatorsOf gives the generators of a kustomization's fields in kustomize's order (configureBuiltinGenerators).
func generatorsOf(k types.Kustomization) []plugin {
	var all []plugin
	for i := range k.ConfigMapGenerator {
		all = append(all, plugin{"configMapGenerator", i, ""})
	}
	for i := range k.SecretGenerator {
		all = append(all, plugin{"secretGenerator", i, ""})
	}
	for i := range k.HelmCharts {
		all = append(all, plugin{"helmCharts", i, ""})
	}
	return all
}

// transformer gives the field and the entry that the transformer at an index stands for.
func (k *kustomization) transformer(index int, made any) (string, int) {
	if index >= len(k.transformers) || !strings.HasSuffix(fmt.Sprintf("%T", made), "."+k.transformers[index].kind) {
		return "transformers", -1
	}
	return k.transformers[index].field, k.transformers[index].index
}

func (k *kustomization) generator(index int) (string, int) {
	if index >= len(k.generators) {
		return "generators", -1
	}
	return k.generators[index].field, k.generators[index].index
}
