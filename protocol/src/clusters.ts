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
  /** Changes when the object, or what manages the resource, does: what is told of it by {@link clusterRowDetails} may be another; else empty. */
  readonly version: string;
  /** How many objects in it or below it need a person's attention. */
  readonly problems: number;
  readonly expandable: boolean;
  /** Whether it should be open when it is first shown. */
  readonly expanded: boolean;
  /** What can be done with it, in the order of menus. */
  readonly actions: readonly RowAction[];
  /** Those of them that can't be done now, and why. */
  readonly refused: readonly { readonly action: RowAction; readonly reason: string }[];
}

/** What can be done with a row: a command of the client each. */
export type RowAction =
  | 'openLiveObject'
  | 'diff'
  | 'diffLastSynced'
  | 'sync'
  | 'refresh'
  | 'hardRefresh'
  | 'terminate'
  | 'reconcile'
  | 'reconcileWithSource'
  | 'force'
  | 'resume'
  | 'suspend'
  | 'rollBack'
  | 'explain'
  | 'conditions'
  | 'events'
  | 'history'
  | 'order'
  | 'logs'
  | 'controllerLogs'
  | 'copyName'
  | 'copyCommand'
  | 'signIn'
  | 'delete';

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

/** Client to server: what is open in the tree, as far as it can be seen. What is not seen is not watched. */
export const clustersSeen: Notification<{
  readonly contexts: readonly string[];
  /** Ids of the rows of objects: what they manage is looked at. */
  readonly objects: readonly string[];
}> = { method: 'drydock/clustersSeen' };

/** Reads the kubeconfig files anew, and asks a context's cluster, or all that are watched, for everything again. */
export const refreshClusters: Request<{ readonly context?: string }, null> = { method: 'drydock/refreshClusters' };

/** Server to client: what is known of these contexts changed. Here are their rows; those below are to be asked for again. */
export const clustersChanged: Notification<{ readonly contexts: readonly ClusterRow[] }> = { method: 'drydock/clustersChanged' };

/** What a person may do with an object of a cluster. The words are those of `argocd app` and `flux`. */
export type ClusterAction =
  /** Argo CD: begin a sync. */
  | {
      readonly kind: 'sync';
      /** Another revision than the one that is tracked; empty for that. */
      readonly revision: string;
      readonly prune: boolean;
      readonly dryRun: boolean;
      readonly force: boolean;
      readonly applyOnly: boolean;
      /** Ids of rows of resources; none for all. */
      readonly only: readonly string[];
    }
  | { readonly kind: 'refresh'; readonly refresh: 'normal' | 'hard' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'rollback'; readonly id: number; readonly prune: boolean; readonly dryRun: boolean }
  /** Flux: reconcile now; `force` and `reset` are for HelmReleases. */
  | { readonly kind: 'reconcile'; readonly withSource: boolean; readonly force: boolean; readonly reset: boolean }
  | { readonly kind: 'suspend' | 'resume' }
  | { readonly kind: 'delete'; readonly cascade: 'foreground' | 'background' | 'orphan' };

/** What stands before an action: shown before anything is touched. */
export interface Gate {
  /** `Sync Application shop on prod`. */
  readonly title: string;
  /** Why it can't be done, a sentence each; then it is not offered. */
  readonly refusals: readonly string[];
  /** What the user should know first, a sentence each. */
  readonly warnings: readonly string[];
  /** What will change and be pruned, a sentence each; none where the action deploys nothing. */
  readonly changes: readonly string[];
  /** What has to be typed; empty when a button is enough. */
  readonly typed: string;
  /** What takes the refusal away, where one action does. */
  readonly remedy?: { readonly words: string; readonly action: ClusterAction };
}

/** What stands before an action on the object of a row. */
export const clusterGate: Request<{ readonly id: string; readonly action: ClusterAction }, Gate> = { method: 'drydock/clusterGate' };

/** How an action ended. */
export interface ActionResult {
  readonly succeeded: boolean;
  readonly message: string;
  readonly failures: readonly ActionFailure[];
  /** What it was done to: of a resource's row, the object that has put it there. */
  readonly object: { readonly id: string; readonly name: string };
  /** What can't be looked at here to know more. */
  readonly withheld: readonly RowAction[];
}

/** What an action failed at. */
export interface ActionFailure {
  /** Id of its row. */
  readonly id: string;
  /** `Deployment web`. */
  readonly name: string;
  /** Empty where the result's own message has it. */
  readonly message: string;
  /** Whether it has pods, whose logs may tell. */
  readonly hasLogs: boolean;
}

/**
 * Does it: the user has seen the gate. Told of what goes on by {@link clusterActionProgress} with the same token. Cancelling the request
 * ends the waiting, not what the controller has begun.
 */
export const clusterAct: Request<{ readonly id: string; readonly action: ClusterAction; readonly token: string }, ActionResult> = {
  method: 'drydock/clusterAct',
};

/** Server to client: what an action does now, in one line. */
export const clusterActionProgress: Notification<{ readonly token: string; readonly message: string }> = {
  method: 'drydock/clusterActionProgress',
};

/** A deployment of the past. */
export interface Deployment {
  /** What {@link ClusterAction} `rollback` names it by, 0 for Argo CD's first; none for Flux's, which only Git can bring back. */
  readonly id?: number;
  readonly revision: string;
  /** RFC 3339; empty when it is not told. */
  readonly deployedAt: string;
  /** Who began it, how it ended: what else is known, in one line. */
  readonly note: string;
}

/** What was deployed before from the object of a row, the latest first. */
export const clusterHistory: Request<{ readonly id: string }, readonly Deployment[]> = { method: 'drydock/clusterHistory' };

/** Scheme of the documents with the two sides of {@link LiveDifference}. */
export const liveScheme = 'drydock-live';

/** How one resource differs between the cluster and what is rendered here. */
export interface LiveDifference {
  /** `Deployment shop/web`. */
  readonly label: string;
  /** `refused`: the server would not take it. `kept`: Git no longer has it, and it stays all the same. */
  readonly change: 'create' | 'change' | 'prune' | 'kept' | 'refused';
  /** URI of the live side; its text is empty when there is nothing. */
  readonly live: string;
  /** URI of the other side; its text is empty when it is to go. */
  readonly rendered: string;
  /** Why it is refused or kept, or what else is to be known; empty for nothing to say. */
  readonly reason: string;
}

/** How what an object has put into a cluster differs from what is rendered here, or from what was synced last. */
export interface LiveDiff {
  /** `Application shop on prod`. */
  readonly title: string;
  /** What the side beside the live one is called: `rendered`, `last synced (0123456)`. */
  readonly called: string;
  readonly differences: readonly LiveDifference[];
  /** How many resources are as they should be. */
  readonly same: number;
  /** What had to be left open, a sentence each. */
  readonly notes: readonly string[];
  /** Why there is no answer; then there are no differences. Empty when there is one. */
  readonly failure: string;
}

/**
 * Compares what the object of a row has put into its cluster, or the resource of a row alone, with what is rendered here or what was synced
 * last. Asks the cluster for dry runs and changes nothing. Told of what goes on by {@link clusterActionProgress} with the same token. While a
 * side of a difference with what is rendered is open, it follows what is typed.
 */
export const liveDiff: Request<{ readonly id: string; readonly against: 'rendered' | 'lastSynced'; readonly token: string }, LiveDiff> = {
  method: 'drydock/liveDiff',
};

/** Client to server: the token that the user has given for `drydock.argocd.server`; empty when there is none. */
export const argocdToken: Request<{ readonly server: string; readonly token: string }, null> = { method: 'drydock/argocdToken' };

/** What a token is good for. */
export type SignIn = { readonly kind: 'signedIn'; readonly user: string } | { readonly kind: 'refused'; readonly reason: string };

/** Asks an Argo CD whether it takes a token, and takes it from then on if so: as {@link argocdToken} does, which asks nobody. */
export const argocdSignIn: Request<{ readonly server: string; readonly token: string }, SignIn> = { method: 'drydock/argocdSignIn' };
