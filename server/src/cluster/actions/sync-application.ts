// Argo CD's operations on an Application, as its API server writes them (argo-cd v3.2 server/application/application.go).
import { randomUUID } from 'node:crypto';
import type { Application, ApplicationResource, ApplicationSource, OperationState } from '../argocd/application.ts';
import type { Cluster } from '../cluster.ts';
import { changeObject, followObject } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';
import { ActionRefused, type Progress, type Result } from './action.ts';
import { followOperation } from './follow-operation.ts';

/** How an Application is synced; the words are those of `argocd app sync`. */
export interface SyncOptions {
  /** A revision other than the one that the Application tracks; empty for that. */
  readonly revision: string;
  readonly prune: boolean;
  readonly dryRun: boolean;
  /** Replace what can't be changed. */
  readonly force: boolean;
  /** Leave hooks out. */
  readonly applyOnly: boolean;
  /** Only these; none for all. */
  readonly resources: readonly Pick<ObjectName, 'group' | 'kind' | 'namespace' | 'name'>[];
}

/**
 * Begins a sync and follows it to its end.
 *
 * @throws ActionRefused when another operation is under way; ClusterError; the reason of `signal`, which ends only the following.
 */
export function syncApplication(
  cluster: Cluster,
  name: ObjectName,
  options: SyncOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const { revision, prune, dryRun, force, applyOnly, resources } = options;
  return operate(
    cluster,
    name,
    ({ spec }) => ({
      ...(spec.sources ? { sources: spec.sources } : { source: spec.source }),
      ...(revision === '' ? {} : { revision }),
      prune,
      dryRun,
      syncStrategy: applyOnly ? { apply: { force } } : { hook: { force } },
      ...(resources.length > 0
        ? { resources: resources.map(({ group, kind, namespace, name: of }) => ({ group, kind, namespace, name: of })) }
        : {}),
      // A patched operation has only the options that it is given.
      ...(spec.syncPolicy?.syncOptions ? { syncOptions: spec.syncPolicy.syncOptions } : {}),
    }),
    progress,
    signal,
  );
}

/**
 * Deploys what was deployed before.
 *
 * @param id Of an entry of `status.history`.
 * @throws ActionRefused also when automated sync is on: it would undo the rollback.
 */
export function rollBackApplication(
  cluster: Cluster,
  name: ObjectName,
  { id, prune, dryRun }: { readonly id: number; readonly prune: boolean; readonly dryRun: boolean },
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  return operate(
    cluster,
    name,
    ({ spec, status }) => {
      const automated = spec.syncPolicy?.automated;
      if (automated && automated.enabled !== false)
        throw new ActionRefused(
          `${name.name} is synced automatically, which would undo a rollback at once: turn automated sync off first, or revert in Git.`,
        );
      const entry = status?.history?.find((each) => each.id === id) as HistoryEntry | undefined;
      if (!entry) throw new ActionRefused(`${name.name} has no deployment ${id} in its history any more.`);
      const { revision, revisions, source, sources } = entry;
      return {
        prune,
        dryRun,
        syncStrategy: { apply: {} },
        ...(sources ? { sources, revisions } : { revision, source }),
        ...(spec.syncPolicy?.syncOptions ? { syncOptions: spec.syncPolicy.syncOptions } : {}),
      };
    },
    progress,
    signal,
  );
}

interface HistoryEntry {
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly source?: ApplicationSource;
  readonly sources?: readonly ApplicationSource[];
}

/** Tells the controller to end the operation that is under way. @throws ActionRefused when there is none; ClusterError */
export async function terminateOperation(cluster: Cluster, name: ObjectName, signal: AbortSignal): Promise<void> {
  await changeObject<Application>(
    cluster,
    name,
    ({ operation, status }) => {
      if (operation === undefined || status?.operationState?.phase !== 'Running')
        throw new ActionRefused(`No operation of ${name.name} is under way.`);
      return { status: { operationState: { phase: 'Terminating' } } };
    },
    signal,
  );
}

/**
 * Compares an Application with Git anew, and waits until that is done.
 *
 * @param refresh `hard` also renders anew what the repo-server remembers.
 */
export async function refreshApplication(
  cluster: Cluster,
  name: ObjectName,
  refresh: 'normal' | 'hard',
  signal: AbortSignal,
): Promise<void> {
  await askToRefresh(cluster, name, refresh, signal);
  await followObject<true>(
    cluster,
    name,
    (application) => {
      if (!application) throw new ActionRefused(`${name.name} was deleted while it was refreshed.`);
      return application.metadata.annotations?.[refreshAnnotation] === undefined || undefined;
    },
    signal,
  );
}

async function askToRefresh(cluster: Cluster, name: ObjectName, refresh: 'normal' | 'hard', signal: AbortSignal): Promise<void> {
  await changeObject<Application>(cluster, name, () => ({ metadata: { annotations: { [refreshAnnotation]: refresh } } }), signal);
}

const refreshAnnotation = 'argocd.argoproj.io/refresh';
// Tells our operation from those that others begin meanwhile.
const markName = 'drydock';

async function operate(
  cluster: Cluster,
  name: ObjectName,
  sync: (application: Application) => object,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const mark = randomUUID();
  await changeObject<Application>(
    cluster,
    name,
    (application) => {
      if (application.operation !== undefined)
        throw new ActionRefused(`Another operation of ${name.name} is under way: wait for it, or terminate it.`);
      return {
        operation: {
          initiatedBy: { username: 'drydock' },
          info: [{ name: markName, value: mark }],
          sync: sync(application),
          ...(application.spec.syncPolicy?.retry ? { retry: application.spec.syncPolicy.retry } : {}),
        },
        // As Argo CD's API server does: else the last operation's end would be taken for this one's.
        status: { operationState: null },
      };
    },
    signal,
  );
  const look = ({ operation, status }: Application): Result | undefined => {
    const state = status?.operationState as MarkedState | undefined;
    if (!state && operation === undefined)
      throw new ActionRefused(`Somebody has taken the operation of ${name.name} back before it began.`);
    if (!state) return undefined;
    const isOurs = state.operation?.info?.some((each) => each.name === markName && each.value === mark);
    if (!isOurs) throw new ActionRefused(`Another operation of ${name.name} took the place of this one.`);
    return operationResult(state, progress);
  };
  return followOperation(cluster, name, { look, refresh: (waking) => askToRefresh(cluster, name, 'normal', waking) }, signal);
}

interface MarkedState extends OperationState {
  readonly operation?: { readonly info?: readonly { readonly name: string; readonly value: string }[] };
}

/** What has become of an operation; undefined, and progress, while it goes on. */
export function operationResult(state: OperationState, progress: Progress): Result | undefined {
  const resources = state.syncResult?.resources ?? [];
  switch (state.phase) {
    case 'Succeeded':
      return { succeeded: true, message: state.message ?? 'synced', failures: [] };
    case 'Failed':
    case 'Error':
      return { succeeded: false, message: state.message ?? state.phase, failures: resources.filter(failed).map(resourceFailure) };
    default: {
      const waiting = resources.find((each) => each.hookPhase === 'Running');
      const message = state.message || state.phase;
      // Its message names the first that it waits for, when it says anything of the kind.
      const named = waiting === undefined || message.includes(`${waiting.kind}/${waiting.name}`);
      progress(named ? message : `${message}: waits for ${waiting.kind}/${waiting.name}`);
      return undefined;
    }
  }
}

type SyncedResource = ApplicationResource & { readonly message?: string; readonly hookPhase?: string };

function failed({ status, hookPhase }: SyncedResource): boolean {
  return status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error';
}

function resourceFailure({ group = '', kind, namespace = '', name, message = '' }: SyncedResource): Result['failures'][number] {
  return { group, kind, namespace, name, message };
}
