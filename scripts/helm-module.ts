// Helm's module as the engine is built with it: without client-go, which Helm's template engine imports only to ask a cluster,
// and which would make the engine three times as large; unable to fetch schemas; and with a hook for who wants to
// know where rendered lines come from (engine/_helm).
import path from 'node:path';
import { root } from './cache.ts';
import { type Edit, type EditedModule, requiredVersion } from './edited-module.ts';

const module = 'helm.sh/helm/v4';

const manifests = 'pkg/release/v1/util/manifest_sorter.go';

const edits: readonly Edit[] = [
  // Nothing of the engine asks a cluster: `lookup` stays what it is without one.
  { file: 'pkg/engine/engine.go', from: /\t"k8s\.io\/client-go\/rest"\n/g, to: '' },
  { file: 'pkg/engine/engine.go', from: /\/\/ New creates a new instance of Engine[^]*?\n}\n/g, to: '' },
  { file: 'pkg/engine/engine.go', from: /\/\/ RenderWithClient takes[^]*?\n}\n/g, to: '' },
  { file: 'pkg/engine/engine.go', from: /\/\/ RenderWithClientProvider takes[^]*?\n}\n/g, to: '' },
  { file: 'pkg/engine/engine.go', from: /\t\/\/ optional provider of clients[^]*?\n\tclientProvider .*\n/g, to: '' },
  { file: 'pkg/engine/engine.go', from: /\t\/\/ If we are not linting and have a cluster connection[^]*?\n\t}\n/g, to: '' },
  // The known API versions are data in engine/internal/helm.
  { file: 'pkg/chart/common/capabilities.go', from: /\t"k8s\.io\/client-go\/kubernetes\/scheme"\n/g, to: '' },
  { file: 'pkg/chart/common/capabilities.go', from: /\tapiextensionsv1 ".*"\n\tapiextensionsv1beta1 ".*"\n/g, to: '' },
  {
    file: 'pkg/chart/common/capabilities.go',
    from: /(func allKnownVersions\(\) VersionSet {\n)[^]*?\n}\n/g,
    to: '$1\treturn nil\n}\n',
  },
  // Helm finds the version of client-go in the program that it is linked into.
  { file: 'internal/version/clientgo.go', from: /import \([^]*?\n\)\n/g, to: '' },
  {
    file: 'internal/version/clientgo.go',
    from: /(func K8sIOClientGoModVersion\(\) \(string, error\) {\n)[^]*?\n}\n/g,
    to: '$1\treturn "CLIENT_GO", nil\n}\n',
  },
  // A schema's $ref to elsewhere would open a file or a connection.
  {
    file: 'pkg/chart/common/util/jsonschema.go',
    from: /\/\/ HTTPURLLoader implements[^]*?(?=\/\/ ValidateAgainstSchema checks)/g,
    to: `type refusingLoader struct{}

func (refusingLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("%s is not fetched", url)
}

`,
  },
  {
    file: 'pkg/chart/common/util/jsonschema.go',
    from: /"file": {2}jsonschema\.FileLoader{},\n\t\t"http": {2}newHTTPURLLoader\(\),\n\t\t"https": newHTTPURLLoader\(\),/g,
    to: '"file":  refusingLoader{},\n\t\t"http":  refusingLoader{},\n\t\t"https": refusingLoader{},',
  },
  { file: 'pkg/chart/common/util/jsonschema.go', from: /\t"crypto\/tls"\n/g, to: '' },
  { file: 'pkg/chart/common/util/jsonschema.go', from: /\t"net\/http"\n/g, to: '' },
  { file: 'pkg/chart/common/util/jsonschema.go', from: /\t"time"\n/g, to: '' },
  { file: 'pkg/chart/common/util/jsonschema.go', from: /\t"helm\.sh\/helm\/v4\/internal\/version"\n/g, to: '' },
  // Who wants to know where lines come from has a copy of a file's template executed.
  {
    file: 'pkg/engine/engine.go',
    from: /t\.ExecuteTemplate\(&buf, filename, vals\)/g,
    to: 'e.execute(t, &buf, filename, vals)',
  },
  // Each call of tpl copies all templates and functions, and charts give it the same few texts again and again.
  {
    file: 'pkg/engine/engine.go',
    from: /\treturn func\(tpl string, vals any\) \(string, error\) {\n\t\tt, err := parent\.Clone\(\)\n/g,
    to: `	const maxPrepared = 128
	prepared := map[string]func(any) (string, error){}
	return func(tpl string, vals any) (string, error) {
		if execute, ok := prepared[tpl]; ok {
			return execute(vals)
		}
		t, err := parent.Clone()
`,
  },
  {
    file: 'pkg/engine/engine.go',
    from: /(\t\tvar buf strings\.Builder\n\t\tif err := t\.Execute\(&buf, vals\)[^]*?\n\t\treturn strings\.ReplaceAll\(buf\.String\(\), "<no value>", ""\), nil\n)/g,
    to: `		execute := func(vals any) (string, error) {
$1		}
		if len(prepared) < maxPrepared {
			prepared[tpl] = execute
		}
		return execute(vals)
`,
  },
  // What was printed and read for an earlier rendering is not printed and read again.
  { file: 'pkg/engine/funcs.go', from: /(func toYAML\(v any\) string {\n\tdata, err := )yaml\.Marshal\(v\)/g, to: '$1marshal(v)' },
  { file: manifests, from: /yaml\.Unmarshal\(\[\]byte\(m\), &entry\)/g, to: 'readHead(m, &entry)' },
  { file: manifests, from: /\t"sigs\.k8s\.io\/yaml"\n/g, to: '' },
];

/** Helm's library. */
export const helmModule: EditedModule = {
  name: 'helm',
  module,
  files: /^(pkg|internal)\/.*(?<!_test)\.go$/,
  added: 'engine/_helm',
  removed: ['pkg/engine/lookup_func.go'], // it does nothing but ask a cluster
  edits: async (original) => {
    // The version that Helm's own command line is built with; it decides the default Kubernetes version.
    const clientGo = await requiredVersion(path.join(original, 'go.mod'), 'k8s.io/client-go');
    return [...edits, { file: 'internal/version/clientgo.go', from: /CLIENT_GO/g, to: clientGo }];
  },
  scripts: ['scripts/helm-module.ts'],
};

/** The version of Helm that the engine renders with. */
export async function helmVersion(): Promise<string> {
  return requiredVersion(path.join(root, 'engine', 'go.mod'), module);
}
