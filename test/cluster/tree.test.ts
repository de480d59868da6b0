// The tree of clusters, from a real API server: what the editor's view and `drydock status` show.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { eventually } from '../e2e/eventually.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { filterOf } from '../../server/src/cluster/tree/filter.ts';
import { inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import type { Row, RowKey } from '../../server/src/cluster/tree/row.ts';
import { rowsBelow } from '../../server/src/cluster/tree/rows.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { declareFleet, declaredApplication } from './declared.ts';

exitOnSignals();

const root = `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://example.com/fleet.git, path: apps}
  destination: {server: https://kubernetes.default.svc}
`;
const rootStatus = {
  status: {
    sync: { status: 'Synced', comparedTo: { source: { repoURL: 'https://example.com/fleet.git' }, destination: {} } },
    health: { status: 'Healthy' },
    resources: [{ group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', namespace: 'argocd', name: 'web', status: 'Synced' }],
  },
};
const webStatus = (sync: string) => ({
  status: {
    sync: { status: sync, comparedTo: { source: { repoURL: 'https://example.com/fleet.git' }, destination: {} } },
    health: { status: 'Healthy' },
    resources: [
      { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'web', name: 'web', status: sync, health: { status: 'Healthy' } },
    ],
  },
});

describe('the tree of clusters', () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  let clusters: Clusters;
  let live: Live;
  const failures: unknown[] = [];

  before(async () => {
    await using starting = new AsyncDisposableStack();
    east = starting.use(await startCluster('east'));
    await declareFleet(east);
    await east.api.apply(root);
    await east.api.patch(declaredApplication('root'), rootStatus);
    await east.api.patch(declaredApplication('web'), webStatus('Synced'));
    clusters = starting.adopt(
      new Clusters(
        { kubeconfig: () => [east.kubeconfig], hidden: () => [], timeout: () => 10_000 },
        { changed: () => undefined, failed: (_, error) => failures.push(error) },
      ),
      (each) => each.dispose(),
    );
    const [context] = (await clusters.contexts()).contexts;
    assert.ok(context);
    live = clusters.of(context);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  /** Waits until an assertion holds. */
  const soon = (assertion: () => void): Promise<true> =>
    eventually(
      'the tree to show it',
      () => {
        assertion();
        return true as const;
      },
      { patience: 60_000, interval: 50 },
    );
  const rows = (key: RowKey, filter = ''): Row[] =>
    rowsBelow({ cluster: live, inventory: inventoryOf(live), filter: filterOf(filter) }, key);
  const lines = (key: RowKey, filter = ''): string[] => rows(key, filter).map(({ label, description }) => `${label} | ${description}`);
  const context = 'east';
  const shop: RowKey = { row: 'project', context, name: 'shop' };
  const rowOf = (name: string): RowKey => ({
    row: 'object',
    context,
    group: 'argoproj.io',
    kind: 'Application',
    namespace: 'argocd',
    name,
  });

  it('asks nothing before it is opened, and shows both tools when it is', async () => {
    assert.equal(live.state.kind, 'off');
    assert.deepEqual(lines({ row: 'context', context }), []);
    live.start();
    await soon(() => assert.deepEqual(lines({ row: 'context', context }), ['Argo CD | 3', 'Flux | 2']));
  });

  it('nests an Application below the one that has put it there', async () => {
    await soon(() => assert.deepEqual(lines(shop), ['root | Synced · Healthy']));
    assert.deepEqual(lines(rowOf('root')), ['web | Synced · Healthy']);
    assert.deepEqual(lines(rowOf('web')), ['Deployment/web | web']);
  });

  it('lists what depends on another after it, and says what is suspended', async () => {
    await soon(() =>
      assert.deepEqual(lines({ row: 'heading', context, name: 'Kustomizations' }), [
        'infra | Suspended',
        'apps | Not yet reconciled · after infra',
      ]),
    );
  });

  it('follows what happens, problems first and counted on the parents', async () => {
    await east.api.patch(declaredApplication('web'), webStatus('OutOfSync'));
    await soon(() => assert.equal(rows(shop)[0]?.problems, 1));
    assert.equal(rows({ row: 'argocd', context })[0]?.problems, 1);
    assert.deepEqual(lines({ row: 'argocd', context }), ['shop | 1 of 2']);
    assert.deepEqual(lines(rowOf('web')), ['Deployment/web | web · OutOfSync']);
  });

  it('filters by name, namespace and state, keeping the way to what is wanted', () => {
    assert.deepEqual(lines(shop, 'is:outofsync'), ['root | Synced · Healthy']);
    assert.deepEqual(lines(rowOf('root'), 'is:outofsync'), ['web | OutOfSync · Healthy']);
    assert.deepEqual(lines(shop, 'ns:elsewhere'), []);
    assert.deepEqual(lines({ row: 'heading', context, name: 'Kustomizations' }, 'infra'), ['infra | Suspended']);
  });

  it('keeps what it knows while the API server is away, and goes on when it is back', async () => {
    await east.stopApiServer();
    await soon(() => assert.equal(live.state.kind, 'failing'));
    assert.match(lines({ row: 'context', context })[0] ?? '', /can't be reached/);
    assert.deepEqual(lines(rowOf('root')), ['web | OutOfSync · Healthy']);
    await east.startApiServer();
    await east.api.patch(declaredApplication('web'), webStatus('Synced'));
    await soon(() => assert.deepEqual(lines(rowOf('root')), ['web | Synced · Healthy']));
    await soon(() => assert.equal(live.state.kind, 'connected'));
  });

  it('shows to a user without rights what is refused, in the words of the server', async () => {
    const limited = new Clusters(
      { kubeconfig: () => [east.readerKubeconfig], hidden: () => [], timeout: () => 10_000 },
      { changed: () => undefined, failed: (_, error) => failures.push(error) },
    );
    try {
      const [found] = (await limited.contexts()).contexts;
      assert.ok(found);
      const cluster = limited.of(found);
      cluster.start();
      const shown = (): string[] =>
        rowsBelow({ cluster, inventory: inventoryOf(cluster), filter: undefined }, { row: 'argocd', context }).map(({ label }) => label);
      await soon(() => assert.match(shown().join('\n'), /User "reader" cannot list resource "applications"/));
    } finally {
      limited.dispose();
    }
  });

  it('fails at nothing unheard', () => assert.deepEqual(failures, []));
});
