// Does what the user has asked for, whatever it is.
import type { ClusterAction } from '../../../../protocol/src/clusters.ts';
import { actThrough } from '../argocd-server/operations.ts';
import type { Cluster } from '../cluster.ts';
import type { ObjectName } from '../tree/row.ts';
import type { Progress, Result } from './action.ts';
import { deleteObject } from './delete.ts';
import { reconcile } from './reconcile.ts';
import { setSuspended } from './suspend.ts';
import { refreshApplication, rollBackApplication, syncApplication, terminateOperation } from './sync-application.ts';

/**
 * Acts on an object and follows what comes of it.
 *
 * @param only Resources that a sync is for; none for all.
 * @throws ActionRefused, ClusterError; the reason of `signal`, which ends the following, not what a controller has begun.
 */
export async function act(
  cluster: Cluster,
  name: ObjectName,
  action: ClusterAction,
  only: readonly ObjectName[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  if (cluster.argocd) return actThrough(cluster.argocd, cluster, name, action, only, progress, signal);
  switch (action.kind) {
    case 'sync':
      return syncApplication(cluster, name, { ...action, resources: only }, progress, signal);
    case 'rollback':
      return rollBackApplication(cluster, name, action, progress, signal);
    case 'reconcile':
      return reconcile(cluster, name, action, progress, signal);
    case 'refresh':
      await refreshApplication(cluster, name, action.refresh, signal);
      return done('refreshed');
    case 'terminate':
      await terminateOperation(cluster, name, signal);
      return done('told to end');
    case 'suspend':
    case 'resume':
      await setSuspended(cluster, name, action.kind, signal);
      return done(action.kind === 'suspend' ? 'suspended' : 'resumed');
    case 'delete':
      await deleteObject(cluster, name, action.cascade, progress, signal);
      return done('deleted');
  }
}

function done(message: string): Result {
  return { succeeded: true, message, failures: [] };
}
