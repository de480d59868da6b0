// The objects whose rows are open in the tree of clusters: what they manage is looked at.
import type { Connection } from 'vscode-languageserver';
import type { Cluster } from '../cluster/cluster.ts';
import { ResourceHealth } from '../cluster/resource-health.ts';
import { type Inventory, idOf } from '../cluster/tree/inventory.ts';
import type { HealthOf } from '../cluster/tree/resource-health.ts';
import type { RowKey } from '../cluster/tree/row.ts';
import { judged } from '../session/judged.ts';
import type { Session } from '../session/session.ts';
import { logFailure } from './background.ts';

/** What open objects are looked at with. */
export interface OpenObjectsOptions {
  readonly connection: Connection;
  readonly session: Session;
  readonly inventory: (cluster: Cluster) => Inventory;
  /** Called when something was found of what a cluster's objects manage. */
  readonly found: (cluster: Cluster) => void;
}

/** The objects that are open. */
export class OpenObjects {
  readonly #options: OpenObjectsOptions;
  readonly #healths = new Map<Cluster, ResourceHealth>();
  #open: readonly RowKey[] = [];

  constructor(options: OpenObjectsOptions) {
    this.#options = options;
  }

  /** These are open now; {@link look} follows. */
  set open(keys: readonly RowKey[]) {
    this.#open = keys;
  }

  /** What was found of the health of what a cluster's objects manage. */
  healthOf(cluster: Cluster): HealthOf {
    return (owner) => this.#of(cluster).of(owner);
  }

  /** Looks at what the open objects of a cluster manage now, and no longer at what others do. */
  look(cluster: Cluster): void {
    const isWatched = cluster.state.kind !== 'off';
    const ids = this.#open.flatMap((key) => (isWatched && key.row === 'object' && key.context === cluster.context.name ? [idOf(key)] : []));
    if (ids.length === 0 && !this.#healths.has(cluster)) return;
    const health = this.#of(cluster);
    health.only(new Set(ids));
    const { objects } = this.#options.inventory(cluster);
    for (const id of ids) {
      const owner = objects.get(id);
      if (owner) health.look(owner);
    }
  }

  /** Looks at nothing any more. */
  dispose(): void {
    for (const health of this.#healths.values()) health.only(new Set());
    this.#healths.clear();
  }

  #of(cluster: Cluster): ResourceHealth {
    const known = this.#healths.get(cluster);
    if (known) return known;
    const { connection, session, found } = this.#options;
    const health = new ResourceHealth(
      cluster,
      (tool, objects, signal) => judged(session, tool, objects, signal),
      () => found(cluster),
      (error) => logFailure(connection, `looking at what is in ${cluster.context.name}`, error),
    );
    this.#healths.set(cluster, health);
    return health;
  }
}
