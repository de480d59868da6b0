import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import { type Engine, type EngineBuild, type Outcome, startEngine } from './engine.ts';
import { type Entry, configMap, Tree } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

const patient = 60_000;
const never = new AbortController().signal;

for (const [name, make] of Object.entries(builds)) {
  describe(`the ${name} engine`, async () => {
    const build = await make();
    const started: Engine[] = [];
    after(() => {
      for (const engine of started) engine.dispose();
    });

    const start = (files: Tree, timeout = patient): Engine => {
      const engine = startEngine({ build, files, timeout, memoryLimit: 600 * 2 ** 20, log: () => {} });
      started.push(engine);
      return engine;
    };
    const render = (engine: Engine, directory: string, signal = never): Promise<Outcome> =>
      engine.render({ op: 'build', render: { directory, loadRestrictor: 'LoadRestrictionsRootOnly' } }, signal);
    const yamlOf = async (engine: Engine, directory: string): Promise<string> => {
      const outcome = await render(engine, directory);
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      return outcome.yaml;
    };
    const messageOf = async (engine: Engine, directory: string): Promise<string> => {
      const outcome = await render(engine, directory);
      assert.ok(outcome.kind === 'failed' || outcome.kind === 'broken', JSON.stringify(outcome));
      return outcome.message;
    };

    it('renders an overlay, and tells which paths decided the outcome', async () => {
      const engine = start(
        new Tree({
          '/shop/base/kustomization.yaml': 'resources: [config.yaml]',
          '/shop/base/config.yaml': configMap('settings', { colour: 'blue' }),
          '/shop/dev/kustomization.yaml': 'resources: [../base]\nnamePrefix: dev-\n',
        }),
      );
      const outcome = await render(engine, '/shop/dev');
      assert.ok(outcome.kind === 'rendered');
      assert.equal(outcome.yaml, 'apiVersion: v1\ndata:\n  colour: blue\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n');
      assert.deepEqual(outcome.reads, [
        '/shop/base/Kustomization',
        '/shop/base/config.yaml',
        '/shop/base/kustomization.yaml',
        '/shop/base/kustomization.yml',
        '/shop/dev/Kustomization',
        '/shop/dev/kustomization.yaml',
        '/shop/dev/kustomization.yml',
      ]);
    });

    it("fails in kustomize's words, and tells the missing path as read", async () => {
      const engine = start(new Tree({ '/app/kustomization.yaml': 'resources: [gone.yaml]' }));
      const outcome = await render(engine, '/app');
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.message, /^accumulating resources: .*lstat \/app\/gone\.yaml: no such file or directory$/);
      assert.ok(outcome.reads.includes('/app/gone.yaml'));
    });

    it('passes on what kustomize warns of', async () => {
      const engine = start(
        new Tree({ '/app/kustomization.yaml': 'commonLabels: {a: b}\nresources: [c.yaml]', '/app/c.yaml': configMap('c') }),
      );
      const outcome = await render(engine, '/app');
      assert.ok(outcome.kind === 'rendered');
      assert.match(outcome.warnings.join('\n'), /^# Warning: 'commonLabels' is deprecated/);
    });

    it('asks again for nothing but what changed', async () => {
      const files = new Tree({
        '/app/kustomization.yaml': 'resources: [a.yaml, b.yaml]',
        '/app/a.yaml': configMap('a'),
        '/app/b.yaml': configMap('b'),
      });
      const engine = start(files);
      await yamlOf(engine, '/app');
      files.write('/app/a.yaml', configMap('changed'));
      files.asked.length = 0;
      engine.changed(['/app/a.yaml']);
      assert.match(await yamlOf(engine, '/app'), /name: changed/);
      assert.deepEqual(new Set(files.asked), new Set(['/app', '/app/a.yaml']));
    });

    it('notices files and folders that appear and disappear', async () => {
      const files = new Tree({ '/app/kustomization.yaml': 'resources: [../bases/one/deep]' });
      const engine = start(files);
      assert.match(await messageOf(engine, '/app'), /no such file/);

      files.write('/bases/one/deep/kustomization.yaml', 'resources: [c.yaml]');
      files.write('/bases/one/deep/c.yaml', configMap('c'));
      engine.changed(['/bases/one/deep/kustomization.yaml', '/bases/one/deep/c.yaml']);
      assert.match(await yamlOf(engine, '/app'), /name: c/);

      files.remove('/bases/one');
      engine.changed(['/bases/one']);
      assert.match(await messageOf(engine, '/app'), /no such file/);
    });

    it('renders with what a file holds now when it changes while it is looked at', async () => {
      const files = new Tree({ '/app/kustomization.yaml': 'resources: [c.yaml]', '/app/c.yaml': configMap('old') });
      const engine = start(files);
      const look = files.look.bind(files);
      files.look = async (path) => {
        const found = await look(path);
        if (path === '/app/c.yaml' && files.asked.filter((asked) => asked === path).length === 1) {
          files.write('/app/c.yaml', configMap('new'));
          engine.changed(['/app/c.yaml']);
        }
        return found;
      };
      assert.match(await yamlOf(engine, '/app'), /name: new/);
    });

    it('follows links, and refuses loops', async () => {
      const engine = start(
        new Tree({
          '/real/kustomization.yaml': 'resources: [c.yaml]',
          '/real/c.yaml': configMap('linked'),
          '/app/kustomization.yaml': 'resources: [base]',
          '/app/base': { link: '../real' },
          '/loop/kustomization.yaml': 'resources: [a]',
          '/loop/a': { link: 'b' },
          '/loop/b': { link: 'a' },
        }),
      );
      assert.match(await yamlOf(engine, '/app'), /name: linked/);
      assert.match(await messageOf(engine, '/loop'), /too many links/);
    });

    it('keeps bytes that are no text', async () => {
      const files = new Tree({ '/app/kustomization.yaml': 'configMapGenerator: [{name: x, files: [icon.bin]}]', '/app/icon.bin': '' });
      const look = files.look.bind(files);
      files.look = async (path) => (path === '/app/icon.bin' ? { kind: 'file', content: Uint8Array.of(0, 255, 128) } : look(path));
      assert.match(await yamlOf(start(files), '/app'), /^binaryData:\n {2}icon\.bin: AP\+A$/m);
    });

    it('does not fetch what is remote', async () => {
      const engine = start(new Tree({ '/app/kustomization.yaml': 'resources: ["https://example.com/a/b?ref=v1"]' }));
      assert.equal(await messageOf(engine, '/app'), "not fetched: 'https://example.com/a/b?ref=v1' in /app/kustomization.yaml");
    });

    it('renders many overlays at a time', async () => {
      const entries: Record<string, Entry> = { '/base/kustomization.yaml': 'resources: [c.yaml]', '/base/c.yaml': configMap('c') };
      const overlays = Array.from({ length: 40 }, (_, index) => `overlay-${index}`);
      for (const overlay of overlays) entries[`/${overlay}/kustomization.yaml`] = `resources: [../base]\nnamePrefix: ${overlay}-\n`;
      const engine = start(new Tree(entries));
      const rendered = await Promise.all(overlays.map((overlay) => yamlOf(engine, `/${overlay}`)));
      rendered.forEach((yaml, index) => assert.match(yaml, new RegExp(`name: overlay-${index}-c$`, 'm')));
    });

    it('lets no render change the schema of another', async () => {
      const schema = {
        definitions: {
          Fleet: {
            type: 'object',
            properties: {
              ships: {
                type: 'array',
                items: { type: 'object' },
                'x-kubernetes-patch-merge-key': 'name',
                'x-kubernetes-patch-strategy': 'merge',
              },
            },
            'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Fleet' }],
          },
        },
      };
      const fleet = 'apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\nships: [{name: one}, {name: two}]\n';
      const patch =
        'patches: [{patch: "{apiVersion: example.com/v1, kind: Fleet, metadata: {name: f}, ships: [{name: two, speed: 9}]}"}]\n';
      const engine = start(
        new Tree({
          '/own/kustomization.yaml': `openapi: {path: schema.json}\nresources: [fleet.yaml]\n${patch}`,
          '/own/schema.json': JSON.stringify(schema),
          '/own/fleet.yaml': fleet,
          '/plain/kustomization.yaml': `resources: [fleet.yaml]\n${patch}`,
          '/plain/fleet.yaml': fleet,
        }),
      );
      const directories = Array.from({ length: 20 }, (_, index) => (index % 3 === 0 ? '/own' : '/plain'));
      const rendered = await Promise.all(directories.map((directory) => yamlOf(engine, directory)));
      rendered.forEach((yaml, index) => assert.equal(yaml.includes('name: one'), directories[index] === '/own', yaml));
    });

    it('ends a render when nobody wants it any more, before and after it began', async () => {
      const files = new Tree({ '/app/kustomization.yaml': 'resources: [c.yaml]', '/app/c.yaml': configMap('c') });
      const engine = start(files);
      assert.deepEqual(await render(engine, '/app', AbortSignal.abort()), { kind: 'cancelled' });

      const controller = new AbortController();
      const look = files.look.bind(files);
      files.look = async (path) => {
        controller.abort();
        return look(path);
      };
      assert.deepEqual(await render(engine, '/app', controller.signal), { kind: 'cancelled' });
      assert.match(await yamlOf(engine, '/app'), /name: c/);
    });

    it('ends what is under way when it is disposed of', async () => {
      const engine = start(new Tree({ '/app/kustomization.yaml': '' }));
      const outcome = render(engine, '/app');
      engine.dispose();
      assert.deepEqual(await outcome, { kind: 'cancelled' });
    });

    const sound = { '/sound/kustomization.yaml': 'resources: [c.yaml]', '/sound/c.yaml': configMap('sound') };

    /** Renders an overlay that breaks the engine among sound ones, which must not notice. */
    const breakEngine = async (broken: Readonly<Record<string, string>>, timeout = patient): Promise<Outcome> => {
      const engine = start(new Tree({ ...broken, ...sound }), timeout);
      const neighbours = Promise.all(['/sound', '/sound', '/sound'].map((directory) => yamlOf(engine, directory)));
      const outcome = await render(engine, '/broken');
      for (const yaml of [...(await neighbours), await yamlOf(engine, '/sound')]) assert.match(yaml, /name: sound/);
      return outcome;
    };
    const aliases = (value: string): string => `${configMap('c').replace('data: {}', '')}data:\n${value}`;

    it('survives a panic in kustomize', async () => {
      const outcome = await breakEngine({
        '/broken/kustomization.yaml': 'openapi: {path: schema.json}\nresources: [c.yaml]',
        '/broken/schema.json': '{"definitions": [',
        '/broken/c.yaml': 'apiVersion: example.com/v1\nkind: Fleet\nmetadata: {name: f}\n', // the schema decides its scope
      });
      assert.ok(outcome.kind === 'broken' && outcome.reason === 'crash');
      assert.match(outcome.message, /^kustomize crashed on this input: invalid schema file/);
    });

    it('survives a crash: a value that contains itself', async () => {
      const outcome = await breakEngine({
        '/broken/kustomization.yaml': 'resources: [self.yaml]',
        '/broken/self.yaml': aliases('  a: &x {b: *x}\n'),
      });
      assert.ok(outcome.kind === 'broken' && outcome.reason === 'crash', JSON.stringify(outcome));
    });

    it('survives a bomb of aliases that exhausts the memory', async () => {
      const levels = Array.from(
        'bcdefghi',
        (letter, index) => `  ${letter}: &${letter} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(', ')}]\n`,
      );
      const outcome = await breakEngine({
        '/broken/kustomization.yaml': 'resources: [bomb.yaml]',
        '/broken/bomb.yaml': aliases(`  a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${levels.join('')}`),
      });
      assert.ok(outcome.kind === 'broken' && outcome.reason === 'memory', JSON.stringify(outcome));
    });

    it('survives a render that does not end in time', async () => {
      const many = Array.from({ length: 8_000 }, (_, index) => configMap(`c${index}`)).join('---\n');
      const outcome = await breakEngine({ '/broken/kustomization.yaml': 'resources: [many.yaml]', '/broken/many.yaml': many }, 3_000);
      assert.deepEqual(outcome, { kind: 'broken', reason: 'timeout', message: 'rendering took longer than 3000 ms and was ended' });
    });
  });
}

it('says so when the engine does not start', async () => {
  const engine = startEngine({
    build: { kind: 'native', program: '/no/such/engine' },
    files: new Tree({}),
    timeout: patient,
    memoryLimit: 2 ** 30,
    log: () => {},
  });
  const outcome = await engine.render({ op: 'build', render: { directory: '/app', loadRestrictor: 'LoadRestrictionsNone' } }, never);
  assert.ok(outcome.kind === 'broken' && outcome.reason === 'crash');
  assert.match(outcome.message, /can't be started: .*ENOENT/);
});
