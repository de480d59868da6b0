import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import { type Engine, type EngineBuild, type FluxDetails, type FluxRequest, type Outcome, startEngine } from './engine.ts';
import { type Entry, Tree } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {key: "${value}"}\n`;

const object = (spec: object): string => JSON.stringify({ metadata: { name: 'apps', namespace: 'flux-system' }, spec });

const plain: Omit<FluxRequest, 'object'> = {
  root: '/repository',
  source: { kind: 'git', url: '', name: '', revision: '' },
  ignore: '',
  substitutions: {},
  keepUnknown: false,
  strict: false,
  ownerLabels: false,
};

for (const [name, make] of Object.entries(builds)) {
  describe(`Flux Kustomizations in the ${name} engine`, async () => {
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
    const flux = (engine: Engine, spec: object, changes: Partial<FluxRequest> = {}): Promise<Outcome> => {
      const render: FluxRequest = { ...plain, object: object(spec), ...changes };
      return engine.render({ op: 'flux', render }, new AbortController().signal);
    };
    const renderedIn = async (files: Readonly<Record<string, Entry>>, spec: object): Promise<{ yaml: string; details: FluxDetails }> => {
      const outcome = await flux(start(new Tree(files)), spec);
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      return { yaml: outcome.yaml, details: outcome.details as FluxDetails };
    };

    it('tell whether their folder has a kustomization of its own', async () => {
      const files = {
        '/repository/plain/a.yaml': configMap('a', ''),
        '/repository/own/kustomization.yml': 'resources: [../plain/a.yaml]',
      };
      const plain = await renderedIn(files, { path: './plain' });
      const own = await renderedIn(files, { path: './own' });
      assert.equal(plain.yaml, own.yaml);
      assert.deepEqual([plain.details.generated, plain.details.kustomization], [true, '/repository/plain/kustomization.yaml']);
      assert.deepEqual([own.details.generated, own.details.kustomization], [false, '/repository/own/kustomization.yml']);
    });

    it('tell which variables stand where, and which have a value', async () => {
      const files = { '/repository/a.yaml': configMap('a', '${one}${two:=2}'), '/repository/b.yaml': configMap('b', '${one}') };
      const { details } = await renderedIn(files, { postBuild: { substitute: { one: '1' } } });
      assert.deepEqual(
        details.substituted.map(({ name, set, where }) => [name, set, where]),
        [
          ['one', true, ['ConfigMap/shop/a', 'ConfigMap/shop/b']],
          ['two', false, ['ConfigMap/shop/a']],
        ],
      );
    });

    it('name the resource and the variable that substitution fails on', async () => {
      const engine = start(new Tree({ '/repository/a.yaml': configMap('a', '${one:-1}'), '/repository/b.yaml': configMap('b', '${two}') }));
      const outcome = await flux(engine, { postBuild: { substituteStrategy: 'Always' } }, { strict: true });
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.message, /^post build failed for 'ConfigMap.*\/b': envsubst error: .*variable not set \(strict mode\): "two"$/);
      assert.deepEqual((outcome.details as FluxDetails).problem, { resource: 'ConfigMap/shop/b', variable: 'two' });
    });

    it('keep what SOPS encrypted as it is, and say whether the controller decrypts it', async () => {
      const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: "ENC[x]"}\nsops: {mac: "ENC[y]"}\n';
      const files = {
        '/repository/kustomization.yaml': 'resources: [s.yaml]\nsecretGenerator: [{name: g, files: [f.yaml, plain.txt]}]',
        '/repository/s.yaml': secret,
        '/repository/f.yaml': 'a: ENC[x]\nsops:\n  mac: ENC[y]\n',
        '/repository/plain.txt': 'plain',
      };
      const { yaml, details } = await renderedIn(files, { decryption: { provider: 'sops' } });
      assert.match(yaml, /a: ENC\[x\]/);
      assert.deepEqual(
        details.encrypted.map(({ resource, keys, decrypted }) => [resource.replace(/-[a-z0-9]+$/, ''), keys, decrypted]),
        [
          ['Secret/s', [], true],
          ['Secret/g', ['f.yaml'], true],
        ],
      );
      const kept = await renderedIn(files, {});
      assert.deepEqual(
        kept.details.encrypted.map(({ decrypted }) => decrypted),
        [false, false],
      );
    });

    it('see new files, and files that are no longer ignored', async () => {
      const files = new Tree({ '/repository/apps/a.yaml': configMap('a', ''), '/repository/apps/b.yaml': configMap('b', '') });
      const engine = start(files);
      const names = async (): Promise<string[]> => {
        const outcome = await flux(engine, { path: 'apps' });
        assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
        return [...outcome.yaml.matchAll(/name: (.*)/g)].map((match) => match[1] ?? '');
      };
      assert.deepEqual(await names(), ['a', 'b']);
      files.write('/repository/.sourceignore', 'b.yaml\n');
      engine.changed(['/repository/.sourceignore']);
      assert.deepEqual(await names(), ['a']);
      files.write('/repository/apps/c.yaml', configMap('c', ''));
      engine.changed(['/repository/apps/c.yaml', '/repository/apps']);
      assert.deepEqual(await names(), ['a', 'c']);
    });
  });
}
