// The pods of a workload.
import { pathOf } from './api-resources.ts';
import type { Cluster } from './cluster.ts';
import type { LiveObject } from './live-object.ts';
import { readObject } from './objects.ts';
import type { ObjectName } from './tree/row.ts';

/** A pod, as far as it is read. */
export interface Pod extends LiveObject {
  readonly spec?: { readonly containers: readonly { readonly name: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
}

/** The kinds whose pods are found by their `spec.selector`. */
export const workloadKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']);

/** Whether something has pods, or is one. */
export function hasPods({ group, kind }: Pick<ObjectName, 'group' | 'kind'>): boolean {
  return kind === 'Pod' ? group === '' : workloadKinds.has(kind) && (group === 'apps' || group === 'batch');
}

/** The pods of a workload, or the pod itself; none for other kinds. @throws ClusterError */
export async function podsOf(cluster: Cluster, name: ObjectName, signal: AbortSignal): Promise<Pod[]> {
  if (name.kind === 'Pod') return [await readObject<Pod>(cluster, name, signal)];
  if (!workloadKinds.has(name.kind)) return [];
  const { spec } = await readObject<Workload>(cluster, name, signal);
  return spec?.selector ? listPods(cluster, name.namespace, selectorText(spec.selector), signal) : [];
}

/** The pods of a namespace that a selector of labels chooses. @throws ClusterError */
export async function listPods(cluster: Cluster, namespace: string, labelSelector: string, signal: AbortSignal): Promise<Pod[]> {
  const path = pathOf({ group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] }, namespace);
  const { items } = await cluster.connection.json<{ readonly items: readonly Pod[] }>(
    { method: 'GET', path, query: { labelSelector } },
    signal,
  );
  return [...items];
}

interface Workload extends LiveObject {
  readonly spec?: { readonly selector?: LabelSelector };
}

/** `meta/v1.LabelSelector`. */
interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...expressions].join(',');
}
