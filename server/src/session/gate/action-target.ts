import type { Cluster } from '../../cluster/cluster.ts';
import type { Inventory, Tracked } from '../../cluster/tree/inventory.ts';

/** What an action is to be done to. */
export interface ActionTarget {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
  /** All clusters that are known, for what deploys to another than its own. */
  readonly others: readonly Cluster[];
}
