import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { apiOf } from './api.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged } from './converge.ts';

exitOnSignals();

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;
const mayReadDeployments = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: reader}]
`;

describe('a control plane', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster('east');
    await cluster.api.apply(`${namespace('shop')}---${deployment}---${mayReadDeployments}`);
  });
  after(() => cluster[Symbol.asyncDispose]());

  it('says which Kubernetes it is', async () => {
    const { body } = await cluster.api.request('GET', '/version');
    assert.match((body as { readonly gitVersion: string }).gitVersion, /^v1\.\d+\.\d+$/);
  });

  it('has controllers that act', async () => {
    const name = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' };
    await converged(cluster.api, name, 'rolled out as far as it goes without nodes', ({ status }) => {
      const { replicas, unavailableReplicas } = (status ?? {}) as { readonly replicas?: number; readonly unavailableReplicas?: number };
      return replicas === 2 && unavailableReplicas === 2;
    });
    assert.equal((await cluster.api.list('v1', 'Pod', 'shop')).length, 2);
  });

  it('lets a user do what was granted, and nothing else', async () => {
    const reader = apiOf(cluster.server, cluster.reader);
    assert.equal((await reader.request('GET', '/apis/apps/v1/namespaces/shop/deployments/web')).status, 200);
    const { status, body } = await reader.request('DELETE', '/apis/apps/v1/namespaces/shop/deployments/web');
    assert.equal(status, 403);
    assert.match((body as { readonly message: string }).message, /User "reader" cannot delete resource "deployments"/);
    const stranger = apiOf(cluster.server, { ...cluster.reader, token: 'expired' });
    assert.equal((await stranger.request('GET', '/apis/apps/v1/namespaces/shop/deployments/web')).status, 401);
  });

  it('finishes a namespace that is deleted', async () => {
    const name = { apiVersion: 'v1', kind: 'Namespace', name: 'gone', namespace: '' };
    await cluster.api.apply(namespace('gone'));
    await cluster.api.remove(name);
    await cluster.api.apply(namespace('other'));
    while (await cluster.api.get(name)) await new Promise((resolve) => setTimeout(resolve, 100));
  });

  it('has another one beside it', async () => {
    await using west = await startCluster('west');
    await west.api.apply(namespace('only-in-the-west'));
    assert.equal(await cluster.api.get({ apiVersion: 'v1', kind: 'Namespace', name: 'only-in-the-west', namespace: '' }), undefined);
    assert.notEqual(west.server.url, cluster.server.url);
  });

  it('comes back with all it knew after its API server was away', async () => {
    await cluster.stopApiServer();
    await assert.rejects(cluster.api.request('GET', '/readyz'), /ECONNREFUSED/);
    await cluster.startApiServer();
    assert.ok(await cluster.api.get({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }));
  });
});
