// What the editor does with Applications, done by a real Argo CD.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import type { ClusterAction } from '../../protocol/src/clusters.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import { ActionRefused, type Result } from '../../server/src/cluster/actions/action.ts';
import type { Application } from '../../server/src/cluster/argocd/application.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { changeObject, readObject } from '../../server/src/cluster/objects.ts';
import type { ObjectName } from '../../server/src/cluster/tree/row.ts';
import { eventually, until } from '../e2e/eventually.ts';
import type { KubernetesObject } from './api.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, patient } from './converge.ts';
import { liveClusters } from './live-clusters.ts';

exitOnSignals();

const repository = 'acme/fleet.git';
const signal = new AbortController().signal;

const application = (name: string): ObjectName => ({ group: 'argoproj.io', kind: 'Application', namespace: argocdNamespace, name });
const inApi = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const configMap = (namespace: string, name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace });
const config = (name: string, value: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}data: {value: "${value}"}\n`;

const manifest = (url: string, name: string, policy = ''): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
  syncPolicy: {syncOptions: [CreateNamespace=true]${policy}}
---
`;

const applicationSet = (url: string, name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: ${name}, namespace: ${argocdNamespace}}
spec:
  generators: [{list: {elements: [{name: ${name}}]}}]
  template:
    metadata: {name: 'made-{{name}}'}
    spec:
      project: default
      source: {repoURL: "${url}", targetRevision: main, path: shop}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
`;

const hook = `
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: example.com/migrate}]}}}
`;

type Sync = Extract<ClusterAction, { readonly kind: 'sync' }>;
const plain: Sync = { kind: 'sync', revision: '', prune: false, dryRun: false, force: false, applyOnly: false, only: [] };

describe('actions on Applications', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let live: Live;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('east'));
    starting.use(await startArgocd(cluster));
    const { api, git } = cluster;
    await git.commit(repository, {
      'shop/a.yaml': config('a', '1'),
      'shop/b.yaml': config('b', '1'),
      'fixed/config.yaml': config('fixed', '1', 'immutable: true\n'),
      'hooked/config.yaml': config('hooked', '1'),
      'hooked/hook.yaml': hook,
      'auto/config.yaml': config('auto', '1'),
    });
    const url = `${git.url}/${repository}`;
    await api.apply(manifest(url, 'shop') + manifest(url, 'fixed') + manifest(url, 'hooked') + manifest(url, 'auto', ', automated: {}'));
    live = await starting.use(liveClusters(cluster.kubeconfig)).of('east');
    for (const name of ['shop', 'fixed', 'hooked']) await converged(api, inApi(name), 'OutOfSync', (each) => syncOf(each) === 'OutOfSync');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const doing = (name: string, action: ClusterAction, only: readonly ObjectName[] = [], progress: string[] = []): Promise<Result> =>
    act(live, application(name), action, only, (message) => progress.push(message), signal);
  const sync = (name: string, options: Partial<Sync> = {}, only: readonly ObjectName[] = []): Promise<Result> =>
    doing(name, { ...plain, ...options }, only);
  const valueOf = async (namespace: string, name: string): Promise<string | undefined> =>
    ((await cluster.api.get(configMap(namespace, name)))?.['data'] as { readonly value: string } | undefined)?.value;
  const commit = async (files: Readonly<Record<string, string>>): Promise<void> => {
    await cluster.git.commit(repository, files);
  };
  const refresh = (name: string): Promise<Result> => doing(name, { kind: 'refresh', refresh: 'normal' });
  const refused = (doingIt: Promise<unknown>, why: RegExp): Promise<void> =>
    assert.rejects(doingIt, (error) => error instanceof ActionRefused && why.test(error.message));

  it('changes nothing in a dry run', async () => {
    const result = await sync('shop', { dryRun: true });
    assert.deepEqual([result.succeeded, result.failures], [true, []]);
    assert.equal(await valueOf('shop', 'a'), undefined);
  });

  it('syncs with the options of the Application, which makes its namespace, and tells of its phases', async () => {
    const progress: string[] = [];
    const result = await doing('shop', plain, [], progress);
    assert.deepEqual(result, { succeeded: true, message: 'successfully synced (all tasks run)', failures: [] });
    assert.equal(await valueOf('shop', 'a'), '1');
    assert.ok(progress.length > 0);
    await converged(cluster.api, inApi('shop'), 'Synced', (each) => syncOf(each) === 'Synced');
  });

  it('sees a new commit when it is refreshed, normally or hard', async () => {
    await commit({ 'shop/a.yaml': config('a', '2'), 'shop/b.yaml': config('b', '2') });
    assert.ok((await doing('shop', { kind: 'refresh', refresh: 'hard' })).succeeded);
    assert.equal(syncOf((await cluster.api.get(inApi('shop')))!), 'OutOfSync');
  });

  it('syncs the resources that are named, and leaves the others', async () => {
    const result = await sync('shop', {}, [{ group: '', kind: 'ConfigMap', namespace: 'shop', name: 'b' }]);
    assert.ok(result.succeeded, result.message);
    assert.deepEqual([await valueOf('shop', 'a'), await valueOf('shop', 'b')], ['1', '2']);
  });

  it('syncs to another revision than the one that is tracked', async () => {
    const first = await cluster.git.git(repository, 'rev-parse', 'HEAD~1');
    assert.ok((await sync('shop')).succeeded);
    assert.equal(await valueOf('shop', 'b'), '2');
    assert.ok((await sync('shop', { revision: first })).succeeded);
    assert.equal(await valueOf('shop', 'b'), '1');
  });

  it('rolls back to a deployment of its history', async () => {
    const { status } = await readObject<Application>(live, application('shop'), signal);
    const second = await cluster.git.git(repository, 'rev-parse', 'HEAD');
    const entry = status?.history?.find(({ revision }) => revision === second);
    assert.ok(entry);
    assert.ok((await doing('shop', { kind: 'rollback', id: entry.id, prune: false, dryRun: false })).succeeded);
    assert.equal(await valueOf('shop', 'b'), '2');
    await refused(doing('shop', { kind: 'rollback', id: 4711, prune: false, dryRun: false }), /no deployment 4711/);
  });

  it('prunes only when it is told to', async () => {
    await cluster.git.git(repository, 'rm', '--quiet', 'shop/b.yaml');
    await commit({});
    await refresh('shop');
    assert.ok((await sync('shop')).succeeded);
    assert.equal(await valueOf('shop', 'b'), '2');
    assert.ok((await sync('shop', { prune: true })).succeeded);
    assert.equal(await valueOf('shop', 'b'), undefined);
  });

  it('says at which resource a sync failed and why, and replaces it when it is forced', async () => {
    assert.ok((await sync('fixed')).succeeded);
    await commit({ 'fixed/config.yaml': config('fixed', '2', 'immutable: true\n') });
    await refresh('fixed');
    const failed = await sync('fixed');
    assert.equal(failed.succeeded, false);
    const [failure] = failed.failures;
    assert.equal(`${failure?.kind} ${failure?.namespace}/${failure?.name}`, 'ConfigMap fixed/fixed');
    assert.match(failure?.message ?? '', /immutable/);
    const forced = await sync('fixed', { force: true });
    assert.ok(forced.succeeded, forced.message);
    assert.equal(await valueOf('fixed', 'fixed'), '2');
  });

  it('says what it waits for, refuses a second sync meanwhile, and ends when it is told to', async () => {
    const progress: string[] = [];
    const running = doing('hooked', plain, [], progress);
    await eventually('the sync to wait for its hook', () => progress.some((each) => each.includes('Job/migrate')) || undefined, patient);
    await refused(sync('hooked'), /Another operation of hooked is under way/);
    assert.ok((await doing('hooked', { kind: 'terminate' })).succeeded);
    const ended = await running;
    assert.deepEqual([ended.succeeded, ended.message.includes('terminated')], [false, true]);
    await refused(doing('hooked', { kind: 'terminate' }), /No operation of hooked is under way/);
  });

  it('leaves the hooks out when it only applies', async () => {
    const result = await sync('hooked', { applyOnly: true });
    assert.ok(result.succeeded, result.message);
    assert.equal(await valueOf('hooked', 'hooked'), '1');
  });

  it('refuses while a sync goes on that was begun elsewhere', async () => {
    await cluster.api.patch(inApi('hooked'), {
      operation: { sync: { revision: 'main', syncStrategy: { hook: {} } } },
      status: { operationState: null },
    });
    await refused(sync('hooked'), /Another operation of hooked is under way/);
    await converged(cluster.api, inApi('hooked'), 'syncing', ({ status }) => (status as Status).operationState?.phase === 'Running');
    await doing('hooked', { kind: 'terminate' });
  });

  it('makes a controller look that has missed the operation', async () => {
    // In a namespace that Argo CD does not look at: the test answers in its place.
    const unseen = { ...inApi('unseen'), namespace: 'default' };
    const url = `${cluster.git.url}/${repository}`;
    await cluster.api.apply(manifest(url, 'unseen').replace(`namespace: ${argocdNamespace}`, 'namespace: default'));
    const syncing = act(live, { ...application('unseen'), namespace: 'default' }, plain, [], () => undefined, signal);
    const woken = await eventually(
      'the controller to be made to look',
      async () => {
        const object = await cluster.api.get(unseen);
        return object?.metadata.annotations?.['argocd.argoproj.io/refresh'] === 'normal' ? object : undefined;
      },
      patient,
    );
    const operationState = {
      operation: woken['operation'],
      phase: 'Succeeded',
      message: 'done',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:00Z',
    };
    await cluster.api.patch(unseen, { operation: null, status: { operationState } });
    assert.deepEqual(await syncing, { succeeded: true, message: 'done', failures: [] });
  });

  it('stops following when the user has seen enough, and leaves the sync to the controller', async () => {
    await converged(cluster.api, inApi('hooked'), 'idle', ({ operation }) => operation === undefined);
    const enough = new AbortController();
    const following = act(live, application('hooked'), plain, [], () => enough.abort(new Error('enough')), enough.signal);
    await assert.rejects(following, /enough/);
    assert.notEqual((await cluster.api.get(inApi('hooked')))?.['operation'], undefined);
    await doing('hooked', { kind: 'terminate' });
  });

  it('changes what others change at the same time, too', async () => {
    const annotate = (key: string): Promise<Application> =>
      changeObject<Application>(live, application('shop'), () => ({ metadata: { annotations: { [`example.com/${key}`]: key } } }), signal);
    await Promise.all(['a', 'b', 'c', 'd'].map(annotate));
    const annotations = (await cluster.api.get(inApi('shop')))?.metadata.annotations ?? {};
    const keys = Object.keys(annotations).filter((key) => key.startsWith('example.com/'));
    assert.deepEqual(
      keys.sort(),
      ['a', 'b', 'c', 'd'].map((key) => `example.com/${key}`),
    );
  });

  it('suspends and resumes automated sync, which stands in the way of a rollback', async () => {
    await converged(cluster.api, inApi('auto'), 'Synced', (each) => syncOf(each) === 'Synced' && historyOf(each).length > 0);
    const [first] = historyOf((await cluster.api.get(inApi('auto')))!);
    assert.ok(first);
    const back: ClusterAction = { kind: 'rollback', id: first.id, prune: false, dryRun: false };
    await refused(doing('auto', back), /synced automatically/);
    await doing('auto', { kind: 'suspend' });
    await commit({ 'auto/config.yaml': config('auto', '2') });
    await refresh('auto');
    await converged(cluster.api, inApi('auto'), 'OutOfSync', (each) => syncOf(each) === 'OutOfSync');
    assert.ok((await doing('auto', back)).succeeded);
    assert.equal(await valueOf('auto', 'auto'), '1');
    await doing('auto', { kind: 'resume' });
    await eventually('automated sync to go on', async () => (await valueOf('auto', 'auto')) === '2' || undefined, patient);
    await refused(doing('shop', { kind: 'suspend' }), /not synced automatically/);
  });

  it('deletes an ApplicationSet alone, or with the Applications that it has made', async () => {
    for (const [cascade, stays] of [
      ['orphan', true],
      ['background', false],
    ] as const) {
      await cluster.api.apply(applicationSet(`${cluster.git.url}/${repository}`, cascade));
      await converged(cluster.api, inApi(`made-${cascade}`), 'made', () => true);
      const result = await act(
        live,
        { ...application(cascade), kind: 'ApplicationSet' },
        { kind: 'delete', cascade },
        [],
        () => undefined,
        signal,
      );
      assert.ok(result.succeeded, result.message);
      // The garbage collector takes from what stays only the name of its owner.
      const isSettled = (made: KubernetesObject | undefined): boolean =>
        stays ? made?.metadata.ownerReferences?.length !== 1 : made === undefined;
      await until('what it has made to follow', async () => isSettled(await cluster.api.get(inApi(`made-${cascade}`))), patient);
      assert.equal((await cluster.api.get(inApi(`made-${cascade}`))) !== undefined, stays);
    }
  });

  it('deletes an Application alone, or with what it has deployed', async () => {
    await doing('fixed', { kind: 'delete', cascade: 'orphan' });
    await eventually('fixed to go', async () => (await cluster.api.get(inApi('fixed'))) === undefined || undefined, patient);
    assert.equal(await valueOf('fixed', 'fixed'), '2');
    await doing('shop', { kind: 'delete', cascade: 'foreground' });
    await eventually('shop to go', async () => (await cluster.api.get(inApi('shop'))) === undefined || undefined, patient);
    assert.equal(await valueOf('shop', 'a'), undefined);
  });
});

interface Status {
  readonly sync?: { readonly status: string };
  readonly operationState?: { readonly phase: string };
  readonly history?: readonly { readonly id: number }[];
}

function syncOf(object: KubernetesObject): string | undefined {
  return (object['status'] as Status | undefined)?.sync?.status;
}

function historyOf(object: KubernetesObject): NonNullable<Status['history']> {
  return (object['status'] as Status | undefined)?.history ?? [];
}
