// The messages about clusters: the live tree, which the server makes and the client draws.
import type { Notification, Request } from './messages.ts';

/** A row of the tree of clusters. */
export interface ClusterRow {
  /** Unique in the tree and stable while the object keeps its identity. */
  readonly id: string;
  /** The context of the kubeconfig that it belongs to. */
  readonly context: string;
  /** What it is of: an object of a watched kind, something that one manages, a sentence … */
  readonly row: 'context' | 'argocd' | 'flux' | 'project' | 'heading' | 'object' | 'resource' | 'message';
  /** Kubernetes kind of an object or a resource; else empty. */
  readonly kind: string;
  readonly label: string;
  /** Dimmed text beside the label. */
  readonly description: string;
  /** In Argo CD's terms, which Flux's readiness is told in too. */
  readonly health?: 'healthy' | 'progressing' | 'degraded' | 'suspended' | 'missing' | 'unknown';
  readonly sync?: 'synced' | 'outOfSync' | 'unknown';
  /** How many objects in it or below it need a person's attention. */
  readonly problems: number;
  readonly expandable: boolean;
  /** Whether it should be open when it is first shown. */
  readonly expanded: boolean;
}

/** Some rows of a level. */
export interface ClusterRows {
  readonly rows: readonly ClusterRow[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * The rows below a row, or the contexts of the kubeconfig. Asking for the rows below a context connects to its cluster: the user has
 * opened it.
 */
export const clusterRows: Request<
  {
    /** Id of the row; none for the contexts. */
    readonly parent?: string;
    /** `shop ns:prod is:degraded`; empty for all. */
    readonly filter: string;
    /** How many rows are wanted at most. */
    readonly limit: number;
  },
  ClusterRows
> = { method: 'drydock/clusterRows' };

/** What there is to say about a row in Markdown: revision, conditions, age; null when it is gone. */
export const clusterRowDetails: Request<{ readonly id: string }, string | null> = { method: 'drydock/clusterRowDetails' };

/** Client to server: whether the tree can be seen, and the contexts that are open in it. What is not seen is not watched. */
export const clustersSeen: Notification<{ readonly contexts: readonly string[] }> = { method: 'drydock/clustersSeen' };

/** Reads the kubeconfig files anew, and asks a context's cluster, or all that are watched, for everything again. */
export const refreshClusters: Request<{ readonly context?: string }, null> = { method: 'drydock/refreshClusters' };

/** Server to client: ask for the rows of these contexts again. */
export const clustersChanged: Notification<{ readonly contexts: readonly string[] }> = { method: 'drydock/clustersChanged' };
