// Logs, by way of a real API server.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { followControllerLogs, followLogs } from '../../server/src/cluster/logs.ts';
import { until } from '../e2e/eventually.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { patient } from './converge.ts';
import { liveClusters } from './live-clusters.ts';
import { type LogStandIn, logNode, startLogStandIn } from './log-stand-in.ts';

exitOnSignals();

const objects = `
apiVersion: v1
kind: Namespace
metadata: {name: flux-system}
---
apiVersion: v1
kind: Pod
metadata: {name: kustomize-controller-0, namespace: flux-system, labels: {app: kustomize-controller}}
spec: {nodeName: ${logNode}, containers: [{name: manager, image: example.com/manager}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeName: ${logNode}
      containers: [{name: front, image: example.com/front}, {name: proxy, image: example.com/proxy}]
`;

const web = { group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' };

describe('logs', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let live: Live;
  let logs: LogStandIn;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('east'));
    logs = starting.use(await startLogStandIn(cluster));
    await cluster.api.apply(objects);
    live = await starting.use(liveClusters(cluster.kubeconfig)).of('east');
    const isMade = async (): Promise<boolean> => {
      const { body } = await cluster.api.request('GET', '/api/v1/namespaces/default/pods');
      return (body as { readonly items: readonly unknown[] }).items.length > 0;
    };
    await until('the Deployment to have its pod', isMade, patient);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  it('of all containers of a workload are followed to their end', async () => {
    const { signal } = new AbortController();
    logs.write('front', 'begins');
    logs.write('proxy', 'listens');
    const told: string[] = [];
    const following = followLogs(live, web, (line) => told.push(line.replace(/^web-[\da-z]+-[\da-z]+/, 'web')), signal);
    await until('what is there to be told', () => told.length === 2, patient);
    assert.deepEqual(told.toSorted(), ['web/front: 2026-01-01T00:00:00Z begins', 'web/proxy: 2026-01-01T00:00:00Z listens']);
    logs.write('front', 'answers');
    await until('what comes to be told', () => told.at(-1) === 'web/front: 2026-01-01T00:00:00Z answers', patient);
    logs.end('front');
    logs.end('proxy');
    await following;
  });

  it('of a controller are what it says of the object', async () => {
    const enough = new AbortController();
    const of = (name: string, namespace: string, message: string): string =>
      JSON.stringify({ level: 'info', msg: message, controllerKind: 'Kustomization', Kustomization: { name, namespace }, name, namespace });
    logs.write('manager', of('apps', 'default', 'server-side apply completed'));
    logs.write('manager', of('infra', 'default', 'Dependencies do not meet ready condition'));
    logs.write('manager', of('apps', 'elsewhere', 'server-side apply completed'));
    const apps = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'default', name: 'apps' };
    const told: string[] = [];
    const following = followControllerLogs(live, apps, (line) => told.push(line), enough.signal);
    await until('what is there to be told', () => told.length > 0, patient);
    logs.write('manager', of('apps', 'default', 'Reconciliation finished'));
    await until('what comes to be told', () => told.length > 1, patient);
    enough.abort(new Error('enough'));
    await assert.rejects(following, /enough/);
    assert.deepEqual(
      told.map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { readonly msg: string }).msg),
      ['server-side apply completed', 'Reconciliation finished'],
    );
  });
});
