// The clusters of one user, with what is known of each and kept until it changes.
import type { Cluster } from './cluster.ts';
import { type ClusterOptions, Clusters } from './clusters.ts';
import type { KubeContext, Kubeconfig } from './kubeconfig.ts';
import { type Inventory, inventoryOf } from './tree/inventory.ts';
import type { HealthOf } from './tree/resource-health.ts';

/** A cluster and what is known of it, which may be what it said last. */
export interface KnownCluster {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  /** What was found of the health of what its objects manage; none where nobody looks. */
  readonly health?: HealthOf;
}

/** What clusters are known by. */
export interface KnownClustersOptions extends Omit<ClusterOptions, 'argocd'> {
  /** Address of the Argo CD that is asked through its API server; empty for none. */
  readonly argocdServer: () => string;
  readonly healthOf: (cluster: Cluster) => HealthOf;
  /** A cluster's state or objects changed: what was known of it is forgotten. */
  readonly changed: (cluster: Cluster) => void;
  /** A failure that is a bug. */
  readonly failed: (what: string, error: unknown) => void;
}

/** The clusters of a user. */
export class KnownClusters {
  readonly #clusters: Clusters;
  readonly #healthOf: KnownClustersOptions['healthOf'];
  readonly #inventories = new Map<Cluster, Inventory>();
  /** What the user has signed in to Argo CD with, by its address. */
  readonly #tokens = new Map<string, string>();
  #kubeconfig: Promise<Kubeconfig> | undefined;

  constructor(options: KnownClustersOptions) {
    this.#healthOf = options.healthOf;
    const argocd = (): { readonly server: string; readonly token: string } | undefined => {
      const server = options.argocdServer();
      return server === '' ? undefined : { server, token: this.#tokens.get(server) ?? '' };
    };
    const changed = (cluster: Cluster): void => {
      this.#inventories.delete(cluster);
      options.changed(cluster);
    };
    this.#clusters = new Clusters({ ...options, argocd }, { changed, failed: options.failed });
  }

  /** Those that were looked at. */
  get lookedAt(): readonly Cluster[] {
    return this.#clusters.known;
  }

  /** The same, with what is known of them. */
  get known(): KnownCluster[] {
    return this.#clusters.known.map((cluster) => ({ cluster, inventory: this.inventory(cluster) }));
  }

  /** The contexts, as the kubeconfig files had them when they were read last: the first time, and after {@link forgetFiles}. */
  contexts(): Promise<Kubeconfig> {
    return (this.#kubeconfig ??= this.#clusters.contexts());
  }

  /** Has the kubeconfig files read anew when they are needed next. */
  forgetFiles(): void {
    this.#kubeconfig = undefined;
  }

  /** The cluster of a context; it is asked nothing yet. */
  of(context: KubeContext): Cluster {
    return this.#clusters.of(context);
  }

  /** The cluster of the context of that name, and what is known of it; undefined when there is no such context any more. */
  async find(name: string): Promise<KnownCluster | undefined> {
    const { contexts } = await this.contexts();
    const context = contexts.find((each) => each.name === name);
    const cluster = context && this.of(context);
    return cluster && { cluster, inventory: this.inventory(cluster), health: this.#healthOf(cluster) };
  }

  /** Those that can be asked. */
  async usable(): Promise<Cluster[]> {
    const { contexts } = await this.contexts();
    return contexts.filter(({ problem }) => problem === undefined).map((context) => this.of(context));
  }

  /** The cluster's objects as they are known now. */
  inventory(cluster: Cluster): Inventory {
    const known = this.#inventories.get(cluster);
    if (known) return known;
    const inventory = inventoryOf(cluster);
    this.#inventories.set(cluster, inventory);
    return inventory;
  }

  /**
   * Takes the token that the user has signed in to an Argo CD with.
   *
   * @returns the clusters that are asked with another one from then on.
   */
  signedIn(server: string, token: string): Cluster[] {
    if ((this.#tokens.get(server) ?? '') === token) return [];
    this.#tokens.set(server, token);
    return this.#clusters.known.filter(({ argocd }) => argocd !== undefined);
  }

  /** Ends all watches. */
  dispose(): void {
    this.#clusters.dispose();
  }
}
