import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { eventually } from '../e2e/eventually.ts';
import type { KubernetesObject, ObjectName } from './api.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { conditionOf, converged, patient } from './converge.ts';
import { missingImage, startNodeStandIn } from './node-stand-in.ts';

exitOnSignals();

const deployment = (name: string, image: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: ${image}}]}
`;
const objects = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---${deployment('web', 'nginx')}---${deployment('broken', missingImage)}---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: migrate}]}}}
`;

/** Whether a condition of this type holds. */
const has =
  (type: string) =>
  (object: KubernetesObject): boolean =>
    conditionOf(object, type)?.status === 'True';

interface Pod {
  readonly phase?: string;
  readonly containerStatuses?: readonly { readonly state: { readonly waiting?: { readonly reason: string } } }[];
}

describe('a stand-in for nodes', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('nodes'));
    starting.use(startNodeStandIn(cluster));
    await cluster.api.apply(objects);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const named = (apiVersion: string, kind: string, name: string): ObjectName => ({ apiVersion, kind, name, namespace: 'shop' });
  const podsOf = async (owner: string): Promise<{ readonly name: string; readonly status: Pod }[]> => {
    const pods = await cluster.api.list('v1', 'Pod', 'shop');
    return pods
      .filter(({ metadata }) => metadata.name.startsWith(`${owner}-`))
      .map(({ metadata, status }) => ({ name: metadata.name, status: status ?? {} }));
  };

  it('makes a Deployment available and its pods run, without logs', async () => {
    await converged(cluster.api, named('apps/v1', 'Deployment', 'web'), 'available', has('Available'));
    const pods = await podsOf('web');
    assert.deepEqual(
      pods.map(({ status }) => status.phase),
      ['Running', 'Running'],
    );
    const { status, body } = await cluster.api.request('GET', `/api/v1/namespaces/shop/pods/${pods[0]?.name}/log`);
    assert.equal(status, 204, 'no host, no log');
    assert.equal(body, '');
  });

  it('leaves pods without their image waiting', async () => {
    await converged(cluster.api, named('apps/v1', 'Deployment', 'broken'), 'waiting', ({ status }) => {
      const { unavailableReplicas, observedGeneration } = status as { unavailableReplicas?: number; observedGeneration?: number };
      return unavailableReplicas === 2 && observedGeneration === 1;
    });
    const [pod] = await podsOf('broken');
    assert.ok(pod);
    const settled = await converged(cluster.api, named('v1', 'Pod', pod.name), 'waiting for its image', ({ status }) => {
      return (status as Pod).containerStatuses?.[0]?.state.waiting?.reason === 'ImagePullBackOff';
    });
    assert.equal((settled['status'] as Pod).phase, 'Pending');
  });

  it('lets Jobs succeed', async () => {
    await converged(cluster.api, named('batch/v1', 'Job', 'migrate'), 'complete', has('Complete'));
  });

  it('lets deleted pods go', async () => {
    await cluster.api.remove(named('apps/v1', 'Deployment', 'broken'));
    await eventually('the pods to go', async () => ((await podsOf('broken')).length === 0 ? true : undefined), patient);
  });
});
