import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { eventually } from '../e2e/eventually.ts';
import type { KubernetesObject } from './api.ts';
import { type Argocd, argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged } from './converge.ts';
import { applicationsMade, clusterSecret, clusterSets, clusterToken, openSets } from './registered-clusters.ts';
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
    // The last of it that the controller writes is that the operation has ended.
    const isDone = (object: KubernetesObject): boolean => stateOf(object) === 'Synced Healthy' && !isOperating(object);
    const { status } = await converged(cluster.api, application('by-hand'), 'Synced', isDone);
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

  it('generates of its clusters what is generated here with them, and again when they change', async () => {
    const { api } = cluster;
    await using sets = await openSets(cluster);
    const before = await sets.render();
    // Nothing is connected: the cluster that Argo CD runs in is all that is known.
    assert.deepEqual(namesOf(before.applications), ['a-in-cluster', 'all-in-cluster', 'b-in-cluster', 'flat']);

    await api.apply(
      [clusterSecret('eu', 'https://127.0.0.1:2', 'prod'), clusterSecret('Dev One', 'https://127.0.0.1:3', 'dev')]
        .map(yamlOf)
        .join('---\n'),
    );
    await api.apply(clusterSets.map(yamlOf).join('---\n'));
    await sets.connect();
    const first = await sets.render();
    assert.deepEqual(first.applications, await applicationsMade(cluster, 11));

    // A cluster more, another label, and the one that Argo CD runs in with a Secret.
    const changes = sets.changes();
    const more = [
      clusterSecret('us', 'https://127.0.0.1:4', 'dev'),
      clusterSecret('eu', 'https://127.0.0.1:2', 'dev'),
      clusterSecret('home', 'https://kubernetes.default.svc', 'prod'),
    ];
    await api.apply(more.map(yamlOf).join('---\n'));
    // They come one after the other; with all but the last there are as many Applications.
    await eventually('the changed clusters', async () => {
      const names = namesOf((await sets.render()).applications);
      return (names.length === 16 && names.includes('a-home')) || undefined;
    });
    assert.ok(sets.changes() > changes);
    const second = await sets.render();
    const made = await eventually('the same from Argo CD', async () => {
      const all = await applicationsMade(cluster, 16);
      return isDeepStrictEqual(all, second.applications) ? all : undefined;
    }).catch(() => applicationsMade(cluster, 16));
    assert.deepEqual(second.applications, made);

    sets.disconnect();
    assert.deepEqual((await sets.render()).applications, made, 'what is known is kept');
    const everything = JSON.stringify([first, second]);
    for (const secret of [clusterToken, Buffer.from(clusterToken).toString('base64').slice(0, -2), 'bearerToken', 'last-applied'])
      assert.ok(!everything.includes(secret), `${secret} is told`);
    assert.deepEqual(sets.failures, []);
  });

  it('has an API of its own, for those who log in', async () => {
    const list = `${argocd.url}/api/v1/applications`;
    assert.equal((await fetch(list)).status, 401);
    const response = await fetch(list, { headers: { authorization: `Bearer ${await argocd.logIn()}` } });
    const { items } = (await response.json()) as { readonly items: readonly KubernetesObject[] };
    assert.ok(items.some(({ metadata }) => metadata.name === 'by-hand'));
  });
});

function namesOf(applications: readonly { readonly name: string }[]): string[] {
  return applications.map(({ name }) => name);
}

function yamlOf(object: object): string {
  return `${JSON.stringify(object)}\n`;
}

/** Sync and health, in this order. */
function stateOf(object: KubernetesObject): string {
  const { sync, health } = (object['status'] ?? {}) as Status;
  return `${sync?.status ?? ''} ${health?.status ?? ''}`;
}

function isOperating(object: KubernetesObject): boolean {
  const { operationState } = (object['status'] ?? {}) as Status;
  return object['operation'] !== undefined || operationState?.phase === 'Running';
}

interface Status {
  readonly sync?: { readonly status: string };
  readonly health?: { readonly status: string };
  readonly operationState?: { readonly phase: string };
  readonly history?: readonly { readonly revision: string }[];
}
