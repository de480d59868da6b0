// Stands in for what surrounds a cluster (load balancers, gateways, metrics, disks): what is exposed gets an address, what scales itself is
// content as it is, and claims are bound to nothing.
import type { KubernetesObject, ObjectName } from './api.ts';
import type { Cluster } from './cluster.ts';
import { now } from './sources/artifact.ts';
import { inTurn } from './sources/in-turn.ts';
import { watchObjects } from './watch-objects.ts';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** What its controller would say of an object. */
  readonly status: (object: KubernetesObject) => object;
}

const kinds: readonly Kind[] = [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    plural: 'ingresses',
    status: () => ({ loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } }),
  },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', plural: 'httproutes', status: routeStatus },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', status: () => ({ phase: 'Bound' }) },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', plural: 'horizontalpodautoscalers', status: autoscalerStatus },
];

/** Starts standing in for the surroundings of a cluster, until the result goes out of scope. The cluster must know HTTPRoutes. */
export function startSurroundingsStandIn({ api, kubeconfig }: Cluster): AsyncDisposable {
  const running = new AsyncDisposableStack();
  const settle = async (name: ObjectName): Promise<undefined> => {
    const object = await api.get(name);
    const kind = kinds.find((each) => each.kind === name.kind);
    if (object && kind && !isSettled(object)) await api.patchStatus(name, { status: kind.status(object) });
  };
  const queue = running.use(inTurn(settle));
  for (const { apiVersion, kind, plural } of kinds) {
    const changed = ({ metadata }: KubernetesObject): void =>
      queue.add({ apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? '' });
    running.use(watchObjects(api, kubeconfig, `${apiVersion === 'v1' ? '/api' : '/apis'}/${apiVersion}/${plural}`, changed));
  }
  return running;
}

// The API server gives some of them empty fields of their own.
function isSettled(object: KubernetesObject): boolean {
  const status = (object['status'] ?? {}) as Readonly<Record<string, unknown>>;
  const { ingress } = (status['loadBalancer'] ?? {}) as { readonly ingress?: unknown };
  return ingress !== undefined || status['phase'] === 'Bound' || status['parents'] !== undefined || status['conditions'] !== undefined;
}

function routeStatus(object: KubernetesObject): object {
  const { parentRefs = [] } = object['spec'] as { readonly parentRefs?: readonly object[] };
  const conditions = ['Accepted', 'ResolvedRefs'].map((type) => condition(type, type));
  return { parents: parentRefs.map((parentRef) => ({ parentRef, controllerName: 'example.com/stand-in', conditions })) };
}

function autoscalerStatus(object: KubernetesObject): object {
  const { minReplicas = 1 } = object['spec'] as { readonly minReplicas?: number };
  const conditions = [condition('AbleToScale', 'ReadyForNewScale'), condition('ScalingActive', 'ValidMetricFound')];
  return { currentReplicas: minReplicas, desiredReplicas: minReplicas, conditions };
}

function condition(type: string, reason: string): object {
  return { type, status: 'True', reason, message: '', lastTransitionTime: now() };
}
