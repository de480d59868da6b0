// kustomize's module as the engine is built with it: each step of a build can be watched (engine/_kustomize says by whom), and what
// takes time that grows with the square of the resources is looked for faster, and what lies elsewhere is asked of the host. Who does
// not watch gets what the pinned module gives.
import type { Edit, EditedModule } from './edited-module.ts';

const target = 'internal/target/kusttarget.go';
const factory = 'resource/factory.go';

const loader = 'internal/loader/fileloader.go';

const elsewhere: readonly Edit[] = [
  // What lies elsewhere is asked of the file system that a build is given (engine/internal/render/remote.go), instead of being fetched.
  {
    file: loader,
    from: /\terr := cloner\(repoSpec\)\n/g,
    to: `	var err error
	if copies, ok := fSys.(interface {
		Clone(address, url, revision string, submodules bool) (string, error)
	}); ok {
		var dir string
		dir, err = copies.Clone(repoSpec.Raw(), repoSpec.CloneSpec(), repoSpec.Ref, repoSpec.Submodules)
		repoSpec.Dir = filesys.ConfirmedDir(dir)
	} else {
		err = cloner(repoSpec)
	}
`,
  },
  {
    file: loader,
    from: /(func \(fl \*FileLoader\) httpClientGetContent\(path string\) \(\[\]byte, error\) {\n)/g,
    to: `$1	if copies, ok := fl.fSys.(interface{ Get(url string) ([]byte, error) }); ok {
		return copies.Get(path)
	}
`,
  },
];

const watching: readonly Edit[] = [
  { file: target, from: /\treturn kt\.makeCustomizedResMap\(\)\n/g, to: '\tkt.traceRoot()\n$&' },
  { file: target, from: /\tsubKt\.origin = kt\.origin\n/g, to: '$&\tkt.traceChild(subKt)\n' },
  { file: target, from: /\terr = ra\.AppendAll\(resources\)\n/g, to: '\tkt.traceLoaded(path, resources)\n$&' },
  { file: target, from: /err = ra\.AbsorbAll\(resMap\)\n/g, to: 'err = kt.traceAbsorb(ra, i, resMap)\n' },
  { file: target, from: /ra\.Transform\(newMultiTransformer\(r\)\)/g, to: 'ra.Transform(newMultiTransformer(kt.traced(r)))' },
  { file: target, from: /err = ra\.FixBackReferences\(\)\n/g, to: 'err = kt.traceReferences(ra)\n' },
  { file: target, from: /\terr = ra\.ResolveVars\(\)\n/g, to: '\tkt.traceFinished("nameReference", ra)\n$&' },
  { file: target, from: /\terr = kt\.IgnoreLocal\(ra\)\n/g, to: '\tkt.traceFinished("vars", ra)\n$&' },
  {
    file: factory,
    from: /\thasher ifc\.KustHasher\n\n/g,
    to: '$&\t// Trace is told of YAML that was made into nodes, if it is set.\n\tTrace func([]byte, []*yaml.RNode)\n\n',
  },
  {
    file: factory,
    from: /\tnodes, err := kio\.FromBytes\(b\)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n/g,
    to: '$&\tif rf.Trace != nil {\n\t\trf.Trace(b, nodes)\n\t}\n',
  },
  { file: factory, from: /\t\tnodes = append\(nodes, innerNodes\.\.\.\)\n/g, to: '\t\ttraceItems(n0, innerNodes)\n$&' },
];

const wrangler = 'resmap/reswrangler.go';
const references = 'internal/accumulator/namereferencetransformer.go';
const reference = 'filters/nameref/nameref.go';

// Which resource a reference follows is told (engine/_kustomize/filters/nameref/trace.go).
const following: readonly Edit[] = [
  { file: references, from: /\tbackRefs \[\]builtinconfig\.NameBackReferences\n}/g, to: '\treferences *nameref.References\n$&' },
  { file: references, from: /\t\t\tf\.ReferralCandidates = c\n/g, to: '$&\t\t\tf.References = t.references\n' },
  {
    file: reference,
    from: /\tReferralCandidates resmap\.ResMap\n/g,
    to: '$&\n\t// References is told of each reference that is set; nil for nobody.\n\tReferences *References\n',
  },
  { file: reference, from: /\t\t\/\/ Just take the first one\.\n/g, to: '\t\tf.References.choose(candidates)\n$&' },
  {
    file: reference,
    from: /return (node\.PipeE\(yaml\.FieldSetter{StringValue: referral\.GetName\(\)}\))/g,
    to: 'return f.followed(node, "", referral, $1)',
  },
  ...['name', 'namespace'].map((field) => ({
    file: reference,
    from: new RegExp(`(node\\.PipeE\\(yaml\\.FieldSetter{\\n\\t\\tName: +"${field}",\\n[^}]*}\\))`, 'g'),
    to: `f.followed(node, "${field}", referral, $1)`,
  })),
];

// Each comparison of ids is preceded by one of names, which is cheap and settles most (engine/_kustomize/resource/names.go).
const searching: readonly Edit[] = [
  { file: wrangler, from: /r := m\.GetMatchingResourcesByCurrentId\(id\.Equals\)/g, to: 'r := WithCurrentId(m, id)' },
  { file: wrangler, from: /if id\.Equals\(r\.CurId\(\)\)/g, to: 'if r.MayBeNamed(id.Name) && id.Equals(r.CurId())' },
  { file: wrangler, from: /matches := m\.(GetMatchingResourcesByAnyId\(id\.Equals\))/g, to: 'matches := m.whoseAnyIdMayBe(id).$1' },
  { file: wrangler, from: /demandOneMatch\(m\.(GetMatchingResourcesByAnyId, )/g, to: 'demandOneMatch(m.whoseAnyIdMayBe(id).$1' },
  {
    file: 'internal/builtins/NamespaceTransformer.go',
    from: /m\.GetMatchingResourcesByCurrentId\(r\.CurId\(\)\.Equals\)/g,
    to: 'resmap.WithCurrentId(m, r.CurId())',
  },
  {
    file: reference,
    from: /(func previousNameMatches\(name string\) sieveFunc {\n\treturn func\(r \*resource\.Resource\) bool {\n)/g,
    to: '$1\t\tif !r.MayHaveBeenNamed(name) {\n\t\t\treturn false\n\t\t}\n',
  },
  { file: references, from: /\tdebug\(fMap\)\n/g, to: '$&\treferable := newReferable(t.backRefs)\n' },
  {
    file: references,
    from: /if resHasField\(res, referrerSpec\.Path\) {/g,
    to: 'if len(fMap[res]) == 0 || mayHaveField(res.YNode(), referrerSpec) {', // the first one also checks the resource
  },
  {
    file: 'filters/fieldspec/fieldspec.go',
    from: /\t\toperation = yaml\.Lookup\(fieldName\)\n/g,
    to: '\t\tif lacks(obj, fieldName) {\n\t\t\treturn nil\n\t\t}\n$&',
  },
  { file: references, from: /m\.SubsetThatCouldBeReferencedByResource\(r\)/g, to: 'referable.by(r, m)' },
];

/** Transformers that have nothing but a long configuration. */
const configured = ['Annotations', 'ImageTag', 'Label', 'Namespace', 'ReplicaCount'].map(
  (name) => `internal/builtins/${name}Transformer.go`,
);

// What was parsed and printed for an earlier build is not parsed and printed again.
const remembering: readonly Edit[] = [
  ...configured.flatMap((file): Edit[] => [
    { file, from: /yaml\.Unmarshal\(c, p\)/g, to: 'unmarshal(c, p)' },
    { file, from: /\t"sigs\.k8s\.io\/yaml"\n/g, to: '' },
  ]),
  {
    file: 'internal/plugins/builtinconfig/transformerconfig.go',
    from: /\/\/ Merge merges two TransformerConfigs objects into\n\/\/ a new TransformerConfig object\nfunc \(t \*TransformerConfig\) Merge\(/g,
    to: 'func (t *TransformerConfig) merge(',
  },
  { file: 'internal/image/image.go', from: /regexp\.Compile\(/g, to: 'compile(' },
  { file: 'internal/image/image.go', from: /\t"regexp"\n/g, to: '' },
  { file: 'types/kustomization.go', from: /\t"sigs\.k8s\.io\/yaml"\n/g, to: '' },
  { file: 'types/kustomization.go', from: /j, err := yaml\.YAMLToJSON\(y\)/g, to: 'j, err := jsonOf(y)' },
  { file: target, from: /y, err = yaml\.Marshal\(c\)/g, to: 'y, err = configOf(c)' },
  { file: target, from: /\t"sigs\.k8s\.io\/yaml"\n/g, to: '' },
  { file: factory, from: /nodes, err := kio\.FromBytes\(b\)\n/g, to: 'nodes, err := nodesOf(b)\n' },
  {
    file: 'resource/resource.go',
    from: /\/\/ AsYAML returns the resource in Yaml form\.\n\/\/ Easier to read than JSON\.\nfunc \(r \*Resource\) AsYAML\(/g,
    to: 'func (r *Resource) asYAML(',
  },
];

/** kustomize's library. */
export const kustomizeModule: EditedModule = {
  name: 'kustomize',
  module: 'sigs.k8s.io/kustomize/api',
  files: /^(?!testutils\/|krusty\/localizer\/).*(?<!_test)\.go$|\.(json|yaml|pb)$/,
  added: 'engine/_kustomize',
  removed: [],
  edits: () => Promise.resolve([...elsewhere, ...watching, ...following, ...searching, ...remembering]),
  scripts: ['scripts/kustomize-module.ts'],
};
