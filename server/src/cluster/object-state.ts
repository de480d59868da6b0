// How an object of a cluster stands, whatever tool it belongs to.

/** Health in Argo CD's terms, which Flux's readiness is told in too. */
export type Health = 'healthy' | 'progressing' | 'degraded' | 'suspended' | 'missing' | 'unknown';

/** Whether the cluster has what Git says, where that is told. */
export type Sync = 'synced' | 'outOfSync' | 'unknown';

/** How an object stands. */
export interface ObjectState {
  readonly health: Health;
  readonly sync: Sync | undefined;
  /** In the tool's own words, the most telling first: `OutOfSync · Healthy`, `Ready`, `BuildFailed`. */
  readonly words: string;
  /** What the tool says about it; empty for nothing. */
  readonly message: string;
  /** Whether the user has told the tool to leave it. */
  readonly suspended: boolean;
  /** What was delivered last, as the tool writes it: a commit, `main@sha1:…`, a chart's version; empty when nothing was. */
  readonly revision: string;
  /** Since when, RFC 3339; empty when it is not told. */
  readonly since: string;
}

/** Whether a person should look at it. */
export function needsAttention({ health, sync, suspended }: ObjectState): boolean {
  return !suspended && (health === 'degraded' || health === 'missing' || sync === 'outOfSync');
}

/** An object that another one has put into a cluster. */
export interface ManagedResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Empty for what no namespace holds. */
  readonly namespace: string;
  readonly name: string;
  /** What the tool that manages it says of it; undefined where it does not say. */
  readonly state: ResourceState | undefined;
}

/** What is told of a managed resource. */
export interface ResourceState {
  readonly health: Health | undefined;
  readonly sync: Sync | undefined;
  /** Whether it is to be deleted, since Git no longer has it. */
  readonly requiresPruning: boolean;
  readonly message: string;
}
