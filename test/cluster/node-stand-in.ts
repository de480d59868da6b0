// Stands in for nodes: pods become ready, and those of Jobs succeed, without anything being run, so that there is health to be seen.
import type { Api, KubernetesObject, ObjectName } from './api.ts';
import type { Cluster } from './cluster.ts';
import { now } from './sources/artifact.ts';
import { inTurn } from './sources/in-turn.ts';
import { watchObjects } from './watch-objects.ts';

/** An image with this in its name can't be pulled. */
export const missingImage = 'no-such-image';

interface Pod extends KubernetesObject {
  readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] };
  readonly status?: { readonly phase?: string; readonly containerStatuses?: readonly unknown[] };
}

/** Starts caring for a cluster's pods, until the result goes out of scope. */
export function startNodeStandIn({ api, kubeconfig }: Cluster): AsyncDisposable {
  const running = new AsyncDisposableStack();
  const queue = running.use(inTurn((name) => settle(api, name)));
  const changed = ({ metadata }: KubernetesObject): void =>
    queue.add({ apiVersion: 'v1', kind: 'Pod', name: metadata.name, namespace: metadata.namespace ?? '' });
  running.use(watchObjects(api, kubeconfig, '/api/v1/pods', changed));
  return running;
}

/** Gives a new pod the status that a kubelet would, a moment later. */
async function settle(api: Api, name: ObjectName): Promise<undefined> {
  const pod = (await api.get(name)) as Pod | undefined;
  if (pod === undefined) return;
  if (pod.metadata.deletionTimestamp !== undefined) {
    // Nobody else says that the last container has ended.
    await api.request('DELETE', `/api/v1/namespaces/${name.namespace}/pods/${name.name}?gracePeriodSeconds=0`);
  } else if (pod.status?.containerStatuses === undefined) {
    await api.patchStatus(name, { status: statusOf(pod) });
  }
}

function statusOf({ spec: { containers }, metadata }: Pod): object {
  const missing = containers.some(({ image }) => image.includes(missingImage));
  const isJob = metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ?? false;
  const phase = missing ? 'Pending' : isJob ? 'Succeeded' : 'Running';
  const ready = phase === 'Running';
  const startTime = now();
  const condition = (type: string): object => ({ type, status: ready ? 'True' : 'False', lastTransitionTime: startTime });
  const containerStatuses = containers.map(({ name, image }) => ({
    name,
    image,
    imageID: '',
    ready,
    restartCount: 0,
    state: stateOf(image, phase, startTime),
  }));
  return { phase, startTime, conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition), containerStatuses };
}

function stateOf(image: string, phase: string, at: string): object {
  if (image.includes(missingImage)) return { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` } };
  if (phase === 'Succeeded') return { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } };
  return phase === 'Running' ? { running: { startedAt: at } } : { waiting: { reason: 'ContainerCreating' } };
}
