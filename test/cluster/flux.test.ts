import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { conditionOf, converged, isReady } from './converge.ts';
import { fluxSource } from './flux-source.ts';
import { startFlux } from './flux.ts';
import { configOf, repository } from './repository.ts';

exitOnSignals();

const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'fleet', namespace: 'demo' };
const overlay = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'app', namespace: 'demo' };
const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'greeting', namespace: 'demo' };
const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-app', namespace: 'demo' };

const objects = (url: string): string => `${fluxSource(url)}apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: app, namespace: demo}
spec: {interval: 1h, path: ./overlays/dev, prune: true, targetNamespace: demo, sourceRef: {kind: GitRepository, name: fleet}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: greeting, namespace: demo}
spec:
  interval: 1h
  chart: {spec: {chart: ./chart, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: fleet}}}
  values: {message: hello from Flux}
`;

describe('Flux', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('flux'));
    starting.use(await startFlux(cluster));
    await cluster.git.commit('acme/fleet.git', repository);
    await cluster.api.apply(objects(`${cluster.git.url}/acme/fleet.git`));
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  /** As `flux reconcile` does. */
  const ask = async (object: typeof source): Promise<string> => {
    const asked = new Date().toISOString();
    await cluster.api.patch(object, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': asked } } });
    await converged(cluster.api, object, 'reconciled', ({ status }) => (status as Status).lastHandledReconcileAt === asked);
    return asked;
  };

  it('applies an overlay and says what it holds', async () => {
    const { status } = await converged(cluster.api, overlay, 'Ready', isReady);
    const { inventory, lastAppliedRevision } = status as Status;
    assert.deepEqual(inventory?.entries, [{ id: 'demo_dev-app__ConfigMap', v: 'v1' }]);
    const head = await cluster.git.git('acme/fleet.git', 'rev-parse', 'HEAD');
    assert.equal(lastAppliedRevision, `main@sha1:${head}`);
    assert.deepEqual((await cluster.api.get(config))?.['data'], { version: '1' });
  });

  it('installs a chart of a repository', async () => {
    const { status } = await converged(cluster.api, release, 'Ready', isReady);
    const { history } = status as Status;
    assert.equal(history?.[0]?.status, 'deployed');
    assert.match(history[0].chartVersion, /^0\.1\.0\+[0-9a-f]{12}$/);
    const installed = await cluster.api.get({ ...config, name: 'greeting-chart' });
    assert.deepEqual(installed?.['data'], { message: 'hello from Flux' });
  });

  it('follows a commit when it is asked to', async () => {
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('2') });
    await ask(source);
    await ask(overlay);
    await converged(cluster.api, config, 'version 2', ({ data }) => (data as { readonly version: string }).version === '2');
  });

  it('says what is wrong with a commit, and with a source', async () => {
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': 'kind: ConfigMap\n' });
    await ask(source);
    const broken = await converged(cluster.api, overlay, 'failed', (object) => conditionOf(object, 'Ready')?.status === 'False');
    assert.equal(conditionOf(broken, 'Ready')?.reason, 'BuildFailed');
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('3') });
    await ask(source);
    await converged(cluster.api, overlay, 'Ready', isReady);

    await cluster.api.patch(source, { spec: { ref: { branch: 'nowhere' } } });
    const lost = await converged(cluster.api, source, 'failed', (object) => conditionOf(object, 'FetchFailed')?.status === 'True');
    assert.match(conditionOf(lost, 'Ready')?.message ?? '', /nowhere/);
    await cluster.api.patch(source, { spec: { ref: { branch: 'main' } } });
    await converged(cluster.api, source, 'Ready', isReady);
  });

  it('answers a request to a suspended object without applying', async () => {
    await cluster.api.patch(overlay, { spec: { suspend: true } });
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('4') });
    await ask(source);
    await ask(overlay);
    assert.deepEqual((await cluster.api.get(config))?.['data'], { version: '3' });
    await cluster.api.patch(overlay, { spec: { suspend: false } });
    await converged(cluster.api, config, 'version 4', ({ data }) => (data as { readonly version: string }).version === '4');
  });
});

interface Status {
  readonly lastHandledReconcileAt?: string;
  readonly lastAppliedRevision?: string;
  readonly inventory?: { readonly entries: readonly { readonly id: string; readonly v: string }[] };
  readonly history?: readonly { readonly status: string; readonly chartVersion: string }[];
}
