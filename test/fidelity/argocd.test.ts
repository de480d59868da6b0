// What the engine makes of Applications is what the repo-server of Argo CD makes of them: the same objects, in the same order.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { root } from '../../scripts/cache.ts';
import { corpus, withoutCorpus } from '../fixture/corpus.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { ApplicationRequest, Tracking } from '../../server/src/engine/application.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import {
  type Application,
  applicationsIn,
  argocdManifests,
  differenceOf,
  engineManifests,
  type FindRoot,
  requestFor,
} from './applications.ts';
import { builds, copiesFoundBy, engineOnDisk } from './builds.ts';
import { helm, helmPackage } from './helm.ts';
import { makeLinkedApplications } from './linked-applications.ts';
import { once } from './once.ts';

const manifests = once(argocdManifests);

const testdata = path.join(root, 'engine', 'testdata');

/** Where the repositories and charts are that the engine's own Applications name. */
const findCase: FindRoot = ({ repoURL, chart }) =>
  chart === undefined
    ? path.join(testdata, 'argocd', 'repositories', path.basename(repoURL, '.git'))
    : path.join(testdata, 'charts', chart);

/** The samples are one repository; charts of others are not here. */
const findSample: FindRoot = ({ repoURL }) => (repoURL === 'https://github.com/acme/fleet.git' ? path.join(root, 'samples') : undefined);

/** The repositories of the corpus lie in folders of their names. */
const findInCorpus: FindRoot = ({ repoURL, chart }) => {
  const folder = path.join(corpus, path.basename(repoURL, '.git'));
  return chart === undefined && existsSync(folder) ? folder : undefined;
};

const tracked = (method: Tracking['method'], changes: Partial<Tracking> = {}): Pick<ApplicationRequest, 'tracking'> => ({
  tracking: { method, label: 'app.kubernetes.io/instance', installationID: '', ...changes },
});

for (const [name, build] of Object.entries(builds)) {
  describe(`Argo CD Applications, ${name}`, { timeout: 1_800_000 }, () => {
    let engine: Engine;
    let cases: Application[];
    before(async () => {
      engine = engineOnDisk(await build());
      cases = await applicationsIn(path.join(testdata, 'argocd', 'applications'));
    });
    after(() => engine.dispose());

    const expectEqual = async (
      test: TestContext,
      requests: readonly ApplicationRequest[],
      ask = (request: ApplicationRequest) => engineManifests(engine, request),
    ): Promise<void> => {
      assert.notEqual(requests.length, 0);
      const theirs = await manifests(requests);
      const different: string[] = [];
      for (const [i, request] of requests.entries()) {
        const expected = theirs[i];
        assert.ok(expected);
        const difference = differenceOf(await ask(request), expected);
        if (difference !== undefined) different.push(`${request.object}${difference}`);
      }
      test.diagnostic(`${requests.length - different.length} equal, ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };
    const of = (application: Application, changes: Partial<ApplicationRequest> = {}): ApplicationRequest =>
      requestFor(application, findCase, changes);
    const named = (prefix: string): Application[] => cases.filter(({ metadata }) => metadata.name.startsWith(prefix));

    it("on the engine's own Applications", async (test) => {
      await expectEqual(
        test,
        cases.map((application) => of(application)),
      );
    });

    it('on the samples', async (test) => {
      const samples = await applicationsIn(path.join(root, 'samples'));
      const requests = samples.map((application) => requestFor(application, findSample));
      const local = requests.filter(({ sources }) => sources.every((source) => source.root !== ''));
      test.diagnostic(`${requests.length - local.length} need what is elsewhere`);
      await expectEqual(test, local);
    });

    it('on the corpus', { skip: withoutCorpus }, async (test) => {
      const requests = (await applicationsIn(corpus)).map((application) => requestFor(application, findInCorpus));
      const local = requests.filter(({ sources }) => sources.every((source) => source.root !== ''));
      test.diagnostic(`${requests.length - local.length} need what is elsewhere`);
      await expectEqual(test, local);
    });

    it('on copies of what lies elsewhere: repositories are folders, charts are packages', async (test) => {
      using folder = temporaryFolder('packages');
      const charts = ['functions', 'crds'];
      for (const chart of charts) await helmPackage(await helm(), path.join(testdata, 'charts', chart), folder.path);
      const packages = (await readdir(folder.path)).map((file) => path.join(folder.path, file));
      const copies = copiesFoundBy(async ({ kind, url, name }) =>
        kind === 'git' ? findCase({ repoURL: url }) : packages.find((file) => path.basename(file).startsWith(`${name}-`)),
      );
      const withCopies = engineOnDisk(await build(), copies);
      try {
        const applications = ['helm-of-', 'sources-', 'directory-recurse', 'kustomize-together'].flatMap(named);
        await expectEqual(
          test,
          applications.map((application) => of(application)),
          (request) => engineManifests(withCopies, { ...request, sources: [] }),
        );
      } finally {
        withCopies.dispose();
      }
    });

    it('through links', async (test) => {
      using folder = temporaryFolder('links');
      const linked = await makeLinkedApplications(folder.path);
      engine.changed([folder.path]);
      await expectEqual(
        test,
        linked.map((application) => requestFor(application, () => folder.path)),
      );
    });

    it('with charts in kustomizations', async (test) => {
      await expectEqual(
        test,
        named('inflated-').flatMap((application) => [
          of(application, { enableHelm: true }),
          of(application, { enableHelm: true, kubeVersion: '1.31.2', apiVersions: ['monitoring.coreos.com/v1'] }),
        ]),
      );
    });

    it('with every way to track objects', async (test) => {
      const applications = [...named('directory-recurse'), ...named('kustomize-together'), ...named('helm-together')];
      const long = applications.map((application) => ({
        ...application,
        metadata: { ...application.metadata, name: `${'x'.repeat(60)}-.-${application.metadata.name}` },
      }));
      const ways = [
        tracked('label'),
        tracked('label', { label: 'applications.argoproj.io/app-name' }),
        tracked('annotation'),
        tracked('annotation', { installationID: 'one' }),
        tracked('annotation+label'),
      ];
      const releases = long.map((application) => of({ ...application, spec: application.spec }, tracked('annotation+label')));
      await expectEqual(test, [
        ...ways.flatMap((way) => applications.map((application) => of(application, way))),
        ...releases.filter(({ object }) => !object.includes('chart')),
      ]);
    });

    it('in namespaces other than that of Argo CD', async (test) => {
      const elsewhere = ['helm-parameters', 'kustomize-common-annotations-environment', 'directory-include-exclude'].flatMap(named);
      const moved = elsewhere.map((application) => ({ ...application, metadata: { ...application.metadata, namespace: 'team' } }));
      await expectEqual(test, [
        ...moved.map((application) => of(application, tracked('annotation'))),
        ...moved.map((application) => of(application, { ...tracked('annotation'), controllerNamespace: '' })),
      ]);
    });

    it('for clusters of other versions', async (test) => {
      const changes = { kubeVersion: 'v1.30.2-eks-036c24b', apiVersions: ['v1/Pod', 'monitoring.coreos.com/v1/ServiceMonitor'] };
      const applications = ['helm-empty', 'helm-kube-version', 'helm-api-versions', 'kustomize-versions'].flatMap(named);
      await expectEqual(test, [
        ...applications.map((application) => of(application, changes)),
        ...named('helm-empty').map((application) => of(application, { kubeVersion: 'newest' })),
      ]);
    });

    it("with another load restrictor in Argo CD's settings", async (test) => {
      const applications = [...named('error-load-restriction'), ...named('kustomize-together')];
      await expectEqual(
        test,
        applications.map((application) => of(application, { loadRestrictor: 'LoadRestrictionsNone' })),
      );
    });
  });
}
