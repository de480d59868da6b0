// HelmReleases in both builds of the engine, against the real controllers: source-controller packs the chart, helm-controller
// installs it. Manifests, hooks and errors byte for byte; custom resource definitions, which helm-controller applies as objects,
// as objects.
import assert from 'node:assert/strict';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../../scripts/cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { Engine, HelmReleaseDetails, Outcome } from '../../server/src/engine/engine.ts';
import { builds, engineOnDisk } from './builds.ts';
import { type Answering, installer, packer } from './flux-controllers.ts';
import { helm, helmPackage } from './helm.ts';
import { type Case, type HelmRelease, casesIn, requestFor } from './helm-releases.ts';
import { once } from './once.ts';

const repository = path.join(root, 'engine', 'testdata', 'helmrelease');

/** What the installer answers. */
interface Installed {
  readonly crds: readonly unknown[] | null;
  readonly manifest: string;
  readonly hooks: readonly { readonly path: string; readonly manifest: string }[] | null;
  readonly disableHooks: boolean;
  readonly release: string;
  readonly namespace: string;
  readonly storage: string;
  readonly error: string;
}

/** What both say, in a form that can be compared. */
interface Said {
  readonly crds: readonly unknown[];
  readonly text: string;
  readonly details: HelmReleaseDetails | undefined;
}

const crdSource = /^---\n# Source: \S+\/crds\/\S+\n/m;

/** Custom resource definitions are printed first. */
function oursOf(outcome: Outcome): Said {
  if (outcome.kind === 'failed') return { crds: [], text: messageOf(outcome.message), details: undefined };
  assert.equal(outcome.kind, 'rendered', JSON.stringify(outcome));
  const documents = outcome.yaml.split(/^(?=---\n# Source: )/m);
  const crds = documents.filter((text) => crdSource.test(text));
  return {
    crds: crds.flatMap((text) => parseAllDocuments(text).map((document) => document.toJSON() as unknown)),
    text: documents.slice(crds.length).join('').trim(),
    details: outcome.details as HelmReleaseDetails,
  };
}

/** What differs from one run of the controllers to the next, or names a place of theirs, is left out. */
function messageOf(message: string): string {
  return message
    .replace(/^values files merge error: |^chart package error: /, '')
    .replace(/^failed to merge chart values: /, '')
    .replace(/^install: failed to apply CustomResourceDefinitions: |^failed to apply CustomResourceDefinitions: /, '');
}

function objectsIn(yaml: string): unknown[] {
  return parseAllDocuments(yaml).map((document) => document.toJSON() as unknown);
}

/** An object without the labels that helm-controller adds, and without labels when there are no others. */
function withoutOrigin(object: unknown): unknown {
  const { metadata, ...rest } = object as { readonly metadata: { readonly labels?: Readonly<Record<string, unknown>> } };
  const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => !key.startsWith('helm.toolkit.fluxcd.io/'));
  const { labels: _, ...others } = metadata;
  return { ...rest, metadata: labels.length === 0 ? others : { ...others, labels: Object.fromEntries(labels) } };
}

let installing: Answering;
let packing: Answering;
let packages: TemporaryFolder;

before(async () => {
  packages = temporaryFolder('packages');
  installing = await installer();
  packing = await packer();
  await helmPackage(await helm(), path.join(repository, 'charts', 'app'), packages.path);
});
after(() => {
  installing[Symbol.dispose]();
  packing[Symbol.dispose]();
  packages[Symbol.dispose]();
});

const theirsOf = once(async ({ name: file, request, asked }: Case): Promise<Said> => {
  const { spec } = (parse(request.object) as HelmRelease).spec.chart;
  const to = path.join(packages.path, `${file}.tgz`);
  const packed = (await packing.ask({ ...spec, ...asked, to })) as { readonly error?: string };
  if (packed.error !== undefined) return { crds: [], text: messageOf(packed.error), details: undefined };
  const installed = (await installing.ask({ ...request, chart: to })) as Installed;
  if (installed.error !== '') return { crds: [], text: messageOf(installed.error), details: undefined };
  const hooks = installed.disableHooks ? [] : (installed.hooks ?? []);
  const text = [installed.manifest.trim(), '\n', ...hooks.map((hook) => `---\n# Source: ${hook.path}\n${hook.manifest}\n`)].join('');
  const { release, namespace, storage: storageNamespace } = installed;
  const { chart = '', version = '' } = /^# Source: (?<chart>[^/]+)\//m.exec(text)?.groups ?? {};
  return { crds: installed.crds ?? [], text: text.trim(), details: { release, namespace, storageNamespace, chart, version } };
});

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine renders a HelmRelease as helm-controller installs it`, () => {
    let engine: Engine;

    before(async () => {
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, cases: readonly Case[]): Promise<void> => {
      assert.notEqual(cases.length, 0);
      const different: string[] = [];
      for (const one of cases) {
        const ours = oursOf(await engine.render({ op: 'helmRelease', render: one.request }, new AbortController().signal));
        const theirs = await theirsOf(one);
        try {
          assert.equal(ours.text, theirs.text);
          assert.deepEqual(ours.crds, theirs.crds);
          for (const key of ['release', 'namespace', 'storageNamespace'] as const) assert.equal(ours.details?.[key], theirs.details?.[key]);
        } catch (error) {
          different.push(`${one.name}\n${String(error)}`);
        }
      }
      test.diagnostic(`${cases.length - different.length} equal, ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };

    it('on every field', async (test) => {
      await expectEqual(test, await casesIn(repository));
    });

    it('without the labels of helm-controller, when they are not wanted', async () => {
      const cases = await casesIn(repository);
      let compared = 0;
      for (const { name: file, request } of cases) {
        const marked = await engine.render({ op: 'helmRelease', render: request }, new AbortController().signal);
        const plain = await engine.render({ op: 'helmRelease', render: { ...request, originLabels: false } }, new AbortController().signal);
        assert.equal(plain.kind, marked.kind, file);
        if (plain.kind !== 'rendered' || marked.kind !== 'rendered' || file === 'common-labels.yaml') continue; // there the label is the user's own
        compared++;
        assert.doesNotMatch(plain.yaml, /helm\.toolkit\.fluxcd\.io/, file);
        assert.deepEqual(objectsIn(plain.yaml), objectsIn(marked.yaml).map(withoutOrigin), file);
      }
      assert.ok(compared > 30, `${compared} compared`);
    });

    it('on a packaged chart with values files in it', async (test) => {
      const chart = path.join(packages.path, 'app-1.2.0.tgz');
      const wanted = [['ci/small.yaml'], ['values.yaml', './ci/small.yaml'], ['ci/unknown.yaml'], ['README.md']];
      const cases = wanted.map((valuesFiles): Case => {
        const spec = { chart: { spec: { chart: 'app', valuesFiles } }, values: { list: ['own'] } };
        const metadata = { name: 'packed', namespace: 'web' };
        const object = JSON.stringify({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata, spec });
        return { name: valuesFiles.join('-').replaceAll('/', '-'), request: requestFor(object, [], chart, ''), asked: { root: '', chart } };
      });
      await expectEqual(test, cases);
    });
  });
}
