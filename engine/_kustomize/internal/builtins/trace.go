package builtins

import "sigs.k8s.io/kustomize/api/types"

// Each gives a transformer for each replacement, which applied in order do what p does.
func (p *ReplacementTransformerPlugin) Each() []*ReplacementTransformerPlugin {
	each := make([]*ReplacementTransformerPlugin, len(p.replacements))
	for i := range p.replacements {
		each[i] = &ReplacementTransformerPlugin{ReplacementList: p.ReplacementList, replacements: p.replacements[i : i+1]}
	}
	return each
}

// Replacements are those that p applies.
func (p *ReplacementTransformerPlugin) Replacements() []types.Replacement { return p.replacements }
