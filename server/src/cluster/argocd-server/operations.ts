// What may be done with an Application through Argo CD's API server.
import { isDeepStrictEqual } from 'node:util';
import type { ClusterAction } from '../../../../protocol/src/clusters.ts';
import type { ApiRequest } from '../connection.ts';
import type { Application, OperationState } from '../argocd/application.ts';
import { followDeletion } from '../actions/delete.ts';
import { ActionRefused, type Progress, type Result } from '../actions/action.ts';
import { suspensionOf } from '../actions/suspend.ts';
import { type Following, followOperation } from '../actions/follow-operation.ts';
import { operationResult } from '../actions/sync-application.ts';
import type { Cluster } from '../cluster.ts';
import { readObject } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';
import type { ArgocdServer } from './argocd-server.ts';

/**
 * Acts on an Application and follows what comes of it.
 *
 * @param only Resources that a sync is for; none for all.
 * @throws ActionRefused, ClusterError; the reason of `signal`, which ends the following, not what Argo CD has begun.
 */
export async function actThrough(
  server: ArgocdServer,
  cluster: Cluster,
  name: ObjectName,
  action: ClusterAction,
  only: readonly ObjectName[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const appNamespace = name.namespace;
  const ask = (
    method: ApiRequest['method'],
    below: string,
    rest: Pick<ApiRequest, 'body' | 'query'>,
    until: AbortSignal = signal,
  ): Promise<unknown> =>
    server.ask(
      // It takes nothing that does not say it is JSON, lest a page of somebody else's should ask.
      { method, path: `/api/v1/applications/${encodeURIComponent(name.name)}${below}`, ...(method === 'GET' ? {} : { body: {} }), ...rest },
      until,
    );
  const refused = unableThrough(name, action);
  if (refused !== undefined) throw new ActionRefused(refused);
  // It answers when it is done.
  const refresh = (how: 'normal' | 'hard', until: AbortSignal): Promise<unknown> =>
    ask('GET', '', { query: { appNamespace, refresh: how } }, until);
  const begun = (begin: (application: Application) => Promise<unknown>): Promise<Result> =>
    operated(cluster, name, begin, (until) => refresh('normal', until), progress, signal);
  switch (action.kind) {
    case 'sync':
      return begun(({ spec }) => {
        const { revision, prune, dryRun, force, applyOnly } = action;
        const resources = only.map(({ group, kind, namespace, name: of }) => ({ group, kind, namespace, name: of }));
        return ask('POST', '/sync', {
          body: {
            name: name.name,
            appNamespace,
            ...(revision === '' ? {} : { revision }),
            prune,
            dryRun,
            strategy: applyOnly ? { apply: { force } } : { hook: { force } },
            ...(resources.length > 0 ? { resources } : {}),
            // An operation has only the options that it is given.
            ...(spec.syncPolicy?.syncOptions ? { syncOptions: { items: spec.syncPolicy.syncOptions } } : {}),
            ...(spec.syncPolicy?.retry ? { retryStrategy: spec.syncPolicy.retry } : {}),
          },
        });
      });
    case 'rollback': {
      const { id, prune, dryRun } = action;
      return begun(() => ask('POST', '/rollback', { body: { name: name.name, appNamespace, id, prune, dryRun } }));
    }
    case 'terminate':
      await ask('DELETE', '/operation', { query: { appNamespace } });
      return { succeeded: true, message: 'told to end', failures: [] };
    case 'refresh':
      await refresh(action.refresh, signal);
      return { succeeded: true, message: 'refreshed', failures: [] };
    case 'delete': {
      const { metadata } = await readObject<Application>(cluster, name, signal);
      await ask('DELETE', '', {
        query: {
          appNamespace,
          cascade: String(action.cascade !== 'orphan'),
          ...(action.cascade === 'orphan' ? {} : { propagationPolicy: action.cascade }),
        },
      });
      await followDeletion(cluster, name, metadata.uid, progress, signal);
      return { succeeded: true, message: 'deleted', failures: [] };
    }
    case 'suspend':
    case 'resume': {
      const patch = suspensionOf(await readObject<Application>(cluster, name, signal), action.kind);
      const body = { name: name.name, appNamespace, patchType: 'merge', patch: JSON.stringify(patch) };
      await ask('PATCH', '', { body });
      return { succeeded: true, message: action.kind === 'suspend' ? 'suspended' : 'resumed', failures: [] };
    }
    case 'reconcile':
      throw new ActionRefused(unable(name.kind, action));
  }
}

/** Why an action is not done through Argo CD's API server; undefined for those that are. */
export function unableThrough({ kind }: Pick<ObjectName, 'kind'>, action: ClusterAction): string | undefined {
  return kind === 'Application' && action.kind !== 'reconcile' ? undefined : unable(kind, action);
}

function unable(kind: string, action: ClusterAction): string {
  return `To ${action.kind} an object of kind ${kind} is not done through Argo CD's API server: it takes the Kubernetes context.`;
}

/** Begins an operation and follows it to its end. */
async function operated(
  cluster: Cluster,
  name: ObjectName,
  begin: (application: Application) => Promise<unknown>,
  refresh: Following['refresh'],
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const before = await readObject<Application>(cluster, name, signal);
  // Argo CD refuses it while another is under way.
  await begin(before);
  progress('asked for');
  // Argo CD clears the last state when it begins another, but what is streamed may be older than that. Two may begin in one second.
  let isCleared = false;
  const look = ({ operation, status }: Application): Result | undefined => {
    const state: OperationState | undefined = status?.operationState;
    isCleared ||= state === undefined;
    if (!state || operation !== undefined) return undefined;
    if (!isCleared && isDeepStrictEqual(state, before.status?.operationState)) return undefined;
    return operationResult(state, progress);
  };
  return followOperation(cluster, name, { look, refresh }, signal);
}
