// Helm's module as the engine is built with it: without client-go, which Helm's template engine imports only to ask a cluster,
// and which would make the engine three times as large; and unable to fetch schemas. No fork is kept: the pinned module is
// copied out of Go's module cache, and edits are made that fail when they don't fit any more.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from './cache.ts';
import { run } from './process.ts';

const module = 'helm.sh/helm/v4';

/** A passage of a file that stands there exactly once, and what it becomes. */
interface Edit {
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

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

/**
 * Copies the engine's module to a folder, with Helm's beside it in `helm/`. Paths in it are relative, so that what is built
 * there does not depend on where it was built.
 */
export async function stageEngine(folder: string): Promise<void> {
  await cp(path.join(root, 'engine'), folder, { recursive: true });
  await cp(await helmModule(), path.join(folder, 'helm'), { recursive: true });
  await run('go', ['mod', 'edit', `-replace=${module}=./helm`], { cwd: folder });
}

/** The version of Helm that the engine renders with. */
export async function helmVersion(): Promise<string> {
  return requiredVersion(path.join(root, 'engine', 'go.mod'), module);
}

async function helmModule(): Promise<string> {
  const version = await helmVersion();
  return product('helm-module', { paths: ['scripts/helm-module.ts'], facts: [version] }, async (made) => {
    const downloaded = await run('go', ['mod', 'download', '-json', module], { cwd: path.join(root, 'engine') });
    const { Dir: original } = JSON.parse(downloaded) as { readonly Dir: string };
    for (const file of ['go.mod', 'LICENSE', ...(await goFiles(original))]) {
      await mkdir(path.dirname(path.join(made, file)), { recursive: true });
      await writeFile(path.join(made, file), await readFile(path.join(original, file))); // the cache's own files are read-only
    }
    for (const file of removed) await rm(path.join(made, file));
    for (const edit of edits) await apply(edit, made);
    // The version that Helm's own command line is built with; it decides the default Kubernetes version.
    const clientGo = await requiredVersion(path.join(original, 'go.mod'), 'k8s.io/client-go');
    await apply({ file: 'internal/version/clientgo.go', from: /CLIENT_GO/g, to: clientGo }, made);
  });
}

/** Go files of the library, without tests. */
async function goFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.map((file) => file.split(path.sep).join('/')).filter((file) => /^(pkg|internal)\/.*(?<!_test)\.go$/.test(file));
}

/** The version of a module that a go.mod asks for. */
async function requiredVersion(goMod: string, required: string): Promise<string> {
  const line = (await readFile(goMod, 'utf8')).split('\n').find((text) => text.startsWith(`\t${required} v`));
  const version = line?.split(' ')[1];
  if (version === undefined) throw new Error(`${goMod} does not require ${required}`);
  return version;
}

async function apply({ file, from, to }: Edit, folder: string): Promise<void> {
  const place = path.join(folder, file);
  const text = await readFile(place, 'utf8');
  const found = [...text.matchAll(from)].length;
  if (found !== 1) throw new Error(`${file} of ${module} has changed: ${String(from)} is there ${found} times`);
  await writeFile(place, text.replace(from, to));
}
