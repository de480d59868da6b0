// Charts in kustomizations: the engine against the real `kustomize build --enable-helm` with the real helm, byte for byte, in both
// builds of the engine.
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/cache.ts';
import { run } from '../../scripts/process.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { type BuildRequest, type Engine, type LoadRestrictor, type ValuesDetails, startEngine } from '../../server/src/engine/engine.ts';
import type { Copies } from '../../server/src/engine/source.ts';
import { fileSource } from '../../server/src/session/file-source.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { builds, copiesFoundBy } from './builds.ts';
import { type CommandOutput, asCommandOutput, differenceOf, outputOf } from './command-output.ts';
import { kustomizationFolders } from './comparison.ts';
import { helm, helmPackage } from './helm.ts';
import { kustomize } from './kustomize.ts';
import { once } from './once.ts';

const cases = path.join(root, 'engine', 'testdata', 'helmcharts');

/** Says what templates see, in an object that survives whatever a kustomization does to it. */
const tellingValues =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "values-of-{{ .Release.Name }}"}\ndata: {drydockValues: {{ toJson .Values | quote }}}\n';

/** The same with the keys of all tables in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

interface Programs {
  readonly kustomize: string;
  readonly helm: string;
}

/** Leaves out which program kustomize started: its arguments name temporary folders, and the engine starts none. */
function steady({ stdout, stderr, status }: CommandOutput): CommandOutput {
  const text = stderr
    .replace(/\n?: unable to run: '[^]*: exit status 1$/m, '')
    .replace(/^Error: ((?:(?!Error: ).)*?) Helm stack trace:[^]*?(?=Error: )/, 'Error: $1')
    .trim();
  return { stdout, stderr: text, status };
}

/** What the real one makes of a kustomization. It unpacks what it pulls beside it. */
const theirsOf = once(async (programs: Programs, request: BuildRequest): Promise<CommandOutput> => {
  const { directory, loadRestrictor, enableHelm = false, helmKubeVersion, helmApiVersions = [] } = request;
  const args = ['build', directory, '--load-restrictor', loadRestrictor, '--helm-command', programs.helm];
  if (enableHelm) args.push('--enable-helm');
  if (helmKubeVersion !== undefined) args.push('--helm-kube-version', helmKubeVersion);
  for (const version of helmApiVersions) args.push('--helm-api-versions', version);
  return outputOf(programs.kustomize, args);
});

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine inflates charts as kustomize build --enable-helm does`, () => {
    const copies = new Map<string, string>();
    const find: Copies['find'] = ({ kind, url, name: chart, revision }) =>
      Promise.resolve(copies.get([kind, url, chart, revision].join(' ')));
    let engine: Engine;
    let programs: Programs;

    before(async () => {
      programs = { kustomize: await kustomize(), helm: await helm() };
      const files = fileSource(disk, copiesFoundBy(find));
      engine = startEngine({ build: await build(), files, timeout: 60_000, memoryLimit: 2 ** 31, log: () => {} });
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, requests: readonly BuildRequest[]): Promise<void> => {
      assert.notEqual(requests.length, 0);
      const different: string[] = [];
      for (const request of requests) {
        const ours = asCommandOutput(await engine.render({ op: 'build', render: request }, new AbortController().signal));
        const difference = differenceOf(steady(ours), steady(await theirsOf(programs, request)));
        if (difference !== undefined) different.push(`${JSON.stringify(request)}\n${difference}`);
      }
      test.diagnostic(`${requests.length - different.length} equal, ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };
    const of = (folder: string, changes: Partial<BuildRequest> = {}): BuildRequest => ({
      directory: path.join(cases, folder),
      loadRestrictor: 'LoadRestrictionsNone',
      enableHelm: true,
      ...changes,
    });

    for (const loadRestrictor of ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'] satisfies LoadRestrictor[]) {
      it(`on every field, ${loadRestrictor}`, async (test) => {
        const folders = await kustomizationFolders(cases);
        await expectEqual(
          test,
          folders.map((directory) => ({ directory, loadRestrictor, enableHelm: true })),
        );
      });
    }

    it('with the values that it passes, each from a place', async (test) => {
      using copy = temporaryFolder('kustomize-values');
      await cp(cases, copy.path, { recursive: true });
      const entries = await readdir(copy.path, { recursive: true, withFileTypes: true });
      for (const { parentPath } of entries.filter((entry) => entry.name === 'Chart.yaml')) {
        await mkdir(path.join(parentPath, 'templates'), { recursive: true });
        await writeFile(path.join(parentPath, 'templates', 'zz-values.yaml'), tellingValues);
      }
      engine.changed([copy.path]);
      const different: string[] = [];
      const leaves = { all: 0, told: 0 };
      let compared = 0;
      for (const directory of await kustomizationFolders(copy.path)) {
        const request = { directory, loadRestrictor: 'LoadRestrictionsNone', enableHelm: true } satisfies BuildRequest;
        const theirs = await theirsOf(programs, request);
        if (theirs.status !== 0) continue; // it fails for another reason than its values
        const given = parseAllDocuments(theirs.stdout)
          .map((document) => document.toJS() as { readonly data?: { readonly drydockValues?: string } } | null)
          .flatMap((object) => object?.data?.drydockValues ?? [])
          .sort();
        const ours = await engine.render({ op: 'values', render: { op: 'build', render: request } }, new AbortController().signal);
        if (given.length === 0) {
          assert.ok(ours.kind === 'failed' && ours.message.includes('no chart is inflated'), directory);
          continue;
        }
        assert.ok(ours.kind === 'rendered', JSON.stringify(ours));
        const told = parseAllDocuments(ours.yaml).map((document) => JSON.stringify(sorted(document.toJS())));
        const expected = given.map((json) => JSON.stringify(sorted(JSON.parse(json))));
        compared += given.length;
        if (told.sort().join('\n') !== expected.sort().join('\n'))
          different.push(`${directory}\n${told.join('\n')}\n--- kustomize\n${expected.join('\n')}`);
        for (const { leaves: all, entry } of (ours.details as ValuesDetails).charts) {
          assert.ok(entry, `${directory}: nothing asks for the chart`);
          for (const leaf of all ?? []) {
            if (leaf.value === null || typeof leaf.value === 'object') continue;
            leaves.all++;
            if (leaf.origin) leaves.told++;
            else test.diagnostic(`${directory}: ${leaf.path.join('.')} is of unknown origin`);
          }
        }
      }
      test.diagnostic(
        `${compared - different.length} equal, ${different.length} different; origin of ${leaves.told} of ${leaves.all} told`,
      );
      assert.equal(different.length, 0, different.join('\n\n'));
      assert.ok(compared > 20, `${compared} compared`);
      assert.equal(leaves.told, leaves.all);
    });

    it('with what the settings say of the cluster', async (test) => {
      await expectEqual(test, [
        of('name', { helmKubeVersion: '1.30.5', helmApiVersions: ['monitoring.coreos.com/v1'] }),
        of('kube-version', { helmKubeVersion: '1.30.5', helmApiVersions: ['other.example.org/v1'] }),
      ]);
    });

    it('and refuses them when they are not enabled', async (test) => {
      await expectEqual(test, [of('name', { enableHelm: false }), of('generator', { enableHelm: false })]);
    });

    it('when they must be pulled, from the copies that the host has', async (test) => {
      using folder = temporaryFolder('pulled');
      await helmPackage(programs.helm, path.join(cases, 'charts', 'app'), folder.path);
      await run(programs.helm, ['repo', 'index', folder.path]);
      const server = createServer((request, response) => {
        readFile(path.join(folder.path, path.basename(request.url ?? ''))).then(
          (content) => response.end(content),
          () => response.writeHead(404).end(),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const repo = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const charts = [
          `{name: app, repo: "${repo}", version: 1.0.0, releaseName: pulled}`,
          `{name: app, repo: "${repo}", releaseName: newest, valuesInline: {replicas: 2}}`,
        ];
        for (const [index, chart] of charts.entries()) {
          for (const whose of ['ours', 'theirs']) {
            const directory = path.join(folder.path, whose, String(index));
            await mkdir(directory, { recursive: true });
            await writeFile(path.join(directory, 'kustomization.yaml'), `namespace: web\nhelmCharts: [${chart}]\n`);
          }
        }
        engine.changed([folder.path]);
        const render = (index: number) =>
          engine.render(
            { op: 'build', render: of(path.relative(cases, path.join(folder.path, 'ours', String(index)))) },
            new AbortController().signal,
          );
        const missing = await render(0);
        assert.ok(missing.kind === 'failed', JSON.stringify(missing));
        assert.deepEqual(missing.missing, [{ kind: 'chart', url: repo, name: 'app', revision: '1.0.0' }]);
        assert.match(missing.message, /not fetched: chart app 1\.0\.0 of http/);

        const archive = path.join(folder.path, 'app-1.0.0.tgz');
        copies.set(`chart ${repo} app 1.0.0`, archive).set(`chart ${repo} app `, archive);
        engine.changed(['/.drydock']);
        for (const index of charts.keys()) {
          const ours = asCommandOutput(await render(index));
          const theirs = await theirsOf(programs, of(path.relative(cases, path.join(folder.path, 'theirs', String(index)))));
          assert.equal(differenceOf(steady(ours), steady(theirs)), undefined);
          assert.equal(theirs.status, 0);
        }
        test.diagnostic(`${charts.length} equal`);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });
  });
}
