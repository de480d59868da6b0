package target

import (
	"sigs.k8s.io/kustomize/api/filters/nameref"
	"sigs.k8s.io/kustomize/api/internal/accumulator"
	"sigs.k8s.io/kustomize/api/internal/builtins"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// tracer is told of each step of a build. A build has one when its file system says so; engine/internal/trace has the only one.
type tracer interface {
	// Entered: a kustomization was loaded because of its parent's (nil for the one that is built). Both are only compared.
	Entered(parent, kustomization any, root, file string, content types.Kustomization)
	// Parsed: YAML was made into nodes.
	Parsed(content []byte, nodes []*yaml.RNode)
	// Loaded: a file of resources was read.
	Loaded(kustomization any, entry string, resources []*resource.Resource)
	// Absorb lets what the generator at an index made be added to what there is.
	Absorb(kustomization any, index int, generated []*resource.Resource, present func() []*resource.Resource, absorb func() error) error
	// Transform lets the transformer at an index do its work.
	Transform(kustomization any, index int, plugin any, resources resmap.ResMap, transform func() error) error
	// Follow: a reference was set to a field of resources' metadata, which is the same in each.
	Follow(reference *yaml.Node, field string, from []*resource.Resource)
	// Finished: one of the steps that follow all kustomizations is done.
	Finished(step string, resources []*resource.Resource)
}

func (kt *KustTarget) tracer() tracer {
	loader, ok := kt.ldr.(interface{ FileSystem() filesys.FileSystem })
	if !ok {
		return nil
	}
	traced, ok := loader.FileSystem().(interface{ Tracer() any })
	if !ok {
		return nil
	}
	tracer, _ := traced.Tracer().(tracer)
	return tracer
}

func (kt *KustTarget) traceRoot() {
	if tracer := kt.tracer(); tracer != nil {
		kt.rFactory.RF().Trace = tracer.Parsed
		tracer.Entered(nil, kt, kt.ldr.Root(), kt.kustFileName, kt.Kustomization())
	}
}

func (kt *KustTarget) traceChild(child *KustTarget) {
	if tracer := kt.tracer(); tracer != nil {
		tracer.Entered(kt, child, child.ldr.Root(), child.kustFileName, child.Kustomization())
	}
}

func (kt *KustTarget) traceLoaded(entry string, resources resmap.ResMap) {
	if tracer := kt.tracer(); tracer != nil {
		tracer.Loaded(kt, entry, resources.Resources())
	}
}

func (kt *KustTarget) traceAbsorb(ra *accumulator.ResAccumulator, index int, generated resmap.ResMap) error {
	absorb := func() error { return ra.AbsorbAll(generated) }
	tracer := kt.tracer()
	if tracer == nil || generated == nil {
		return absorb()
	}
	present := func() []*resource.Resource { return ra.ResMap().Resources() }
	return tracer.Absorb(kt, index, generated.Resources(), present, absorb)
}

func (kt *KustTarget) traceReferences(ra *accumulator.ResAccumulator) error {
	tracer := kt.tracer()
	if tracer == nil {
		return ra.FixBackReferences()
	}
	tracer.Finished("hash", ra.ResMap().Resources())
	return ra.FixBackReferencesTelling(&nameref.References{Follow: tracer.Follow})
}

func (kt *KustTarget) traceFinished(step string, ra *accumulator.ResAccumulator) {
	if tracer := kt.tracer(); tracer != nil {
		tracer.Finished(step, ra.ResMap().Resources())
	}
}

// traced gives transformers that do the same and tell of it. One that applies many replacements becomes many.
func (kt *KustTarget) traced(transformers []*resmap.TransformerWithProperties) []*resmap.TransformerWithProperties {
	tracer := kt.tracer()
	if tracer == nil {
		return transformers
	}
	var traced []*resmap.TransformerWithProperties
	for i, t := range transformers {
		parts := []resmap.Transformer{t.Transformer}
		if all, ok := t.Transformer.(*builtins.ReplacementTransformerPlugin); ok && len(all.Replacements()) > 1 {
			parts = nil
			for _, one := range all.Each() {
				parts = append(parts, one)
			}
		}
		for number, part := range parts {
			step := tracedTransformer{tracer, kt, i, part}
			properties := &resmap.TransformerWithProperties{Transformer: step}
			if number == len(parts)-1 {
				properties.Origin = t.Origin
			}
			traced = append(traced, properties)
		}
	}
	return traced
}

type tracedTransformer struct {
	tracer tracer
	kt     *KustTarget
	index  int
	plugin resmap.Transformer
}

func (t tracedTransformer) Transform(m resmap.ResMap) error {
	return t.tracer.Transform(t.kt, t.index, t.plugin, m, func() error { return t.plugin.Transform(m) })
}
