// Helm's module as the engine is built with it: without client-go, which Helm's template engine imports only to ask a cluster,
// and which would make the engine three times as large; and unable to fetch schemas.
import { type Edit, type EditedModule, engineGoMod, requiredVersion } from './edited-module.ts';

const module = 'helm.sh/helm/v4';

/** Files that do nothing but ask a cluster. */
const removed = ['pkg/engine/lookup_func.go'];

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
];

/** Helm's module. */
export const helmModule: EditedModule = {
  name: 'helm',
  module,
  files: /^(pkg|internal)\/.*(?<!_test)\.go$/,
  removed,
  edits,
  script: 'scripts/helm-module.ts',
  // The version that Helm's own command line is built with; it decides the default Kubernetes version.
  editsFrom: async (goMod) => [
    { file: 'internal/version/clientgo.go', from: /CLIENT_GO/g, to: await requiredVersion(goMod, 'k8s.io/client-go') },
  ],
};

/** The version of Helm that the engine renders with. */
export async function helmVersion(): Promise<string> {
  return requiredVersion(engineGoMod, module);
}
