// The tree of a cluster with 2,000 Applications of 50 resources each, from a real API server: how long until it is there, what it takes,
// what a level of rows and one change cost. Beside it the peer: the client library's informer of the same objects.
// With a number, so many Applications: an API server takes minutes to take them in.
import { fork } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/cache.ts';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { applyDefinitions, argocdDefinitions } from '../cluster/definitions.ts';

const applications = Number(process.argv[2] ?? 2000);
const resources = 50;
const sideBySide = 16;
let changes = 0;

await using cluster = await startCluster('large');
await applyDefinitions(cluster.api, await argocdDefinitions());
await cluster.api.apply('apiVersion: v1\nkind: Namespace\nmetadata: {name: argocd}\n');
console.log(`${applications} Applications of ${resources} resources`);
const filling = performance.now();
await fill(cluster);
console.log(`  filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`);
// Twice: what the API server is asked first after it was filled, it answers slowly.
for (const side of ['tree', 'library', 'tree', 'library'] as const) await inProcess(side, cluster);

/** Each side has a process of its own, whose memory is its own. */
async function inProcess(side: 'tree' | 'library', { kubeconfig }: Cluster): Promise<void> {
  console.log(` ${side === 'tree' ? 'ours' : 'the informer of @kubernetes/client-node'}`);
  const child = fork(path.join(root, 'test', 'bench', 'clusters', `${side}.ts`), [kubeconfig, String(applications)], {
    execArgv: ['--expose-gc'],
  });
  child.on('message', (message) => {
    if (message === 'change') void change(cluster);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${side} ended with exit code ${code ?? 'none'}.`);
}

async function fill({ api }: Cluster): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < applications; index = next++) {
      const { status, body } = await api.request('POST', '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications', {
        type: 'application/json',
        content: application(index),
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}

async function change({ api }: Cluster): Promise<void> {
  changes += 1;
  const name = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop-0', namespace: 'argocd' };
  await api.patch(name, { status: { health: { status: changes % 2 === 0 ? 'Healthy' : 'Degraded' } } });
}

// As Argo CD 3.2 leaves one after a sync: its resources, their results, and what was before.
function application(index: number): object {
  const source = { repoURL: 'https://github.com/acme/fleet.git', path: `apps/shop-${index}/overlays/production`, targetRevision: 'main' };
  const destination = { server: 'https://kubernetes.default.svc', namespace: `shop-${index}` };
  const revision = index.toString(16).padStart(40, '0');
  const time = '2026-01-01T00:00:00Z';
  const each = Array.from({ length: resources }, (_, number) => ({
    group: number % 2 === 0 ? 'apps' : '',
    version: 'v1',
    kind: number % 2 === 0 ? 'Deployment' : 'ConfigMap',
    namespace: `shop-${index}`,
    name: `part-${number}`,
  }));
  const sync = { status: index % 20 === 0 ? 'OutOfSync' : 'Synced', revision, comparedTo: { source, destination } };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `shop-${index}`, namespace: 'argocd' },
    spec: { project: `team-${index % 10}`, source, destination, syncPolicy: { automated: { prune: true } } },
    status: {
      sync,
      health: { status: 'Healthy' },
      resources: each.map((resource) => ({ ...resource, status: sync.status, health: { status: 'Healthy' } })),
      history: Array.from({ length: 10 }, (_, id) => ({ id, revision, source, deployedAt: time, deployStartedAt: time })),
      operationState: {
        operation: { sync: { revision } },
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        startedAt: time,
        finishedAt: time,
        syncResult: {
          revision,
          source,
          resources: each.map((resource) => ({
            ...resource,
            status: 'Synced',
            message: `${resource.name} configured`,
            hookPhase: 'Running',
            syncPhase: 'Sync',
          })),
        },
      },
    },
  };
}
