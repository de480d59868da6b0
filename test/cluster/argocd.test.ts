import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import type { KubernetesObject } from './api.ts';
import { type Argocd, argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged } from './converge.ts';
import { configOf, repository } from './repository.ts';

exitOnSignals();

const apiVersion = 'argoproj.io/v1alpha1';
const application = (name: string): { apiVersion: string; kind: string; name: string; namespace: string } => ({
  apiVersion,
  kind: 'Application',
  name,
  namespace: argocdNamespace,
});
const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-app', namespace: 'by-hand' };

const objects = (url: string): string => `
apiVersion: ${apiVersion}
kind: Application
metadata: {name: by-hand, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: overlays/dev}
  destination: {server: https://kubernetes.default.svc, namespace: by-hand}
  syncPolicy: {syncOptions: [CreateNamespace=true]}
---
apiVersion: ${apiVersion}
kind: ApplicationSet
metadata: {name: envs, namespace: ${argocdNamespace}}
spec:
  goTemplate: true
  generators:
    - list: {elements: [{env: red}, {env: blue}]}
    - git: {repoURL: "${url}", revision: main, directories: [{path: overlays/*}], values: {env: "{{ .path.basename }}"}}
  template:
    metadata: {name: 'set-{{ if .env }}{{ .env }}{{ else }}{{ .values.env }}{{ end }}'}
    spec:
      project: default
      source: {repoURL: "${url}", targetRevision: main, path: chart, helm: {valuesObject: {message: from a set}}}
      destination: {server: https://kubernetes.default.svc, namespace: 'ns-{{ if .env }}{{ .env }}{{ else }}{{ .values.env }}{{ end }}'}
      syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}
`;

describe('Argo CD', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let argocd: Argocd;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('argocd'));
    argocd = starting.use(await startArgocd(cluster));
    await cluster.git.commit('acme/fleet.git', repository);
    await cluster.api.apply(objects(`${cluster.git.url}/acme/fleet.git`));
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  it('compares an Application, and syncs it when it is told to', async () => {
    await converged(cluster.api, application('by-hand'), 'OutOfSync', (object) => stateOf(object).startsWith('OutOfSync'));
    const operation = { sync: { revision: 'main', syncOptions: ['CreateNamespace=true'] } };
    await cluster.api.patch(application('by-hand'), { operation });
    const { status } = await converged(cluster.api, application('by-hand'), 'Synced', (object) => stateOf(object) === 'Synced Healthy');
    const { operationState, history } = status as Status;
    assert.equal(operationState?.phase, 'Succeeded');
    assert.equal(history?.at(-1)?.revision, await cluster.git.git('acme/fleet.git', 'rev-parse', 'HEAD'));
    assert.deepEqual((await cluster.api.get(config))?.['data'], { version: '1' });
  });

  it('sees what somebody has changed in the cluster', async () => {
    await cluster.api.patch(config, { data: { version: 'changed by hand' } });
    await converged(cluster.api, application('by-hand'), 'OutOfSync', (object) => stateOf(object) === 'OutOfSync Healthy');
  });

  it('finds a new commit when it is refreshed', async () => {
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('changed by hand') });
    await cluster.api.patch(application('by-hand'), { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    await converged(cluster.api, application('by-hand'), 'Synced', (object) => stateOf(object) === 'Synced Healthy');
  });

  it('generates Applications, which sync by themselves', async () => {
    for (const name of ['set-red', 'set-blue', 'set-dev'])
      await converged(cluster.api, application(name), 'Synced', (object) => stateOf(object) === 'Synced Healthy');
    const installed = await cluster.api.get({ ...config, name: 'set-red-chart', namespace: 'ns-red' });
    assert.deepEqual(installed?.['data'], { message: 'from a set' });
  });

  it('has an API of its own, for those who log in', async () => {
    const list = `${argocd.url}/api/v1/applications`;
    assert.equal((await fetch(list)).status, 401);
    const response = await fetch(list, { headers: { authorization: `Bearer ${await argocd.logIn()}` } });
    const { items } = (await response.json()) as { readonly items: readonly KubernetesObject[] };
    assert.ok(items.some(({ metadata }) => metadata.name === 'by-hand'));
  });
});

/** Sync and health, in this order. */
function stateOf(object: KubernetesObject): string {
  const { sync, health } = (object['status'] ?? {}) as Status;
  return `${sync?.status ?? ''} ${health?.status ?? ''}`;
}

interface Status {
  readonly sync?: { readonly status: string };
  readonly health?: { readonly status: string };
  readonly operationState?: { readonly phase: string };
  readonly history?: readonly { readonly revision: string }[];
}
