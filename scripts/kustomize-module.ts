// kustomize's module as the engine is built with it: each step of a build can be watched (engine/_kustomize says by whom), and what
// lies elsewhere is asked of the host. Who does not watch gets what the pinned module does.
import type { Edit, EditedModule } from './edited-module.ts';

const target = 'internal/target/kusttarget.go';
const factory = 'resource/factory.go';

const loader = 'internal/loader/fileloader.go';

const edits: readonly Edit[] = [
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
  { file: target, from: /\treturn kt\.makeCustomizedResMap\(\)\n/g, to: '\tkt.traceRoot()\n$&' },
  { file: target, from: /\tsubKt\.origin = kt\.origin\n/g, to: '$&\tkt.traceChild(subKt)\n' },
  { file: target, from: /\terr = ra\.AppendAll\(resources\)\n/g, to: '\tkt.traceLoaded(path, resources)\n$&' },
  { file: target, from: /err = ra\.AbsorbAll\(resMap\)\n/g, to: 'err = kt.traceAbsorb(ra, i, resMap)\n' },
  { file: target, from: /ra\.Transform\(newMultiTransformer\(r\)\)/g, to: 'ra.Transform(newMultiTransformer(kt.traced(r)))' },
  { file: target, from: /\terr = ra\.FixBackReferences\(\)\n/g, to: '\tkt.traceFinished("hash", ra)\n$&' },
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

/** kustomize's library. */
export const kustomizeModule: EditedModule = {
  name: 'kustomize',
  module: 'sigs.k8s.io/kustomize/api',
  files: /^(?!testutils\/|krusty\/localizer\/).*(?<!_test)\.go$|\.(json|yaml|pb)$/,
  added: 'engine/_kustomize',
  removed: [],
  edits: () => Promise.resolve(edits),
  scripts: ['scripts/kustomize-module.ts'],
};
