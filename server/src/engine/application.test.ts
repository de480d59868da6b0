import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import type { ApplicationRequest } from './application.ts';
import { type Engine, type EngineBuild, type Outcome, startEngine } from './engine.ts';
import { sourcePlace } from './source.ts';
import { type Entry, Tree, configMap } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

const never = new AbortController().signal;

/** An Application with these sources. */
function application(...sources: readonly object[]): string {
  return JSON.stringify({ metadata: { name: 'app' }, spec: { destination: { namespace: 'shop' }, sources } });
}

const repository = { repoURL: 'https://git.example.org/fleet.git', targetRevision: 'main' };

const here = { root: '/fleet', revision: '' };

for (const [name, make] of Object.entries(builds)) {
  describe(`Applications in the ${name} engine`, async () => {
    const build = await make();
    const started: Engine[] = [];
    after(() => {
      for (const engine of started) engine.dispose();
    });

    const start = (files: Readonly<Record<string, Entry>>): [Engine, Tree] => {
      const tree = new Tree(files);
      const engine = startEngine({ build, files: tree, timeout: 60_000, memoryLimit: 600 * 2 ** 20, log: () => {} });
      started.push(engine);
      return [engine, tree];
    };
    const render = (engine: Engine, changes: Partial<ApplicationRequest>): Promise<Outcome> =>
      engine.render(
        {
          op: 'application',
          render: {
            object: '',
            sources: [],
            controllerNamespace: '',
            kubeVersion: '',
            apiVersions: [],
            loadRestrictor: 'LoadRestrictionsRootOnly',
            tracking: { method: 'none', label: '', installationID: '' },
            ...changes,
          },
        },
        never,
      );

    it('give the manifests of all sources, and tell what each was taken for', async () => {
      const [engine] = start({
        '/fleet/plain/a.yaml': configMap('plain'),
        '/fleet/app/kustomization.yaml': 'resources: [a.yaml]',
        '/fleet/app/a.yaml': configMap('app'),
      });
      const object = application({ ...repository, path: 'plain' }, { ...repository, path: 'app', kustomize: { namePrefix: 'p-' } });
      const outcome = await render(engine, { object, sources: [here, here] });
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      assert.deepEqual(
        outcome.yaml.split('---\n').map((document) => /name: (.*)/.exec(document)?.[1]),
        ['plain', 'p-app'],
      );
      assert.deepEqual(outcome.details, {
        sources: [
          { type: 'Directory', path: '/fleet/plain', valueFiles: [], manifests: 1 },
          { type: 'Kustomize', path: '/fleet/app', valueFiles: [], manifests: 1 },
        ],
      });
    });

    it('are rendered anew when a file of theirs changes, appears or goes', async () => {
      const [engine, tree] = start({ '/fleet/README.md': '', '/fleet/app/a.yaml': configMap('before') });
      const request = { object: application({ ...repository, path: 'app' }), sources: [here] };
      const yaml = async (): Promise<string> => {
        const outcome = await render(engine, request);
        assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
        return outcome.yaml;
      };
      assert.match(await yaml(), /name: before/);
      tree.write('/fleet/app/a.yaml', configMap('changed'));
      engine.changed(['/fleet/app/a.yaml']);
      assert.match(await yaml(), /name: changed/);
      tree.write('/fleet/app/kustomization.yaml', 'namePrefix: appeared-\nresources: [a.yaml]');
      engine.changed(['/fleet/app/kustomization.yaml', '/fleet/app']);
      assert.match(await yaml(), /name: appeared-changed/);
      tree.write('/fleet/app/.argocd-source.yaml', 'kustomize: {namespace: overridden}');
      engine.changed(['/fleet/app/.argocd-source.yaml', '/fleet/app']);
      assert.match(await yaml(), /namespace: overridden/);
      tree.remove('/fleet/app');
      engine.changed(['/fleet/app', '/fleet']);
      const gone = await render(engine, request);
      assert.ok(gone.kind === 'failed' && gone.message === 'app: app path does not exist', JSON.stringify(gone));
    });

    it('use copies of what lies elsewhere, and name what there is no copy of', async () => {
      const [engine] = start({
        [sourcePlace({ kind: 'git', url: repository.repoURL, name: '', revision: 'main' })]: { link: '/copies/fleet' },
        '/copies/fleet/app/a.yaml': configMap('copied'),
      });
      const copied = await render(engine, { object: application({ ...repository, path: 'app' }) });
      assert.ok(copied.kind === 'rendered' && copied.yaml.includes('name: copied'), JSON.stringify(copied));
      const chart = { repoURL: 'https://charts.example.org', chart: 'web', targetRevision: '1.x' };
      const missing = await render(engine, { object: application(chart) });
      assert.ok(missing.kind === 'failed', JSON.stringify(missing));
      assert.deepEqual(missing.missing, [{ kind: 'chart', url: chart.repoURL, name: 'web', revision: '1.x' }]);
      assert.match(missing.message, /^not fetched: chart web 1\.x of https:\/\/charts\.example\.org$/);
    });
  });
}
