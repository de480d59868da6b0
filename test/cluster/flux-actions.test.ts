// What the editor does with Flux's objects, done by real controllers, in one of two clusters.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import type { ClusterAction } from '../../protocol/src/clusters.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import { ActionRefused, type Result } from '../../server/src/cluster/actions/action.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import type { ObjectName } from '../../server/src/cluster/tree/row.ts';
import { eventually } from '../e2e/eventually.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady, patient } from './converge.ts';
import { fluxSource } from './flux-source.ts';
import { startFlux } from './flux.ts';
import { liveClusters } from './live-clusters.ts';
import { configOf, repository } from './repository.ts';

exitOnSignals();

const fleet = 'acme/fleet.git';
const signal = new AbortController().signal;
const kinds = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
} as const;
type Kind = keyof typeof kinds;
const named = (kind: Kind, name: string): ObjectName => ({ group: kinds[kind].split('/')[0] ?? '', kind, namespace: 'demo', name });
const inApi = (kind: Kind, name: string) => ({ apiVersion: kinds[kind], kind, name, namespace: 'demo' });
const app = named('Kustomization', 'app');
const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-app', namespace: 'demo' };
const chartConfig = { ...config, name: 'greeting-chart' };

const objects = (url: string): string => `${fluxSource(url)}apiVersion: ${kinds.Kustomization}
kind: Kustomization
metadata: {name: app, namespace: demo}
spec: {interval: 1h, retryInterval: 1h, path: ./overlays/dev, prune: true, targetNamespace: demo, sourceRef: {kind: GitRepository, name: fleet}}
`;
const release = `
apiVersion: ${kinds.HelmRelease}
kind: HelmRelease
metadata: {name: greeting, namespace: demo}
spec:
  interval: 1h
  chart: {spec: {chart: ./chart, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: fleet}}}
  values: {message: hello from Flux}
`;

const plain = { kind: 'reconcile', withSource: false, force: false, reset: false } satisfies ClusterAction;
const withSource = { ...plain, withSource: true };

describe("actions on Flux's objects", () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  let west: Cluster;
  let live: Live;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    east = starting.use(await startCluster('east'));
    west = starting.use(await startCluster('west'));
    for (const cluster of [east, west]) {
      starting.use(await startFlux(cluster));
      await cluster.git.commit(fleet, repository);
      await cluster.api.apply(objects(`${cluster.git.url}/${fleet}`));
    }
    await east.api.apply(release);
    live = await starting.use(liveClusters(east.kubeconfig, west.kubeconfig)).of('east');
    for (const { api } of [east, west]) await converged(api, inApi('Kustomization', 'app'), 'Ready', isReady);
    await converged(east.api, inApi('HelmRelease', 'greeting'), 'Ready', isReady);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const doing = (name: ObjectName, action: ClusterAction, progress: string[] = []): Promise<Result> =>
    act(live, name, action, [], (message) => progress.push(message), signal);
  const versionIn = async (cluster: Cluster): Promise<string | undefined> =>
    ((await cluster.api.get(config))?.['data'] as { readonly version: string } | undefined)?.version;
  const commit = (version: string): Promise<unknown> =>
    Promise.all([east, west].map(({ git }) => git.commit(fleet, { 'base/config.yaml': configOf(version) })));
  const refused = (doingIt: Promise<unknown>, why: RegExp): Promise<void> =>
    assert.rejects(doingIt, (error) => error instanceof ActionRefused && why.test(error.message));

  it('reconciles the source first when it is told to, and only in the cluster that is meant', async () => {
    await commit('2');
    assert.ok((await doing(app, plain)).succeeded);
    assert.equal(await versionIn(east), '1');
    const progress: string[] = [];
    const result = await doing(app, withSource, progress);
    const head = await east.git.git(fleet, 'rev-parse', 'HEAD');
    assert.deepEqual(result, { succeeded: true, message: `Applied revision: main@sha1:${head}`, failures: [] });
    assert.deepEqual([await versionIn(east), await versionIn(west)], ['2', '1']);
    const first = (text: string): number => progress.findIndex((each) => each.startsWith(text));
    assert.ok(first('GitRepository/fleet') === 0 && first('Kustomization/app') > 0, progress.join('\n'));
  });

  it('says why a Kustomization failed, in the words of its controller', async () => {
    await east.git.commit(fleet, { 'base/config.yaml': 'kind: ConfigMap\n' });
    const result = await doing(app, withSource);
    assert.equal(result.succeeded, false);
    assert.match(result.message, /kustomize build failed/);
    assert.deepEqual(
      result.failures.map(({ kind, name }) => `${kind}/${name}`),
      ['Kustomization/app'],
    );
    await commit('3');
    assert.ok((await doing(app, withSource)).succeeded);
  });

  it('says that a source failed, and leaves what it is for alone', async () => {
    await east.api.patch(inApi('GitRepository', 'fleet'), { spec: { ref: { branch: 'nowhere' } } });
    const result = await doing(app, withSource);
    assert.equal(result.succeeded, false);
    assert.deepEqual(
      result.failures.map(({ kind, name }) => `${kind}/${name}`),
      ['GitRepository/fleet'],
    );
    assert.match(result.message, /nowhere/);
    await east.api.patch(inApi('GitRepository', 'fleet'), { spec: { ref: { branch: 'main' } } });
    assert.ok((await doing(app, withSource)).succeeded);
  });

  it('refuses what is suspended, which would note the request and apply nothing; and goes on when it is resumed', async () => {
    assert.ok((await doing(app, { kind: 'suspend' })).succeeded);
    await commit('4');
    await refused(doing(app, withSource), /Kustomization demo\/app is suspended: resume it first/);
    assert.equal(await versionIn(east), '3');
    assert.ok((await doing(app, { kind: 'resume' })).succeeded);
    assert.ok((await doing(app, withSource)).succeeded);
    assert.equal(await versionIn(east), '4');
  });

  it('refuses an object whose source is suspended, when the source was asked for', async () => {
    assert.ok((await doing(named('GitRepository', 'fleet'), { kind: 'suspend' })).succeeded);
    await refused(doing(app, withSource), /GitRepository demo\/fleet is suspended/);
    assert.ok((await doing(app, plain)).succeeded);
    await doing(named('GitRepository', 'fleet'), { kind: 'resume' });
  });

  it('forces a HelmRelease, which brings back what somebody has deleted, and forgets its failures', async () => {
    const greeting = named('HelmRelease', 'greeting');
    await east.api.remove(chartConfig);
    assert.ok((await doing(greeting, plain)).succeeded);
    assert.equal(await east.api.get(chartConfig), undefined);
    const result = await doing(greeting, { ...plain, force: true, reset: true });
    assert.ok(result.succeeded, result.message);
    assert.notEqual(await east.api.get(chartConfig), undefined);
    const { status } = (await east.api.get(inApi('HelmRelease', 'greeting'))) as unknown as { readonly status: Handled };
    assert.ok(status.lastHandledForceAt !== undefined && status.lastHandledForceAt === status.lastHandledResetAt);
  });

  it('reconciles a chart with its repository', async () => {
    await east.git.commit(fleet, {
      'chart/values.yaml': 'message: hello\nmore: true\n',
      'chart/templates/more.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n',
    });
    const result = await doing(named('HelmRelease', 'greeting'), withSource);
    assert.ok(result.succeeded, result.message);
    await converged(east.api, { ...config, name: 'more' }, 'there', () => true);
  });

  it('deletes an object with what it has applied, or without', async () => {
    await doing(app, { kind: 'delete', cascade: 'orphan' });
    const gone = async (kind: Kind, name: string): Promise<true | undefined> =>
      (await east.api.get(inApi(kind, name))) === undefined || undefined;
    await eventually('the Kustomization to go', () => gone('Kustomization', 'app'), patient);
    assert.equal(await versionIn(east), '4');
    await doing(named('HelmRelease', 'greeting'), { kind: 'delete', cascade: 'foreground' });
    await eventually('the HelmRelease to go', () => gone('HelmRelease', 'greeting'), patient);
    assert.equal(await east.api.get(chartConfig), undefined);
  });
});

interface Handled {
  readonly lastHandledForceAt?: string;
  readonly lastHandledResetAt?: string;
}
