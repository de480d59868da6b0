// The engine against the real `helm template`, byte for byte: output, error message, exit status and warnings, in both builds of
// the engine.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { root } from '../../scripts/cache.ts';
import { type Engine, type TemplateRequest, plainTemplate } from '../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from './builds.ts';
import { type CommandOutput, asCommandOutput, differenceOf } from './command-output.ts';
import { helm, helmPackage, helmTemplate } from './helm.ts';
import { once } from './once.ts';

const cases = path.join(root, 'engine', 'testdata', 'charts');

const theirs = once(helmTemplate);

const plain = (chart: string): TemplateRequest => ({ ...plainTemplate(chart), release: 'my-release', namespace: 'shop' });

/** Every chart below `folder` with the defaults, and with each values file beside its Chart.yaml. */
async function requestsIn(folder: string): Promise<TemplateRequest[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const charts = entries.filter(({ name }) => name === 'Chart.yaml').map(({ parentPath }) => parentPath);
  const requests = charts.sort().map(async (chart): Promise<TemplateRequest[]> => {
    const files = (await readdir(chart)).filter((file) => /^values-.*\.yaml$/.test(file)).sort();
    return [[], ...files.map((file) => [path.join(chart, file)])].map((valueFiles) => ({ ...plain(chart), valueFiles }));
  });
  return (await Promise.all(requests)).flat();
}

/** Puts in order what the JSON schema library says in the order of a Go map. */
function steady(output: CommandOutput): CommandOutput {
  const stderr = output.stderr.replace(/(^ *- at '.*\n)+/gm, (findings) => findings.split('\n').sort().join('\n'));
  return { ...output, stderr };
}

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine prints what helm template prints`, () => {
    let program: string;
    let engine: Engine;

    before(async () => {
      program = await helm();
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, requests: readonly TemplateRequest[]): Promise<void> => {
      assert.notEqual(requests.length, 0);
      const different: string[] = [];
      for (const request of requests) {
        const ours = asCommandOutput(await engine.render({ op: 'template', render: request }, new AbortController().signal));
        const difference = differenceOf(steady(ours), steady(await theirs(program, request)));
        if (difference !== undefined) different.push(`${JSON.stringify(request)}\n${difference}`);
      }
      test.diagnostic(`${requests.length - different.length} equal, ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };
    const of = (chart: string, changes: Partial<TemplateRequest> = {}): TemplateRequest => ({
      ...plain(path.join(cases, chart)),
      ...changes,
    });

    it('on the samples', async (test) => {
      const samples = path.join(root, 'samples');
      const chart = path.join(samples, 'charts', 'catalog');
      const environments = [
        ['dev', 'values-dev.yaml'],
        ['staging', 'values-staging.yaml'],
        ['production', 'values-prod.yaml'],
      ] as const;
      const delivered = environments.map(([cluster, file]): TemplateRequest => {
        const valueFiles = [path.join(samples, 'clusters', cluster, 'values.yaml'), path.join(chart, file)];
        return { ...plain(chart), release: 'catalog', valueFiles };
      });
      await expectEqual(test, [...(await requestsIn(path.join(samples, 'charts'))), ...delivered]);
    });

    it("on the engine's charts", async (test) => {
      await expectEqual(test, await requestsIn(cases));
    });

    it('on values from everywhere, the later over the earlier', async (test) => {
      const file = (values: string): string => path.join(cases, 'functions', values);
      await expectEqual(test, [
        of('functions', { valueFiles: [file('values-more.yaml'), file('values-empty.yaml')] }),
        of('functions', { valueFiles: [file('values-more.yaml')], values: 'word: inline\nnumber: null\n' }),
        of('functions', { values: 'word: inline\n', set: ['word=set,list={x,y}', 'deep.list[1].a=1'], setString: ['number=007'] }),
        of('functions', { set: ['list[', 'a'] }),
        of('functions', { set: ['a.b=1', 'a.b.c=2'] }),
        of('functions', { set: ['word=set'], setFile: [`word=${file('values-more.yaml')}`, `deep.text=${file('files/a.conf')}`] }),
        of('functions', { setFile: [`word=${file('gone.txt')}`] }),
        of('functions', { setString: ['=1'] }),
        of('functions', { values: 'a: [' }),
        of('functions', { valueFiles: [file('values-gone.yaml')] }),
      ]);
    });

    it('on clusters of other versions', async (test) => {
      await expectEqual(test, [
        of('functions', { kubeVersion: '1.29' }),
        of('functions', { kubeVersion: 'v1.33.4-gke.1245000', apiVersions: ['monitoring.coreos.com/v1', 'example.org/v1'] }),
        of('functions', { kubeVersion: 'latest' }),
        of(path.join('errors', 'kube-version'), { kubeVersion: '9.1' }),
      ]);
    });

    it('with custom resource definitions, when they are wanted', async (test) => {
      await expectEqual(test, [of('crds', { includeCRDs: true }), of('hooks', { includeCRDs: true })]);
    });

    it('without tests, and without schemas, when they are not wanted', async (test) => {
      await expectEqual(test, [
        of('hooks', { skipTests: true }),
        of('schema', { skipSchemaValidation: true }),
        of('schema', { skipSchemaValidation: true, values: 'replicas: many\n' }),
      ]);
    });

    it('on releases and charts that are refused', async (test) => {
      await expectEqual(test, [
        of('hooks', { release: 'Not_A_Name' }),
        of('hooks', { release: 'x'.repeat(54) }),
        of('gone'),
        of(path.join('errors', 'no-chart-yaml')),
        of(path.join('hooks', 'Chart.yaml')),
        of(path.join('errors', 'bad-package', 'charts', 'child.tgz')),
      ]);
    });

    it('on linked files and folders', async (test) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'drydock-charts-'));
      try {
        const chart = path.join(folder, 'chart');
        await cp(path.join(cases, 'functions'), chart, { recursive: true });
        await symlink(path.join(cases, 'library', 'charts'), path.join(chart, 'charts'));
        await symlink('config.yaml', path.join(chart, 'templates', 'again.yaml'));
        await symlink(chart, path.join(folder, 'linked'));
        const dangling = path.join(folder, 'dangling');
        await cp(path.join(cases, 'nothing'), dangling, { recursive: true });
        await symlink('gone.yaml', path.join(dangling, 'values.yaml'));
        engine.changed([folder]);
        await expectEqual(test, [plain(chart), plain(path.join(folder, 'linked')), plain(dangling)]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('on packages that are cut off', async (test) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'drydock-charts-'));
      try {
        await helmPackage(program, path.join(cases, 'functions'), folder);
        const whole = await readFile(path.join(folder, 'functions-1.0.0.tgz'));
        const lengths = [0, 2, 10, 100, Math.floor(whole.length / 2), whole.length - 1];
        const files = lengths.map((length) => path.join(folder, `cut-${length}.tgz`));
        for (const [index, file] of files.entries()) await writeFile(file, whole.subarray(0, lengths[index]));
        const parent = path.join(folder, 'parent');
        await cp(path.join(cases, 'nothing'), parent, { recursive: true });
        await mkdir(path.join(parent, 'charts'));
        await writeFile(path.join(parent, 'charts', 'cut-1.0.0.tgz'), whole.subarray(0, 100));
        engine.changed([folder]);
        await expectEqual(
          test,
          [...files, parent].map((chart) => plain(chart)),
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('on packaged charts', async (test) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'drydock-charts-'));
      try {
        await helmPackage(program, path.join(cases, 'dependencies', 'charts', 'database'), folder);
        await helmPackage(program, path.join(cases, 'functions'), folder);
        const chart = path.join(folder, 'parent');
        await cp(path.join(cases, 'dependencies'), chart, { recursive: true });
        await rm(path.join(chart, 'charts', 'database'), { recursive: true });
        await cp(path.join(folder, 'database-1.2.0.tgz'), path.join(chart, 'charts', 'database-1.2.0.tgz'));
        engine.changed([folder]);
        await expectEqual(test, [
          plain(chart),
          plain(path.join(folder, 'functions-1.0.0.tgz')),
          { ...plain(path.join(folder, 'database-1.2.0.tgz')), values: 'global: {region: east}\n' },
        ]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
