// What may be done with an Application through Argo CD's API server.
import { isDeepStrictEqual } from 'node:util';
import type { ClusterAction } from '../../../../protocol/src/clusters.ts';
import type { ApiRequest } from '../connection.ts';
import type { Application, OperationState } from '../argocd/application.ts';
import { ActionRefused, type Progress, type Result } from '../actions/action.ts';
import { suspensionOf } from '../actions/suspend.ts';
import { operationResult } from '../actions/sync-application.ts';
import type { Cluster } from '../cluster.ts';
import { followObject, readObject } from '../objects.ts';
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
  const ask = (method: ApiRequest['method'], below: string, rest: Pick<ApiRequest, 'body' | 'query'>): Promise<unknown> =>
    server.ask(
      // It takes nothing that does not say it is JSON, lest a page of somebody else's should ask.
      { method, path: `/api/v1/applications/${encodeURIComponent(name.name)}${below}`, ...(method === 'GET' ? {} : { body: {} }), ...rest },
      signal,
    );
  const refused = unableThrough(name, action);
  if (refused !== undefined) throw new ActionRefused(refused);
  switch (action.kind) {
    case 'sync':
      return operated(cluster, name, progress, signal, ({ spec }) => {
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
      return operated(cluster, name, progress, signal, () =>
        ask('POST', '/rollback', { body: { name: name.name, appNamespace, id, prune, dryRun } }),
      );
    }
    case 'terminate':
      await ask('DELETE', '/operation', { query: { appNamespace } });
      return { succeeded: true, message: 'told to end', failures: [] };
    case 'refresh':
      // It answers when it is done.
      await ask('GET', '', { query: { appNamespace, refresh: action.refresh } });
      return { succeeded: true, message: 'refreshed', failures: [] };
    case 'delete':
      await ask('DELETE', '', {
        query: {
          appNamespace,
          cascade: String(action.cascade !== 'orphan'),
          ...(action.cascade === 'orphan' ? {} : { propagationPolicy: action.cascade }),
        },
      });
      return { succeeded: true, message: 'deleted', failures: [] };
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
  progress: Progress,
  signal: AbortSignal,
  begin: (application: Application) => Promise<unknown>,
): Promise<Result> {
  const before = await readObject<Application>(cluster, name, signal);
  // Argo CD refuses it while another is under way.
  await begin(before);
  progress('asked for');
  // Argo CD clears the last state when it begins another, but what is streamed may be older than that. Two may begin in one second.
  let isCleared = false;
  return followObject<Result>(
    cluster,
    name,
    (application) => {
      if (!application) throw new ActionRefused(`${name.name} was deleted while it was synced.`);
      const { operation, status } = application as Application;
      const state: OperationState | undefined = status?.operationState;
      isCleared ||= state === undefined;
      if (!state || operation !== undefined) return undefined;
      if (!isCleared && isDeepStrictEqual(state, before.status?.operationState)) return undefined;
      return operationResult(state, progress);
    },
    signal,
  );
}
