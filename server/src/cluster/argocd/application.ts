// What Argo CD writes into the status of its Applications.
import type { Condition, LiveObject } from '../live-object.ts';
import type { Health, ManagedResource, ObjectState, Sync } from '../object-state.ts';

/** An Application, as far as it is read. */
export interface Application extends LiveObject {
  readonly spec: {
    readonly project?: string;
    readonly source?: ApplicationSource;
    readonly sources?: readonly ApplicationSource[];
    readonly destination: { readonly server?: string; readonly name?: string; readonly namespace?: string };
    readonly syncPolicy?: SyncPolicy;
    readonly ignoreDifferences?: readonly unknown[];
  };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string; readonly revisions?: readonly string[] };
    readonly health?: { readonly status?: string; readonly message?: string; readonly lastTransitionTime?: string };
    readonly conditions?: readonly Condition[];
    readonly resources?: readonly ApplicationResource[];
    readonly operationState?: OperationState;
    readonly history?: readonly RevisionHistory[];
    readonly reconciledAt?: string;
    readonly sourceType?: string;
    /** The namespace of the Argo CD that looks after it. */
    readonly controllerNamespace?: string;
  };
  readonly operation?: unknown;
}

/** `spec.source`, as far as it is read. */
export interface ApplicationSource {
  readonly repoURL: string;
  readonly path?: string;
  readonly chart?: string;
  readonly targetRevision?: string;
  readonly ref?: string;
}

/** `spec.syncPolicy`. */
export interface SyncPolicy {
  readonly automated?: { readonly prune?: boolean; readonly selfHeal?: boolean; readonly enabled?: boolean };
  readonly syncOptions?: readonly string[];
  readonly retry?: unknown;
}

/** One entry of `status.resources`. */
export interface ApplicationResource {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: string;
  readonly health?: { readonly status?: string; readonly message?: string };
  readonly requiresPruning?: boolean;
  readonly syncWave?: number;
  readonly hook?: boolean;
}

/** `status.operationState`. */
export interface OperationState {
  readonly phase: 'Running' | 'Terminating' | 'Failed' | 'Error' | 'Succeeded';
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** What was asked for. */
  readonly operation?: unknown;
  readonly syncResult?: Synced & {
    readonly resources?: readonly (ApplicationResource & {
      readonly message?: string;
      readonly hookPhase?: string;
      readonly syncPhase?: string;
      readonly hookType?: string;
    })[];
  };
}

/** What a sync was of: one source and its revision, or several, in the same order. */
export interface Synced {
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly source?: ApplicationSource;
  readonly sources?: readonly ApplicationSource[];
}

/** One entry of `status.history`. */
export interface RevisionHistory extends Synced {
  readonly id: number;
  readonly deployedAt: string;
  readonly initiatedBy?: { readonly username?: string; readonly automated?: boolean };
}

/** How it stands. A failed operation is said first: Argo CD leaves health as it was before. */
export function applicationState({ status, metadata }: Application): ObjectState {
  const sync = syncOf(status?.sync?.status);
  const health = healthOf(status?.health?.status) ?? 'unknown';
  const error = status?.conditions?.find(({ type }) => type.endsWith('Error'));
  const operation = status?.operationState;
  const failed = operation?.phase === 'Failed' || operation?.phase === 'Error';
  const running = operation?.phase === 'Running' || operation?.phase === 'Terminating';
  const first =
    metadata.deletionTimestamp !== undefined ? 'Deleting' : error ? error.type : running ? 'Syncing' : failed ? 'Sync failed' : '';
  const words = [first, status?.sync?.status ?? 'Unknown', status?.health?.status ?? 'Unknown'];
  return {
    health: error || (failed && sync !== 'synced') ? 'degraded' : running && health === 'healthy' ? 'progressing' : health,
    sync,
    words: words.filter((each) => each !== '').join(' · '),
    message: error?.message ?? (failed || running ? (operation.message ?? '') : (status?.health?.message ?? '')),
    suspended: false,
    revision: status?.sync?.revision ?? status?.sync?.revisions?.join(', ') ?? '',
    since: operation?.finishedAt ?? status?.reconciledAt ?? '',
  };
}

/** What it has put into its cluster, and how that stands. */
export function applicationResources({ status }: Application): ManagedResource[] {
  return (status?.resources ?? []).map(
    ({ group = '', version = '', kind, namespace = '', name, status: sync, health, requiresPruning }) => ({
      group,
      version,
      kind,
      namespace,
      name,
      state: {
        sync: syncOf(sync),
        health: healthOf(health?.status),
        requiresPruning: requiresPruning === true,
        message: health?.message ?? '',
      },
    }),
  );
}

/** Argo CD's words for health; undefined for what it does not judge. */
export function healthOf(status: string | undefined): Health | undefined {
  switch (status) {
    case 'Healthy':
      return 'healthy';
    case 'Progressing':
      return 'progressing';
    case 'Degraded':
      return 'degraded';
    case 'Suspended':
      return 'suspended';
    case 'Missing':
      return 'missing';
    case 'Unknown':
      return 'unknown';
    default:
      return undefined;
  }
}

function syncOf(status: string | undefined): Sync {
  return status === 'Synced' ? 'synced' : status === 'OutOfSync' ? 'outOfSync' : 'unknown';
}
