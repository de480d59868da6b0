// `npm start -- --cluster`: the samples, delivered by the real controllers as far as a machine alone can.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { type SampleCluster, startSampleCluster } from '../../scripts/editor/sample-cluster.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { type Judge, ResourceHealth } from '../../server/src/cluster/resource-health.ts';
import { type Tracked, idOf, inventoryOf, managedBy } from '../../server/src/cluster/tree/inventory.ts';
import { resourcesOf } from '../../server/src/cluster/tree/resource-health.ts';
import { judged } from '../../server/src/session/judged.ts';
import type { Session } from '../../server/src/session/session.ts';
import { eventually } from '../e2e/eventually.ts';
import { sessionOn } from '../fixture/session.ts';
import type { KubernetesObject } from './api.ts';
import { conditionOf, isReady, patient } from './converge.ts';
import { liveClusters } from './live-clusters.ts';

exitOnSignals();

const argo = 'argoproj.io/v1alpha1';
const source = 'source.toolkit.fluxcd.io/v1';

/** What can't be had here, and the words that say why. */
const refused: Readonly<Record<string, RegExp>> = {
  'Kustomization shop': /secrets "sops-age" not found/,
  'OCIRepository cluster-policies': /asks nobody but this machine/,
  'Bucket shared-dashboards': /reads no buckets/,
};
/** Nobody here runs Argo Rollouts; and GitHub is not asked for pull requests. */
const health: Readonly<Record<string, string>> = { 'checkout-dev': 'Progressing', 'root-app-dev': 'Degraded' };

describe('the samples', () => {
  let scope: AsyncDisposableStack;
  let cluster: SampleCluster;
  let session: Session;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    const folder = path.join(starting.use(temporaryFolder('samples')).path, 'fleet');
    cluster = starting.use(await startSampleCluster(folder));
    session = starting.use(await sessionOn(folder)).session;
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  it('converge, and what can not says why', async () => {
    const { api } = cluster;
    await eventually(
      'the Applications to be synced',
      async () => {
        const states = (await api.list(argo, 'Application', 'argocd')).map(stateOf).sort();
        const wanted = ['catalog-dev', 'checkout-dev', 'payment-dev', 'root-app-dev', 'storefront-dev'];
        return equal(
          states,
          wanted.map((name) => `${name} Synced ${health[name] ?? 'Healthy'}`),
        );
      },
      patient,
    );
    for (const [apiVersion, kind] of [
      ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
      [source, 'GitRepository'],
      [source, 'HelmRepository'],
      [source, 'OCIRepository'],
      [source, 'Bucket'],
      [source, 'HelmChart'],
    ] as const)
      await eventually(
        `every ${kind} to be as it can be`,
        async () => {
          const objects = await api.list(apiVersion, kind, '');
          assert.notEqual(objects.length, 0);
          return equal(
            objects.filter((object) => !isAsItCanBe(object)).map(({ metadata }) => metadata.name),
            [],
          );
        },
        patient,
      );
  });

  it('show the health of what an open object manages, as its controller finds it, while it is open', async () => {
    const { api, argocd, kubeconfig } = cluster;
    using clusters = liveClusters(kubeconfig);
    const live = await clusters.of('acme-dev');
    live.start();
    const judge: Judge = (tool, objects, signal) => judged(session, tool, objects, signal);
    const failures: unknown[] = [];
    const health = new ResourceHealth(
      live,
      judge,
      () => undefined,
      (error) => failures.push(error),
    );
    const ownerOf = (group: string, kind: string, namespace: string, name: string): Promise<Tracked> =>
      eventually(`${kind} ${name} to be known`, () => inventoryOf(live).objects.get(idOf({ group, kind, namespace, name })), patient);
    const found = (owner: Tracked): string[] =>
      resourcesOf(owner, (each) => health.of(each))
        .flatMap(({ kind, name, state }) => (state?.health ? [`${kind}/${name} ${state.health}`] : []))
        .sort();

    const token = await argocd.logIn();
    for (const name of ['catalog-dev', 'checkout-dev', 'payment-dev', 'storefront-dev']) {
      const owner = await ownerOf('argoproj.io', 'Application', 'argocd', name);
      assert.deepEqual(found(owner), []);
      health.look(owner);
      const wanted = await healthByArgocd(argocd.url, token, name, owner);
      assert.notEqual(wanted.length, 0);
      await eventually(`the health of ${name}: ${wanted.join(', ')}`, () => equal(found(owner), wanted), patient).catch(
        (error: unknown) => {
          assert.deepEqual(found(owner), wanted);
          throw error;
        },
      );
    }

    const stack = await ownerOf('kustomize.toolkit.fluxcd.io', 'Kustomization', 'flux-system', 'observability-stack');
    health.look(stack);
    const shows = (line: string): Promise<true> => eventually(line, () => found(stack).includes(line) || undefined, patient);
    await shows('Deployment/grafana healthy');
    await shows('PersistentVolumeClaim/grafana-data healthy');
    await api.remove({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'grafana', namespace: 'observability' });
    await shows('Deployment/grafana missing');
    health.only(new Set());
    assert.deepEqual(found(stack), []);
    assert.deepEqual(failures, []);
  });
});

function isAsItCanBe(object: KubernetesObject): boolean {
  const why = refused[`${object.kind} ${object.metadata.name}`];
  if (why) return why.test(conditionOf(object, 'Ready')?.message ?? '');
  const { type } = object['spec'] as { readonly type?: string };
  return type === 'oci' || isReady(object); // of registries Flux says nothing
}

function stateOf({ metadata, ...object }: KubernetesObject): string {
  const { sync, health } = (object['status'] ?? {}) as {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
  };
  return `${metadata.name} ${sync?.status ?? ''} ${health?.status ?? ''}`;
}

function equal(actual: readonly string[], wanted: readonly string[]): true | undefined {
  return actual.join('\n') === wanted.join('\n') ? true : undefined;
}

/** What Argo CD's own API says of the resources of an Application that it judges. */
async function healthByArgocd(url: string, token: string, name: string, { object }: Tracked): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/applications/${name}/resource-tree`, { headers: { authorization: `Bearer ${token}` } });
  const { nodes } = (await response.json()) as { readonly nodes: readonly ApplicationNode[] };
  const managed = new Set(managedBy(object).map((each) => `${each.kind}/${each.name}`));
  return nodes
    .filter(({ kind, name, health }) => managed.has(`${kind}/${name}`) && health?.status !== undefined)
    .map(({ kind, name, health }) => `${kind}/${name} ${health?.status?.toLowerCase() ?? ''}`)
    .sort();
}

interface ApplicationNode {
  readonly kind: string;
  readonly name: string;
  readonly health?: { readonly status?: string };
}
