// The clusters that the client shows: watched while they are seen, and told as rows.
import type { Connection } from 'vscode-languageserver';
import type { ClusterRow, ClusterRows } from '../../../protocol/src/clusters.ts';
import { clusterRowDetails, clusterRows, clustersChanged, clustersSeen, refreshClusters } from '../../../protocol/src/clusters.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Clusters } from '../cluster/clusters.ts';
import { rowDetails } from '../cluster/tree/details.ts';
import { filterOf } from '../cluster/tree/filter.ts';
import { type Inventory, inventoryOf } from '../cluster/tree/inventory.ts';
import type { Row, RowKey } from '../cluster/tree/row.ts';
import { contextRow, rowsBelow } from '../cluster/tree/rows.ts';
import type { View } from '../model/view.ts';
import { answerer } from './answerer.ts';
import { type Background, logFailure } from './background.ts';
import { answerClusterActions } from './cluster-actions.ts';

// Milliseconds for which changes are gathered before the client is told.
const gathered = 250;

/** What the tree of clusters is made with. */
export interface ClusterTreeOptions {
  readonly connection: Connection;
  readonly background: Background;
  readonly settings: () => Settings;
  readonly view: () => View;
  /** Settles when the settings are known. */
  readonly opened: Promise<void>;
  /** False in an untrusted workspace: a kubeconfig may name programs. */
  readonly trusted: boolean;
}

/** The tree of clusters of one client. */
export class ClusterTree {
  readonly #options: ClusterTreeOptions;
  readonly #clusters: Clusters;
  readonly #inventories = new Map<Cluster, Inventory>();
  readonly #changed = new Set<string>();
  #telling: NodeJS.Timeout | undefined;

  constructor(options: ClusterTreeOptions) {
    this.#options = options;
    const settings = () => options.settings().cluster;
    this.#clusters = new Clusters(
      {
        kubeconfig: () => settings().kubeconfig,
        argocd: () => undefined,
        hidden: () => settings().hiddenContexts,
        timeout: () => settings().timeout,
      },
      {
        changed: (cluster) => this.#tell(cluster),
        failed: (what, error) => logFailure(options.connection, what, error),
      },
    );
    if (!options.trusted) return;
    const answer = answerer(options.connection, options.opened);
    answer(clusterRows, async ({ parent, filter, limit }) => page(await this.#rows(parent, filter), limit));
    answer(clusterRowDetails, async ({ id }) => {
      const key = keyIn(id);
      const cluster = await this.#cluster(key.context);
      return cluster ? (rowDetails(this.#inventory(cluster), cluster, key, this.#options.view()) ?? null) : null;
    });
    answer(refreshClusters, async ({ context }) => {
      for (const cluster of this.#clusters.known) if (context === undefined || cluster.context.name === context) cluster.restart();
      await this.#clusters.contexts();
      return null;
    });
    answerClusterActions(options.connection, {
      ...options,
      cluster: async (context) => {
        const cluster = await this.#cluster(context);
        return cluster && { cluster, inventory: this.#inventory(cluster) };
      },
    });
    options.connection.onNotification(clustersSeen.method, ({ contexts }: { readonly contexts: readonly string[] }) => {
      for (const cluster of this.#clusters.known) if (!contexts.includes(cluster.context.name)) cluster.stop();
    });
  }

  /** Ends all watches. */
  dispose(): void {
    clearTimeout(this.#telling);
    this.#clusters.dispose();
  }

  async #rows(parent: string | undefined, filter: string): Promise<ClusterRow[]> {
    if (parent === undefined) return this.#contextRows(filter);
    const key = keyIn(parent);
    const cluster = await this.#cluster(key.context);
    if (!cluster) return [];
    if (key.row === 'context' && cluster.context.problem === undefined) cluster.start();
    return rowsBelow({ cluster, inventory: this.#inventory(cluster), filter: filterOf(filter) }, key).map(told);
  }

  async #contextRows(filter: string): Promise<ClusterRow[]> {
    const { contexts, current, problems } = await this.#clusters.contexts();
    const rows = contexts.map((context) => {
      const cluster = this.#clusters.of(context);
      const row = contextRow({ cluster, inventory: this.#inventory(cluster), filter: filterOf(filter) }, context.name === current);
      return { ...told(row), expanded: context.name === current };
    });
    return [...problems.map(messageRow), ...rows];
  }

  async #cluster(name: string): Promise<Cluster | undefined> {
    const known = this.#clusters.known.find(({ context }) => context.name === name);
    if (known) return known;
    const { contexts } = await this.#clusters.contexts();
    const context = contexts.find((each) => each.name === name);
    return context && this.#clusters.of(context);
  }

  #inventory(cluster: Cluster): Inventory {
    const known = this.#inventories.get(cluster);
    if (known) return known;
    const inventory = inventoryOf(cluster);
    this.#inventories.set(cluster, inventory);
    return inventory;
  }

  #tell(cluster: Cluster): void {
    this.#inventories.delete(cluster);
    this.#changed.add(cluster.context.name);
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      const contexts = [...this.#changed];
      this.#changed.clear();
      const { connection, background } = this.#options;
      background('telling that clusters changed', connection.sendNotification(clustersChanged.method, { contexts }));
    }, gathered);
  }
}

function page(rows: readonly ClusterRow[], limit: number): ClusterRows {
  return { rows: rows.slice(0, limit), more: Math.max(0, rows.length - limit) };
}

function keyIn(id: string): RowKey {
  return JSON.parse(id) as RowKey;
}

function messageRow(text: string): ClusterRow {
  const key = { row: 'message', context: '', text } satisfies RowKey;
  return {
    id: JSON.stringify(key),
    context: '',
    row: 'message',
    kind: '',
    label: text,
    description: '',
    problems: 1,
    expandable: false,
    expanded: false,
  };
}

function told({ key, label, description, health, sync, problems, expandable }: Row): ClusterRow {
  return {
    id: JSON.stringify(key),
    context: key.context,
    row: key.row,
    kind: 'kind' in key ? key.kind : '',
    label,
    description,
    ...(health ? { health } : {}),
    ...(sync ? { sync } : {}),
    problems,
    expandable,
    expanded: false,
  };
}
