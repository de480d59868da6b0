import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import type { GeneratedApplications } from './application-set.ts';
import { type Engine, type EngineBuild, type Outcome, startEngine } from './engine.ts';
import { Tree } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

/** An ApplicationSet with an Application for each folder that `generators` give. */
const set = (generators: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shop, namespace: argocd}
spec:
  goTemplate: true
  generators: ${generators}
  template:
    metadata: {name: '{{ .path.basename }}'}
    spec:
      project: shop
      source: {repoURL: https://example.com/shop.git, path: '{{ .path.path }}'}
      destination: {server: https://kubernetes.default.svc}
`;

const folders = (url: string, revision: string): string => `{git: {repoURL: ${url}, revision: ${revision}, directories: [{path: apps/*}]}}`;

for (const [name, make] of Object.entries(builds)) {
  describe(`ApplicationSets in the ${name} engine`, async () => {
    const build = await make();
    const started: Engine[] = [];
    after(() => {
      for (const engine of started) engine.dispose();
    });

    const start = (files: Tree): Engine => {
      const engine = startEngine({ build, files, timeout: 60_000, memoryLimit: 600 * 2 ** 20, log: () => {} });
      started.push(engine);
      return engine;
    };
    const generate = (engine: Engine, object: string, fixture = ''): Promise<Outcome> => {
      const repositories = [{ url: 'https://example.com/shop', revision: 'main', root: '/shop' }];
      const render = { object, repositories, fixture, newGitFileGlobbing: false };
      return engine.render({ op: 'applicationSet', render }, new AbortController().signal);
    };
    const namesOf = (outcome: Outcome): readonly string[] => {
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      return (outcome.details as GeneratedApplications).applications.map((application) => application.name);
    };

    it('follow the folders of the working tree', async () => {
      const tree = new Tree({ '/shop/apps/cart/a.yaml': 'x', '/shop/README.md': 'x' });
      const engine = start(tree);
      const object = set(`[${folders('https://example.com/shop.git', 'HEAD')}]`);
      const first = await generate(engine, object);
      assert.deepEqual(namesOf(first), ['cart']);
      assert.ok(first.kind === 'rendered' && first.reads.includes('/shop/apps'));
      tree.write('/shop/apps/pay/a.yaml', 'x');
      engine.changed(['/shop/apps', '/shop/apps/pay', '/shop/apps/pay/a.yaml']);
      assert.deepEqual(namesOf(await generate(engine, object)), ['cart', 'pay']);
    });

    it('give what can be given when a repository is not there, and say which', async () => {
      const engine = start(new Tree({ '/shop/apps/cart/a.yaml': 'x' }));
      const [here, elsewhere] = [folders('https://example.com/shop.git', 'main'), folders('https://example.com/gone.git', 'v1')];
      const outcome = await generate(engine, set(`[${elsewhere}, ${here}]`));
      assert.deepEqual(namesOf(outcome), ['cart']);
      assert.ok(outcome.kind === 'rendered');
      assert.deepEqual(outcome.missing, [{ kind: 'git', url: 'https://example.com/gone.git', name: '', revision: 'v1' }]);
      const { errors, controllerError } = outcome.details as GeneratedApplications;
      assert.deepEqual(errors, [{ path: 'spec.generators[0].git.repoURL', message: controllerError }]);
      assert.match(controllerError, /not fetched: https:\/\/example\.com\/gone\.git at v1/);
    });

    it('fail on an object or a fixture that can not be read', async () => {
      const engine = start(new Tree({}));
      const wrong = await generate(engine, 'spec: {generators: text}');
      assert.ok(wrong.kind === 'failed');
      assert.match(wrong.message, /has the wrong type: .*spec\.generators/);
      const misspelt = await generate(engine, set('[]'), 'cluster: []');
      assert.ok(misspelt.kind === 'failed');
      assert.match(misspelt.message, /the fixture for ApplicationSets: .*unknown field "cluster"/);
    });
  });
}
