// Effective values of HelmReleases and Applications: the engine against what a template of the chart sees when Flux's controllers and Argo
// CD's repo-server render it, in both builds of the engine.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { ChartValues, Engine, ValuesDetails, ValuesRequest } from '../../server/src/engine/engine.ts';
import { isMadeByHelm } from '../../server/src/engine/values.ts';
import type { Copies } from '../../server/src/engine/source.ts';
import { splitDocuments } from '../../server/src/workspace/yaml-document.ts';
import { type FindRoot, applicationsIn, argocdManifests, requestFor } from './applications.ts';
import { builds, copiesFoundBy, engineOnDisk } from './builds.ts';
import { type Answering, installer, packer } from './flux-controllers.ts';
import { type Case, casesIn, requestFor as releaseRequest } from './helm-releases.ts';
import { helm, helmPackage } from './helm.ts';
import { once } from './once.ts';

/** Prints what templates see, whatever else the chart has. */
const telling = `apiVersion: v1
kind: ConfigMap
metadata: {name: told-values}
data:
  values: |
{{ toYaml .Values | indent 4 }}
`;

const testdata = path.join(root, 'engine', 'testdata');

let copies: TemporaryFolder;
// Flux's controllers take long to build, and the Applications do without.
const started: Answering[] = [];
const fluxControllers = once(async () => {
  const controllers = { installing: await installer(), packing: await packer() };
  started.push(controllers.installing, controllers.packing);
  return controllers;
});

before(async () => {
  copies = temporaryFolder('values');
  for (const folder of ['helmrelease', 'argocd', 'charts'])
    await cp(path.join(testdata, folder), path.join(copies.path, folder), { recursive: true });
  await cp(path.join(root, 'samples'), path.join(copies.path, 'samples'), { recursive: true });
  const entries = await readdir(copies.path, { recursive: true, withFileTypes: true });
  for (const { name, parentPath: chart } of entries) {
    // Of a chart and those in it, the outermost tells.
    if (name !== 'Chart.yaml' || existsSync(path.join(chart, '..', '..', 'Chart.yaml'))) continue;
    await mkdir(path.join(chart, 'templates'), { recursive: true });
    await writeFile(path.join(chart, 'templates', 'zz-values.yaml'), telling);
  }
});
after(() => {
  for (const controller of started) controller[Symbol.dispose]();
  copies[Symbol.dispose]();
});

/** What the template told in manifests, in their order. */
function toldIn(manifests: readonly unknown[]): string[] {
  return manifests.flatMap((manifest) => {
    const { metadata, data } = (manifest ?? {}) as {
      readonly metadata?: { readonly name?: string };
      readonly data?: { readonly values?: string };
    };
    return metadata?.name === 'told-values' && data?.values !== undefined ? [data.values.trim()] : [];
  });
}

const installed = once(async ({ name, request, asked }: Case): Promise<string[]> => {
  const { installing, packing } = await fluxControllers();
  const to = path.join(copies.path, `${name}.tgz`);
  const { chart } = releaseSpec(request.object);
  const packed = (await packing.ask({ ...chart, ...asked, to })) as { readonly error?: string };
  if (packed.error !== undefined) return [];
  const { manifest } = (await installing.ask({ ...request, chart: to })) as { readonly manifest: string };
  return toldIn(parseAllDocuments(manifest).map((document) => document.toJS() as unknown));
});

function releaseSpec(object: string): { readonly chart: object } {
  const { spec } = parseAllDocuments(object)[0]?.toJS() as { readonly spec: { readonly chart: { readonly spec: object } } };
  return { chart: spec.chart.spec };
}

const generated = once(async (request: Extract<ValuesRequest, { readonly op: 'application' }>['render']): Promise<string[]> => {
  const [answer] = await argocdManifests([request]);
  return answer?.error === undefined ? toldIn(answer?.manifests ?? []) : [];
});

/** One question, and what the controllers tell. */
interface Question {
  readonly name: string;
  readonly request: ValuesRequest;
  readonly theirs: () => Promise<readonly string[]>;
}

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine puts values together as the controllers do`, { timeout: 1_800_000 }, () => {
    let engine: Engine;
    before(async () => {
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, questions: readonly Question[], least: number, asked = engine): Promise<void> => {
      const different: string[] = [];
      const leaves = { all: 0, told: 0 };
      let compared = 0;
      for (const { name: of, request, theirs } of questions) {
        const expected = await theirs();
        if (expected.length === 0) continue; // it does not render, or shows no values
        compared++;
        const ours = await asked.render({ op: 'values', render: request }, new AbortController().signal);
        if (ours.kind !== 'rendered') {
          different.push(`${of}\n${JSON.stringify(ours)}`);
          continue;
        }
        const documents = splitDocuments(ours.yaml).map(({ start, end }) =>
          ours.yaml
            .slice(start, end)
            .replace(/^---\n/, '')
            .trim(),
        );
        if (!isSame(documents, expected)) different.push(`${of}\n${documents.join('\n---\n')}\n--- theirs\n${expected.join('\n---\n')}`);
        for (const leaf of (ours.details as ValuesDetails).charts.flatMap((chart: ChartValues) => chart.leaves ?? [])) {
          if (isMadeByHelm(leaf) && !leaf.origin) continue;
          if (leaf.value === null && !leaf.origin) continue; // a path to a later item fills a list up
          leaves.all++;
          if (leaf.origin) leaves.told++;
          else test.diagnostic(`${of}: ${leaf.path.join('.')} is of unknown origin`);
        }
      }
      test.diagnostic(
        `${compared - different.length} equal, ${different.length} different; origin of ${leaves.told} of ${leaves.all} values told`,
      );
      assert.equal(different.length, 0, different.join('\n\n'));
      assert.ok(compared >= least, `${compared} compared`);
      assert.equal(leaves.told, leaves.all);
    };

    it('of HelmReleases', async (test) => {
      const cases = await casesIn(path.join(copies.path, 'helmrelease'));
      await expectEqual(test, cases.map(questionOf), 35);
    });

    it('of a HelmRelease of a packaged chart with values files in it', async (test) => {
      using packages = temporaryFolder('packages');
      await helmPackage(await helm(), path.join(copies.path, 'helmrelease', 'charts', 'app'), packages.path);
      const chart = path.join(packages.path, 'app-1.2.0.tgz');
      engine.changed([packages.path]);
      const wanted = [['ci/small.yaml'], ['values.yaml', './ci/small.yaml'], ['./ci/small.yaml', 'values.yaml']];
      const cases = wanted.map((valuesFiles): Case => {
        const spec = { chart: { spec: { chart: 'app', valuesFiles } }, values: { list: ['own'] } };
        const metadata = { name: 'packed', namespace: 'web' };
        const object = JSON.stringify({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata, spec });
        return {
          name: valuesFiles.join('-').replaceAll('/', '-'),
          request: releaseRequest(object, [], chart, ''),
          asked: { root: '', chart },
        };
      });
      await expectEqual(test, cases.map(questionOf), 2);
    });

    it('of Applications', async (test) => {
      const find: FindRoot = ({ repoURL, chart }) =>
        chart === undefined
          ? path.join(copies.path, 'argocd', 'repositories', path.basename(repoURL, '.git'))
          : path.join(copies.path, 'charts', chart);
      const findSample: FindRoot = ({ repoURL }) =>
        repoURL === 'https://github.com/acme/fleet.git' ? path.join(copies.path, 'samples') : undefined;
      const own = (await applicationsIn(path.join(testdata, 'argocd', 'applications'))).map((each) => requestFor(each, find));
      const samples = (await applicationsIn(path.join(root, 'samples'))).map((each) => requestFor(each, findSample));
      const local = samples.filter(({ sources }) => sources.every((source) => source.root !== ''));
      await expectEqual(test, [...own, ...local].map(applicationQuestion), 35);
    });

    it('of Applications whose charts are packages', async (test) => {
      using packages = temporaryFolder('packages');
      for (const chart of ['functions', 'crds']) await helmPackage(await helm(), path.join(copies.path, 'charts', chart), packages.path);
      const files = await readdir(packages.path);
      const find: Copies['find'] = async ({ kind, url, name: chart }) => {
        if (kind === 'git') return path.join(copies.path, 'argocd', 'repositories', path.basename(url, '.git'));
        const found = files.find((file) => file.startsWith(`${chart}-`));
        return found && path.join(packages.path, found);
      };
      const findFolder: FindRoot = ({ repoURL, chart }) =>
        chart === undefined
          ? path.join(copies.path, 'argocd', 'repositories', path.basename(repoURL, '.git'))
          : path.join(copies.path, 'charts', chart);
      const applications = await applicationsIn(path.join(testdata, 'argocd', 'applications'));
      const questions = applications
        .filter(({ metadata }) => /^(?:helm-of-|sources-)/.test(metadata.name))
        .map((application): Question => {
          const { request, theirs, name: of } = applicationQuestion(requestFor(application, findFolder));
          return { name: of, request: { ...request, render: { ...request.render, sources: [] } } as ValuesRequest, theirs };
        });
      const withCopies = engineOnDisk(await build(), copiesFoundBy(find));
      try {
        await expectEqual(test, questions, 3, withCopies);
      } finally {
        withCopies.dispose();
      }
    });
  });
}

function questionOf(one: Case): Question {
  return { name: one.name, request: { op: 'helmRelease', render: one.request }, theirs: () => installed(one) };
}

function applicationQuestion(render: Extract<ValuesRequest, { readonly op: 'application' }>['render']): Question {
  return { name: render.object, request: { op: 'application', render }, theirs: () => generated(render) };
}

function isSame(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.length === theirs.length && ours.every((text, index) => text === theirs[index]);
}
