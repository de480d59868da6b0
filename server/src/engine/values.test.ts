import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import {
  type Engine,
  type EngineBuild,
  type ValueLeaf,
  type ValuesDetails,
  type TemplateRequest,
  plainTemplate,
  startEngine,
} from './engine.ts';
import { Tree } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

const dependencies = `
dependencies:
  - {name: database, version: 1.x, condition: database.enabled, import-values: [{child: shared, parent: imported}, exposed]}
  - {name: cache, version: 1.x, alias: fast, tags: [caching]}
  - {name: cache, version: 1.x, alias: slow, condition: slow.enabled}
`;
const repository = {
  '/chart/Chart.yaml': `apiVersion: v2\nname: shop\nversion: 1.0.0${dependencies}`,
  '/chart/values.yaml': [
    'colour: default-colour',
    'gone: default-gone',
    'global: {region: default-region}',
    'base: &base',
    '  size: default-size',
    '  port: 8080',
    'derived:',
    '  <<: *base',
    '  port: 9090',
    'hosts: [host-one, host-two]',
    'text: |',
    '  some text',
    'database:',
    '  enabled: true',
    '  user: shop-user',
    'slow: {enabled: false}',
    'tags: {caching: true}',
    'nothing: {}',
    'imported:',
    '  own: own-value',
  ].join('\n'),
  '/chart/charts/database/Chart.yaml': 'apiVersion: v2\nname: database\nversion: 1.2.0\n',
  '/chart/charts/database/values.yaml':
    'user: database-user\nstorage: storage-size\nshared:\n  token: shared-token\n  own: shared-own\nexports:\n  exposed:\n    fresh: exposed-value\n',
  '/chart/charts/cache-folder/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  '/chart/charts/cache-folder/values.yaml': 'memory: cache-memory\nttl: 60\n',
  '/env/base.yaml': 'colour: base-colour\ndatabase: {storage: base-storage}\n---\nsecond: document-two\n',
  '/env/prod.yaml': '# A comment.\n\ncolour: prod-colour\ngone: null\nhosts:\n  - prod-host\nfast:\n  ttl: 5\n',
} as const;

const plain: TemplateRequest = { ...plainTemplate('/chart'), valueFiles: ['/env/base.yaml', '/env/prod.yaml'] };

for (const [name, make] of Object.entries(builds)) {
  describe(`effective values in the ${name} engine`, async () => {
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
    const leavesOf = async (engine: Engine, changes: Partial<TemplateRequest> = {}): Promise<ReadonlyMap<string, ValueLeaf>> => {
      const outcome = await engine.render(
        { op: 'values', render: { op: 'template', render: { ...plain, ...changes } } },
        new AbortController().signal,
      );
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      const [chart] = (outcome.details as ValuesDetails).charts;
      return new Map((chart?.leaves ?? []).map((leaf) => [leaf.path.join('.'), leaf]));
    };

    it('tell the file and line of each, which is where an edit changes it', async () => {
      const files = new Tree(repository);
      const engine = start(files);
      const leaves = await leavesOf(engine);
      let edited = 0;
      for (const [path, { value, origin }] of leaves) {
        assert.ok(origin?.kind === 'file', `${path} has no origin`);
        if (typeof value === 'object') {
          assert.match(repository[origin.file as keyof typeof repository].split('\n')[origin.line - 1] ?? '', /: \{\}$/);
          continue;
        }
        if (typeof value === 'boolean') continue; // it switches charts on and off, and with them what there is to see
        const before = repository[origin.file as keyof typeof repository];
        const lines = before.split('\n');
        const text = `${value as string | number}`.trim();
        const at = lines[origin.line - 1] === 'text: |' ? origin.line : origin.line - 1;
        assert.ok(lines[at]?.includes(text), `${path}: line ${origin.line} of ${origin.file} is ${lines[at] ?? 'not there'}`);
        lines[at] = (lines[at] ?? '').replace(text, typeof value === 'number' ? '77' : 'edited');
        files.write(origin.file, lines.join('\n'));
        engine.changed([origin.file]);
        const changed = (await leavesOf(engine)).get(path);
        assert.equal(String(changed?.value).trim(), typeof value === 'number' ? '77' : 'edited', path);
        assert.deepEqual(changed?.origin, origin);
        files.write(origin.file, before);
        engine.changed([origin.file]);
        edited++;
      }
      assert.ok(edited >= 20, `${edited} edited`);
    });

    it('tell what they were laid over, the last one first', async () => {
      const leaves = await leavesOf(start(new Tree(repository)));
      assert.deepEqual(leaves.get('colour'), {
        path: ['colour'],
        value: 'prod-colour',
        origin: { kind: 'file', file: '/env/prod.yaml', line: 3 },
        overrode: [
          { value: 'base-colour', origin: { kind: 'file', file: '/env/base.yaml', line: 1 } },
          { value: 'default-colour', origin: { kind: 'file', file: '/chart/values.yaml', line: 1 } },
        ],
      });
      assert.deepEqual(leaves.get('database.user')?.overrode, [
        { value: 'database-user', origin: { kind: 'file', file: '/chart/charts/database/values.yaml', line: 1 } },
      ]);
      assert.equal(leaves.has('gone'), false);
      assert.equal(leaves.has('slow.memory'), false);
      assert.deepEqual(leaves.get('fast.ttl')?.overrode.length, 1);
    });

    it('may come from inline values and single ones', async () => {
      const leaves = await leavesOf(start(new Tree(repository)), {
        values: 'colour: inline\nfresh: {a: 1,\n  b: 2}\n',
        set: ['hosts[1]=second', 'fresh.b=3,derived.size=set'],
        setString: ['number=007'],
      });
      const originOf = (path: string): unknown => leaves.get(path)?.origin;
      assert.deepEqual(originOf('colour'), { kind: 'inline', line: 1 });
      assert.deepEqual(originOf('fresh.a'), { kind: 'inline', line: 2 });
      assert.deepEqual(originOf('fresh.b'), { kind: 'set', number: 2 });
      assert.deepEqual(originOf('derived.size'), { kind: 'set', number: 2 });
      assert.deepEqual(originOf('hosts.0'), { kind: 'file', file: '/env/prod.yaml', line: 6 });
      assert.deepEqual(originOf('hosts.1'), { kind: 'set', number: 1 });
      assert.deepEqual(originOf('number'), { kind: 'setString', number: 1 });
      assert.equal(leaves.get('number')?.value, '007');
    });
  });
}
