import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { nativeEngine, wasmEngine } from '../../../scripts/engine.ts';
import { type Engine, type EngineBuild, type Outcome, type TemplateRequest, plainTemplate, startEngine } from './engine.ts';
import { type Entry, Tree } from './tree-in-test.ts';

const builds: Readonly<Record<EngineBuild['kind'], () => Promise<EngineBuild>>> = {
  native: async () => ({ kind: 'native', program: await nativeEngine() }),
  wasm: async () => ({ kind: 'wasm', module: await wasmEngine(), worker: new URL('./wasm-worker.ts', import.meta.url) }),
};

const never = new AbortController().signal;

/** A chart with these templates. */
function chart(templates: Readonly<Record<string, Entry>>): Record<string, Entry> {
  const files = Object.entries(templates).map(([name, text]) => [`/chart/templates/${name}`, text] as const);
  return { '/chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n', ...Object.fromEntries(files) };
}

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name | default "none" }}}';

const hook = '{{ with .Values.hook }}metadata: {annotations: {helm.sh/hook: {{ . }}}}{{ end }}';

for (const [name, make] of Object.entries(builds)) {
  describe(`charts in the ${name} engine`, async () => {
    const build = await make();
    const started: Engine[] = [];
    after(() => {
      for (const engine of started) engine.dispose();
    });

    const start = (files: Tree, timeout = 60_000, memoryLimit = 600 * 2 ** 20): Engine => {
      const engine = startEngine({ build, files, timeout, memoryLimit, log: () => {} });
      started.push(engine);
      return engine;
    };
    const template = (engine: Engine, changes: Partial<TemplateRequest> = {}, signal = never): Promise<Outcome> =>
      engine.render({ op: 'template', render: { ...plainTemplate('/chart'), ...changes } }, signal);
    const yamlOf = async (engine: Engine, changes: Partial<TemplateRequest> = {}): Promise<string> => {
      const outcome = await template(engine, changes);
      assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
      return outcome.yaml;
    };

    it('are rendered, and the paths that decided the outcome told: files, folders that were listed, what is missing', async () => {
      const engine = start(new Tree({ ...chart({ 'a.yaml': config }), '/chart/values.yaml': '', '/values.yaml': 'name: blue' }));
      const outcome = await template(engine, { valueFiles: ['/values.yaml'] });
      assert.ok(outcome.kind === 'rendered');
      assert.equal(outcome.yaml, `---\n# Source: shop/templates/a.yaml\n${config.replace(/\{\{.*?\}\}/, 'blue')}\n`);
      assert.deepEqual(outcome.reads, [
        '/chart',
        '/chart/.helmignore',
        '/chart/Chart.yaml',
        '/chart/templates',
        '/chart/templates/a.yaml',
        '/chart/values.yaml',
        '/values.yaml',
      ]);
    });

    it('follow the files: changed, created and deleted', async () => {
      const files = new Tree({ ...chart({ 'a.yaml': config }), '/chart/values.yaml': 'name: blue' });
      const engine = start(files);
      assert.match(await yamlOf(engine), /name: blue/);
      files.write('/chart/values.yaml', 'name: red');
      files.write('/chart/templates/b.yaml', 'kind: New\n');
      engine.changed(['/chart/values.yaml', '/chart/templates/b.yaml']);
      assert.match(await yamlOf(engine), /name: red[^]*kind: New/);
      files.remove('/chart/templates/a.yaml');
      engine.changed(['/chart/templates/a.yaml']);
      assert.equal(await yamlOf(engine), '---\n# Source: shop/templates/b.yaml\nkind: New\n');
    });

    it('keep their warnings apart when many are rendered at a time', async () => {
      const engine = start(new Tree(chart({ 'a.yaml': config, 'b.yaml': hook })));
      const hooked = Array.from({ length: 8 }, (_, index) => template(engine, { values: `name: n${index}\nhook: some-day` }));
      const plain = Array.from({ length: 8 }, (_, index) => template(engine, { values: `name: n${index}` }));
      for (const [index, outcome] of (await Promise.all([...hooked, ...plain])).entries()) {
        assert.ok(outcome.kind === 'rendered');
        assert.match(outcome.yaml, new RegExp(`name: n${index % 8}}`));
        assert.deepEqual(outcome.warnings, index < 8 ? ['level=INFO msg="skipping unknown hooks" hookTypes=some-day'] : []);
      }
    });

    it('never fetch what a schema refers to', async () => {
      for (const place of ['https://example.org/schema.json', 'file:///etc/passwd']) {
        const engine = start(new Tree({ ...chart({}), '/chart/values.schema.json': JSON.stringify({ $ref: place }) }));
        const outcome = await template(engine);
        assert.ok(outcome.kind === 'failed');
        assert.match(outcome.message, new RegExp(`${place} is not fetched`));
      }
    });

    it('can be cancelled', async () => {
      const cancelling = new AbortController();
      const outcome = template(start(new Tree(chart({ 'a.yaml': config }))), {}, cancelling.signal);
      cancelling.abort();
      assert.deepEqual(await outcome, { kind: 'cancelled' });
    });

    it('that call themselves without end are ended, and others are rendered after them', async () => {
      const files = new Tree(chart({ 'a.yaml': '{{ define "again" }}{{ template "again" . }}{{ end }}{{ template "again" . }}' }));
      const engine = start(files);
      const outcome = await template(engine);
      assert.ok(outcome.kind === 'failed' || (outcome.kind === 'broken' && outcome.reason === 'crash'), JSON.stringify(outcome));
      files.write('/chart/templates/a.yaml', config);
      engine.changed(['/chart/templates/a.yaml']);
      assert.match(await yamlOf(engine), /name: none/);
    });

    it('that take too long are ended', async () => {
      const endless = '{{ range until 100000 }}{{ range until 100000 }}{{ if false }}{{ end }}{{ end }}{{ end }}';
      const outcome = await template(start(new Tree(chart({ 'a.yaml': endless })), 2_000));
      assert.deepEqual(outcome, { kind: 'broken', reason: 'timeout', message: 'rendering took longer than 2000 ms and was ended' });
    });

    it('with more output than anyone can look at are refused, in the name of the limit', async () => {
      const files = new Tree(
        chart({ 'a.yaml': 'kind: ConfigMap\ndata: {text: {{ repeat (mul .Values.megabytes 1048576 | int) "x" }}}\n' }),
      );
      const engine = start(files, 240_000, 2 ** 31);
      const [large, small] = await Promise.all([
        template(engine, { values: 'megabytes: 51' }),
        template(engine, { values: 'megabytes: 1' }),
      ]);
      assert.ok(large.kind === 'failed', large.kind);
      assert.equal(large.message, 'the rendering has 51 MB, and more than 50 MB are not shown');
      assert.equal(small.kind, 'rendered');
    });

    it('that are no packages are refused by name, and the others rendered beside them', async () => {
      const engine = start(new Tree({ ...chart({ 'a.yaml': config }), '/text.tgz': 'no package', '/values.yaml': 'a: b' }));
      const outcomes = await Promise.all(
        ['/text.tgz', '/values.yaml', '/gone.tgz', '/chart'].map((place) => template(engine, { chart: place })),
      );
      const messages = outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.message : outcome.kind));
      assert.deepEqual(messages, [
        "file '/text.tgz' does not appear to be a gzipped archive; got 'application/octet-stream'",
        "file '/values.yaml' seems to be a YAML file, but expected a gzipped archive",
        'path "/gone.tgz" not found',
        'rendered',
      ]);
    });

    it('with values of the wrong type say so, and the others are rendered beside them', async () => {
      const parent = { '/parent/Chart.yaml': 'apiVersion: v2\nname: parent\nversion: 1.0.0\n', '/parent/values.yaml': 'shop: text' };
      const child = Object.entries(chart({ 'a.yaml': config })).map(
        ([place, text]) => [`/parent/charts/shop${place.slice(6)}`, text] as const,
      );
      const engine = start(new Tree({ ...chart({ 'a.yaml': config }), ...parent, ...Object.fromEntries(child), '/list.yaml': '[a, b]' }));
      const [list, scalar, table, good] = await Promise.all([
        template(engine, { valueFiles: ['/list.yaml'] }),
        template(engine, { values: 'just text' }),
        template(engine, { chart: '/parent' }),
        template(engine),
      ]);
      assert.match(JSON.stringify(list), /failed to parse \/list\.yaml: cannot unmarshal yaml document: .*cannot unmarshal array/);
      assert.match(JSON.stringify(scalar), /failed to parse -: cannot unmarshal yaml document: .*cannot unmarshal string/);
      assert.match(JSON.stringify(table), /type mismatch on shop/);
      assert.equal(good.kind, 'rendered');
    });

    it('that need too much memory are ended', async () => {
      const greedy = '{{ $all := list "x" }}{{ range until 100000 }}{{ $all = append $all (repeat 100000 "x") }}{{ end }}';
      const outcome = await template(start(new Tree(chart({ 'a.yaml': greedy }))));
      assert.ok(outcome.kind === 'broken' && outcome.reason === 'memory', JSON.stringify(outcome));
    });
  });
}
