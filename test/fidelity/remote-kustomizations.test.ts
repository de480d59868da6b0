// Kustomizations with bases and files that lie elsewhere: what the engine makes of the copies, against what the real
// `kustomize build` makes of what it clones and downloads itself; both builds of the engine.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Engine, startEngine } from '../../server/src/engine/engine.ts';
import { fileSource } from '../../server/src/session/file-source.ts';
import { fetchMissing } from '../../server/src/sources/fetch-missing.ts';
import { copyFinder, fetchSource } from '../../server/src/sources/sources.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { type GitServer, serveGit } from '../servers/git-server.ts';
import { type TestServer, listen } from '../servers/listen.ts';
import { builds } from './builds.ts';
import { asCommandOutput, differenceOf } from './command-output.ts';
import { kustomize, kustomizeBuild } from './kustomize.ts';
import { once } from './once.ts';

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`;
const never = new AbortController().signal;

/** Kustomizations by what they show; `REPO` is a repository's address, `OTHER` another's, `WEB` a web server's. */
const cases: Readonly<Record<string, string>> = {
  'a folder of a repository at a tag': 'resources: ["REPO//deploy/base?ref=v1"]',
  'the newest state': 'resources: [REPO//deploy/base]',
  'a branch': 'resources: ["REPO//deploy/base?ref=next"]',
  'a commit': 'resources: ["REPO//deploy/base?ref=COMMIT"]',
  'the top of a repository': 'resources: ["REPO?ref=v1"]',
  'the older word for a revision': 'resources: ["REPO//deploy/base?version=v1"]',
  'a forced protocol': 'resources: ["git::REPO//deploy/base?ref=v1"]',
  'a time limit': 'resources: ["REPO//deploy/base?ref=v1&timeout=90s"]',
  'a repository on disk': 'resources: ["FILE//deploy/base?ref=v1"]',
  'a base that names others beside it': 'resources: ["REPO//deploy/overlay?ref=v1"]',
  'a base that names another repository': 'resources: ["REPO//deploy/nested?ref=v1"]',
  'changes laid over a base':
    'namePrefix: my-\nresources: ["REPO//deploy/base?ref=v1"]\npatches: [{patch: "- {op: add, path: /data/x, value: y}", target: {kind: ConfigMap}}]',
  'where it all comes from':
    'buildMetadata: [originAnnotations, transformerAnnotations]\nnamePrefix: my-\nresources: ["REPO//deploy/overlay?ref=v1", WEB/one.yaml, "REPO//deploy/nested?ref=v1"]',
  'a component': 'resources: ["REPO//deploy/base?ref=v1"]\ncomponents: ["REPO//deploy/component?ref=v1"]',
  submodules: 'resources: ["REPO//with-submodule?ref=sub"]',
  'no submodules': 'resources: ["REPO//deploy/base?ref=sub&submodules=false"]',
  'links within a repository': 'resources: ["REPO//linked?ref=v1"]',
  'a file': 'resources: [WEB/one.yaml]',
  'a file with a query': 'resources: ["WEB/query?name=two"]',
  'a patch': 'resources: [WEB/one.yaml]\npatches: [{path: WEB/patch.yaml}]',
  'files of a generator': 'configMapGenerator: [{name: x, files: [key=WEB/one.yaml], envs: [WEB/env]}]',
  'a schema':
    'resources: [WEB/fleet.yaml]\nopenapi: {path: WEB/schema.json}\npatches: [{patch: "{apiVersion: example.com/v1, kind: Fleet, metadata: {name: f}, ships: [{name: two, speed: 9}]}"}]',
  'field specs': 'namePrefix: a-\nresources: [WEB/fleet.yaml]\nconfigurations: [WEB/prefixes.yaml]',
  crds: 'resources: [WEB/one.yaml]\ncrds: [WEB/crd.json]',
  'transformers and generators': 'generators: [WEB/generator.yaml]\ntransformers: [WEB/transformer.yaml]',
  replacements: 'resources: [WEB/one.yaml]\nreplacements: [{path: WEB/replacement.yaml}]',
};

const files: Readonly<Record<string, string>> = {
  '/one.yaml': configMap('one'),
  '/query?name=two': configMap('two'),
  '/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {patched: "yes"}\n',
  '/env': 'A=1\nB=2\n',
  '/fleet.yaml': 'apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\nships: [{name: one}, {name: two}]\n',
  '/prefixes.yaml': 'namePrefix: [{path: ships/name}]\n',
  '/crd.json': '{"x": {"Schema": {"properties": {}}}}',
  '/generator.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: made}\nliterals: [a=b]\n',
  '/transformer.yaml':
    'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: t-\nfieldSpecs: [{path: metadata/name}]\n',
  '/replacement.yaml':
    'source: {kind: ConfigMap, fieldPath: metadata.name}\ntargets: [{select: {kind: ConfigMap}, fieldPaths: [data.a]}]\n',
  '/schema.json':
    '{"definitions": {"Fleet": {"type": "object", "properties": {"ships": {"type": "array", "items": {"type": "object"}, "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}}, "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Fleet"}]}}}',
};

const kustomizeBuilds = once(kustomizeBuild);

let folder: string;
let git: GitServer;
let web: TestServer;
let program: string;

before(async () => {
  program = await kustomize();
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-remote-')));
  git = await serveGit();
  web = await listen((request, response) => {
    const content = files[request.url ?? ''];
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  const other = `${git.url}/acme/other`;
  await git.commit('acme/other', { 'x/kustomization.yaml': 'resources: [c.yaml]', 'x/c.yaml': configMap('other') }, 'v7');
  const base = { 'deploy/base/kustomization.yaml': 'resources: [c.yaml]\nnameSuffix: -v1\n', 'deploy/base/c.yaml': configMap('base') };
  const commit = await git.commit(
    'acme/fleet',
    {
      ...base,
      'kustomization.yaml': 'resources: [deploy/base]\n',
      'deploy/overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: o-\n',
      'deploy/nested/kustomization.yaml': `resources: ["${other}//x?ref=v7"]\n`,
      'deploy/component/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -c\n',
      'linked/kustomization.yaml': 'resources: [c.yaml]\n',
      'linked/c.yaml': { link: 'real.yaml' },
      'linked/real.yaml': configMap('linked'),
    },
    'v1',
  );
  await git.git('acme/fleet', 'checkout', '--quiet', '-b', 'next');
  await git.commit('acme/fleet', { 'deploy/base/c.yaml': configMap('next') });
  await git.git('acme/fleet', 'submodule', '--quiet', 'add', other, 'with-submodule/other');
  await git.commit('acme/fleet', { 'with-submodule/kustomization.yaml': 'resources: [other/x]\n' }, 'sub');
  await git.git('acme/fleet', 'checkout', '--quiet', 'main');
  const onDisk = await git.git('acme/fleet', 'rev-parse', '--show-toplevel');
  for (const [name, text] of Object.entries(cases)) {
    const words = { REPO: `${git.url}/acme/fleet`, FILE: `file://${onDisk}`, WEB: web.url, COMMIT: commit };
    const kustomization = Object.entries(words).reduce((result, [word, meant]) => result.replaceAll(word, meant), text);
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, 'kustomization.yaml'), kustomization);
  }
});
after(async () => {
  await git[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

for (const [build, make] of Object.entries(builds)) {
  describe(`the ${build} engine prints what kustomize build prints, from copies`, () => {
    let cache: string;
    let engine: Engine;
    before(async () => {
      cache = await mkdtemp(path.join(folder, 'cache-'));
      const findCopy = copyFinder({ cache, mappings: () => ({}), folder: () => undefined, used: () => undefined });
      engine = startEngine({
        build: await make(),
        files: fileSource(disk, findCopy),
        timeout: 60_000,
        memoryLimit: 2 ** 31,
        log: () => {},
      });
    });
    after(() => engine.dispose());

    for (const name of Object.keys(cases)) {
      it(name, async () => {
        const directory = path.join(folder, name);
        const render = () => engine.render({ op: 'build', render: { directory, loadRestrictor: 'LoadRestrictionsRootOnly' } }, never);
        const failures = await fetchMissing({
          render: async () => {
            const outcome = await render();
            return outcome.kind === 'failed' ? outcome.missing : [];
          },
          fetch: async (source) => {
            await fetchSource(cache, engine, source, never);
          },
        });
        assert.deepEqual(failures, []);
        const ours = asCommandOutput(await render());
        const theirs = await kustomizeBuilds(program, directory, 'LoadRestrictionsRootOnly');
        assert.equal(theirs.status, 0, theirs.stderr);
        const steady = { ...theirs, stderr: theirs.stderr.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '') };
        assert.equal(differenceOf(ours, steady), undefined);
      });
    }
  });
}
