// The messages about what deploys a file, and what is to be known of an object of a cluster.
import type { Notification, Request } from './messages.ts';

/** An object of a cluster that deploys something here. */
export interface Deployer {
  /** Id of its row. */
  readonly id: string;
  readonly context: string;
  /** Its kind: which action deploys it. */
  readonly kind: string;
  /** `Application argocd/shop`. */
  readonly label: string;
  /** How it stands, in the tool's words. */
  readonly description: string;
}

/** What deploys a file, as far as the clusters that are watched tell. */
export interface Deployers {
  /** The contexts that are watched; where there are none, nothing can be known. */
  readonly watched: readonly string[];
  /** Why some of these can't be asked now, a sentence each: what is told of them is what they said last. */
  readonly problems: readonly string[];
  readonly deployers: readonly Deployer[];
}

/** Which objects of the watched clusters deploy the folder of a file, or are declared in the file. Waits for what has just been opened. */
export const clusterDeployers: Request<{ readonly uri: string }, Deployers> = { method: 'drydock/clusterDeployers' };

/**
 * What can be told of the object of a row: why it is not synced, its conditions, its events (or those of a resource), what was deployed
 * before, and what is delivered in which order.
 */
export type ClusterReport = 'explanation' | 'conditions' | 'events' | 'history' | 'order';

/** A report about the object of a row, in Markdown; null when it is gone. */
export const clusterReport: Request<{ readonly id: string; readonly report: ClusterReport }, string | null> = {
  method: 'drydock/clusterReport',
};

/**
 * Follows the logs of a row's workload, or what the controller of a row's object writes about it, until it is cancelled or there is no
 * more. Lines come by {@link clusterLogLines} with the same token. Gives why there is nothing, or empty text.
 */
export const clusterLogs: Request<{ readonly id: string; readonly of: 'workload' | 'controller'; readonly token: string }, string> = {
  method: 'drydock/clusterLogs',
};

/** Server to client: lines of a log. */
export const clusterLogLines: Notification<{ readonly token: string; readonly lines: readonly string[] }> = {
  method: 'drydock/clusterLogLines',
};
