// The messages about what is known of clusters beside the tree: the way to a row, one object, the folders that are deployed.
import type { ClusterRow } from './clusters.ts';
import type { Request } from './messages.ts';

/** A row and the how-manyth it is of its level, from 0. */
export interface PlacedRow {
  readonly row: ClusterRow;
  readonly position: number;
}

/** The rows that lead to a row, from its context to itself, nothing filtered; empty when it is not there. Asks no cluster. */
export const clusterRowPath: Request<{ readonly id: string }, readonly PlacedRow[]> = { method: 'drydock/clusterRowPath' };

/** The command lines of kubectl, argocd and flux that look at the object of a row. */
export const clusterCommandLines: Request<{ readonly id: string }, readonly string[]> = { method: 'drydock/clusterCommandLines' };

/** Scheme of the documents with an object as it is in a cluster; the query is the id of its row. */
export const liveObjectScheme = 'drydock-object';

/** The YAML of the object of a row as it is in its cluster now, Secrets masked; a comment that says why there is none. */
export const liveObjectText: Request<{ readonly id: string }, string> = { method: 'drydock/liveObjectText' };

/** A folder of the workspace that objects of known clusters deliver. */
export interface DeployedFolder {
  readonly uri: string;
  /** The worst of what delivers it. */
  readonly state: 'healthy' | 'progressing' | 'outOfSync' | 'degraded' | 'suspended' | 'unknown';
  /** What delivers it, a line each: `prod: Application shop, OutOfSync · Healthy · 3 minutes ago`. */
  readonly deliveries: readonly string[];
}

/** All of them, as far as clusters were watched. Asks no cluster. */
export const deployedFolders: Request<null, readonly DeployedFolder[]> = { method: 'drydock/deployedFolders' };
