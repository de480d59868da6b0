// Which object of a cluster a row of the tree is of.
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { readObject } from '../cluster/objects.ts';
import { type Inventory, type Tracked, trackedOf } from '../cluster/tree/inventory.ts';
import type { RowKey } from '../cluster/tree/row.ts';

/** A cluster, and what is known of it. */
export interface FoundCluster {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
}

/** Finds the cluster of a context; undefined when the kubeconfig does not have it any more. */
export type FindCluster = (context: string) => Promise<FoundCluster | undefined>;

/** An object as it is now. */
export interface FoundObject extends FoundCluster {
  readonly tracked: Tracked;
}

/** The object of a row, or that a resource's row belongs to; undefined when it is gone. @throws ClusterError */
export async function objectOf(id: string, find: FindCluster, signal: AbortSignal): Promise<FoundObject | undefined> {
  const key = JSON.parse(id) as RowKey;
  const name = key.row === 'resource' ? key.owner : key.row === 'object' ? key : undefined;
  const found = await find(key.context);
  if (!name || !found) return undefined;
  try {
    const tracked = trackedOf(await readObject(found.cluster, name, signal));
    return tracked && { ...found, tracked };
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'notFound') return undefined;
    throw error;
  }
}
