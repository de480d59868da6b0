// Argo CD through its own API server, for users who may not ask Kubernetes: a real one, with its own accounts and roles.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { type Run, installCommand } from '../../cli/src/cli-in-test.ts';
import type { ClusterAction } from '../../protocol/src/clusters.ts';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import { ActionRefused } from '../../server/src/cluster/actions/action.ts';
import { gateOf } from '../../server/src/cluster/actions/gate.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import { readObject } from '../../server/src/cluster/objects.ts';
import type { Application } from '../../server/src/cluster/argocd/application.ts';
import { inventoryOf, trackedOf } from '../../server/src/cluster/tree/inventory.ts';
import type { RowKey } from '../../server/src/cluster/tree/row.ts';
import { rowsBelow } from '../../server/src/cluster/tree/rows.ts';
import { eventually } from '../e2e/eventually.ts';
import { type Argocd, argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged } from './converge.ts';
import { configOf, repository } from './repository.ts';
import { writeUserSettings } from './user-settings.ts';

exitOnSignals();

const shop = { group: 'argoproj.io', kind: 'Application', namespace: argocdNamespace, name: 'shop' };
const application = { ...shop, apiVersion: 'argoproj.io/v1alpha1' };
const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-app', namespace: 'shop' };
const sync: ClusterAction = { kind: 'sync', revision: '', prune: false, dryRun: false, force: false, applyOnly: false, only: [] };

const objects = (url: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: overlays/dev}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {syncOptions: [CreateNamespace=true]}
`;

const settingsOf = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: argocdNamespace });
const viewerRoles = 'p, viewer, applications, get, */*, allow\np, viewer, projects, get, *, allow\n';

describe('Argo CD through its API server', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let argocd: Argocd;
  let token = '';
  let clusters: Clusters;
  let live: Live;
  const failures: unknown[] = [];
  const { signal } = new AbortController();

  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('hidden'));
    argocd = starting.use(await startArgocd(cluster));
    await cluster.git.commit('acme/fleet.git', repository);
    await cluster.api.apply(objects(`${cluster.git.url}/acme/fleet.git`));
    await cluster.api.patch(settingsOf('argocd-cm'), { data: { 'accounts.viewer': 'apiKey' } });
    await cluster.api.patch(settingsOf('argocd-rbac-cm'), { data: { 'policy.csv': viewerRoles } });
    token = await argocd.logIn();
    clusters = starting.adopt(
      clustersWith(() => token),
      (each) => each.dispose(),
    );
    live = await only(clusters);
    await converged(cluster.api, application, 'compared', ({ status }) => JSON.stringify(status ?? {}).includes('"OutOfSync"'));
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const clustersWith = (signedIn: () => string): Clusters =>
    new Clusters(
      {
        kubeconfig: () => [path.join(cluster.folder, 'none')],
        argocd: () => ({ server: argocd.url, token: signedIn() }),
        hidden: () => [],
        timeout: () => 15_000,
      },
      { changed: () => undefined, failed: (_, error) => failures.push(error) },
    );
  const only = async (all: Clusters): Promise<Live> => {
    const [context] = (await all.contexts()).contexts;
    assert.ok(context);
    return all.of(context);
  };
  const soon = (assertion: () => void): Promise<true> =>
    eventually(
      'it to be so',
      () => {
        assertion();
        return true as const;
      },
      { patience: 90_000, interval: 50 },
    );
  const lines = (key: RowKey): string[] =>
    rowsBelow({ cluster: live, inventory: inventoryOf(live), filter: undefined }, key).map(
      ({ label, description }) => `${label} | ${description}`,
    );
  const row = (): RowKey => ({ row: 'object', context: live.context.name, ...shop });
  const version = async (): Promise<unknown> =>
    ((await cluster.api.get(config))?.['data'] as { readonly version?: string } | undefined)?.version;
  const gate = async (of: Live, action: ClusterAction) => {
    const tracked = trackedOf(await readObject(of, shop, signal));
    assert.ok(tracked);
    return gateOf(of, inventoryOf(of), tracked, action, { readOnly: false, productionContexts: [] }, signal);
  };

  it('is a root of its own, with the rows of a cluster', async () => {
    assert.match(live.context.name, /^Argo CD 127\.0\.0\.1:\d+$/);
    live.start();
    const { name: context } = live.context;
    await soon(() => assert.deepEqual(lines({ row: 'context', context }), ['Argo CD | 1 of 2']));
    assert.match(lines({ row: 'project', context, name: 'default' }).join(), /^shop \| OutOfSync · \w+$/);
    assert.match(lines(row()).join(), /^ConfigMap\/dev-app \| shop · OutOfSync/);
  });

  it('syncs, follows it to its end, and sees what became of it', async () => {
    assert.deepEqual(await gate(live, sync), {
      title: `Sync Application shop on ${live.context.name}`,
      refusals: [],
      warnings: [],
      changes: [],
      typed: '',
    });
    const told: string[] = [];
    const result = await act(live, shop, sync, [], (message) => told.push(message), signal);
    assert.deepEqual([result.succeeded, result.failures], [true, []]);
    assert.match(result.message, /successfully synced/);
    assert.equal(told[0], 'asked for');
    assert.equal(await version(), '1');
    await soon(() => assert.deepEqual(lines(row()), ['ConfigMap/dev-app | shop']));
  });

  it('refreshes, and rolls back', async () => {
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('2') });
    assert.equal((await act(live, shop, { kind: 'refresh', refresh: 'normal' }, [], () => undefined, signal)).succeeded, true);
    await soon(() => assert.deepEqual(lines(row()), ['ConfigMap/dev-app | shop · OutOfSync']));
    assert.equal((await act(live, shop, sync, [], () => undefined, signal)).succeeded, true);
    assert.equal(await version(), '2');
    const { status } = await readObject<Application>(live, shop, signal);
    const [first] = status?.history ?? [];
    assert.ok(first);
    const back = await act(live, shop, { kind: 'rollback', id: first.id, prune: false, dryRun: false }, [], () => undefined, signal);
    assert.equal(back.succeeded, true);
    assert.equal(await version(), '1');
  });

  it('tells in Argo CD’s words what it refuses', async () => {
    await assert.rejects(
      act(live, shop, { kind: 'terminate' }, [], () => undefined, signal),
      /No operation is in progress/,
    );
    const reconcile: ClusterAction = { kind: 'reconcile', withSource: false, force: false, reset: false };
    await assert.rejects(
      act(live, shop, reconcile, [], () => undefined, signal),
      ActionRefused,
    );
    assert.match((await gate(live, reconcile)).refusals.join(), /takes the Kubernetes context/);
    assert.match((await gate(live, { kind: 'suspend' })).refusals.join(), /not synced automatically, so there is nothing to suspend/);
  });

  it('asks Argo CD itself what the user may do', async () => {
    const response = await fetch(`${argocd.url}/api/v1/account/viewer/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const { token: viewer } = (await response.json()) as { readonly token: string };
    const limited = scope.adopt(
      clustersWith(() => viewer),
      (each) => each.dispose(),
    );
    const seen = await only(limited);
    const { refusals } = await gate(seen, sync);
    assert.deepEqual(refusals, ["You may not sync the Application default/shop, as Argo CD's roles have it."]);
    assert.deepEqual((await gate(seen, { kind: 'refresh', refresh: 'normal' })).refusals, []);
    await assert.rejects(
      act(seen, shop, sync, [], () => undefined, signal),
      /permission denied/,
    );
  });

  it('says how to sign in when nobody is, or the token is refused', async () => {
    for (const [given, words] of [
      ['', /Nobody is signed in to 127\.0\.0\.1:\d+: run argocd login/],
      ['nonsense', /127\.0\.0\.1:\d+ does not accept the sign-in \(401\): run argocd login/],
    ] as const) {
      const refused = scope.adopt(
        clustersWith(() => given),
        (each) => each.dispose(),
      );
      await assert.rejects((await only(refused)).list(signal), words);
    }
  });

  it('is what drydock status --argocd and sync ask, signed in by argocd login', async () => {
    const home = await writeUserSettings(cluster.folder, {});
    const address = argocd.url.replace('http://', '');
    const folder = path.join(cluster.folder, 'argocd-login');
    await mkdir(folder);
    await writeFile(
      path.join(folder, 'config'),
      stringify({
        contexts: [{ name: 'mine', server: address, user: 'me' }],
        'current-context': 'mine',
        servers: [{ server: address, 'plain-text': true }],
        users: [{ name: 'me', 'auth-token': token }],
      }),
    );
    await using command = await installCommand({ ...home, ARGOCD_CONFIG_DIR: folder });
    const run = (...args: readonly string[]): Promise<Run> => command.run(cluster.folder, ...args);
    const status = await run('status', '--argocd', address);
    assert.match(status.stdout, /\nApplication +argocd +shop +OutOfSync · Healthy /);
    const synced = await run('sync', 'application/shop', '--argocd', address, '--yes');
    assert.match(synced.stdout, /^done: successfully synced/, synced.stderr);
    assert.equal(await version(), '2');
  });

  it('compares what is live with what was synced last, as Argo CD has done it', async () => {
    await using command = await installCommand({ ...(await writeUserSettings(cluster.folder, {})), ARGOCD_AUTH_TOKEN: token });
    const compare = (...args: readonly string[]): Promise<Run> =>
      command.run(cluster.folder, 'diff', '--live', 'application/shop', '--argocd', argocd.url, ...args);
    assert.match((await compare()).stderr, /can't be asked what an apply would change: compare through the Kubernetes context/);
    await soon(() => assert.deepEqual(lines(row()), ['ConfigMap/dev-app | shop']));
    const same = await compare('--last-synced');
    assert.deepEqual([same.stdout, same.code], ['', 0], same.stderr);
    await cluster.api.patch(config, { data: { version: 'by hand' } });
    await soon(() => assert.deepEqual(lines(row()), ['ConfigMap/dev-app | shop · OutOfSync']));
    const { stdout, code } = await compare('--last-synced');
    assert.match(stdout, /^--- live\/ConfigMap shop\/dev-app\n\+\+\+ last synced \([0-9a-f]{7}\)\/ConfigMap shop\/dev-app$/m);
    assert.match(stdout, /^- {2}version: by hand\n\+ {2}version: "2"$/m);
    assert.equal(code, 1);

    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('3') });
    assert.equal((await act(live, shop, { kind: 'refresh', refresh: 'normal' }, [], () => undefined, signal)).succeeded, true);
    const newer = await compare('--last-synced');
    assert.match(newer.stderr, /Argo CD has compared Application shop with [0-9a-f]{7}, and [0-9a-f]{7} was synced last/);
    assert.equal(newer.code, 2);
  });

  it('fails at nothing unheard', () => assert.deepEqual(failures, []));
});
