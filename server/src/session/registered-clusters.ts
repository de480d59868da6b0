// Which of the connected clusters tells an ApplicationSet what clusters there are, and what it tells.
import { type KnownSecrets, listRegistered } from '../cluster/argocd/cluster-secrets.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Inventory, idOf } from '../cluster/tree/inventory.ts';
import type { ObjectName } from '../model/pipeline.ts';
import type { RegisteredClusters } from '../model/registered-clusters.ts';
import type { KnownCluster } from '../cluster/known-clusters.ts';

/**
 * What the connected clusters tell of those that an ApplicationSet's Argo CD deploys to: the cluster that has this ApplicationSet does, or
 * else the only one with an Argo CD.
 *
 * @param secretsOf What is known of the Secrets of Argo CD in a namespace.
 */
export function registeredClusters(
  known: readonly KnownCluster[],
  set: ObjectName,
  secretsOf: (cluster: Cluster, namespace: string) => KnownSecrets,
): RegisteredClusters {
  const all = known.flatMap(({ cluster, inventory }) => {
    // Argo CD's own API server gives no Secrets.
    const namespace = cluster.argocd ? undefined : argocdNamespace(inventory, set);
    return namespace === undefined ? [] : [{ cluster, inventory, namespace }];
  });
  const having = all.filter(({ inventory, namespace }) => hasSet(inventory, set, namespace));
  const candidates = having.length > 0 ? having : all;
  const [chosen] = candidates;
  if (!chosen) return { kind: 'none' };
  if (candidates.length > 1) {
    const names = candidates.map(({ cluster }) => cluster.context.name).join(', ');
    const what = having.length > 0 ? `The ApplicationSet ${set.name}` : 'Argo CD';
    return { kind: 'unknown', reason: `${what} is in several connected clusters (${names}), and which one counts is not known.` };
  }
  const { cluster, namespace } = chosen;
  const { clusters, heard, error } = secretsOf(cluster, namespace);
  const { name } = cluster.context;
  if (clusters) return { kind: 'known', from: fromContext(name, new Date(heard)), clusters: sorted(clusters) };
  const reason = error
    ? `The context ${name} does not tell which clusters there are: ${error.message}`
    : `The context ${name} is being asked which clusters there are.`;
  return { kind: 'unknown', reason };
}

/**
 * The same, asked of a cluster that holds the ApplicationSet, once.
 *
 * @throws ClusterError when the cluster can't be asked; what may not be read there is told.
 */
export async function askRegistered(
  cluster: Cluster,
  inventory: Inventory,
  set: ObjectName,
  signal: AbortSignal,
): Promise<RegisteredClusters> {
  const namespace = cluster.argocd ? undefined : argocdNamespace(inventory, set);
  if (namespace === undefined) return { kind: 'none' };
  const { name } = cluster.context;
  try {
    return { kind: 'known', from: fromContext(name, new Date()), clusters: await listRegistered(cluster, namespace, signal) };
  } catch (error) {
    if (!(error instanceof ClusterError) || error.kind !== 'forbidden') throw error;
    return { kind: 'unknown', reason: `The context ${name} does not tell which clusters there are: ${error.message}` };
  }
}

function fromContext(name: string, at: Date): string {
  return `context ${name}, ${at.toTimeString().slice(0, 8)}`;
}

// As the API server lists them.
function sorted<Value>(byKey: ReadonlyMap<string, Value>): Value[] {
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** The namespace of the Argo CD that an ApplicationSet is for, the only one that has projects; undefined when it can't be told. */
function argocdNamespace(inventory: Inventory, { namespace }: ObjectName): string | undefined {
  const all = new Set([...inventory.objects.values()].filter(({ name }) => name.kind === 'AppProject').map(({ name }) => name.namespace));
  if (all.has(namespace)) return namespace;
  const [only] = all;
  return all.size === 1 ? only : undefined;
}

function hasSet(inventory: Inventory, { group, objectKind, namespace, name }: ObjectName, argocd: string): boolean {
  return inventory.objects.has(idOf({ group, kind: objectKind, namespace: namespace || argocd, name }));
}
