// What stands before an action on a cluster, with all that is known here: the cluster, the project's windows, the files and Git.
import type { ClusterAction, Gate } from '../../../../protocol/src/clusters.ts';
import type { Settings } from '../../../../protocol/src/options.ts';
import { gateOf } from '../../cluster/actions/gate.ts';
import type { Session } from '../session.ts';
import type { ActionTarget } from './action-target.ts';
import { changesOf } from './changes.ts';
import { windowRefusals } from './sync-windows.ts';
import { undeliveredWarnings } from './undelivered-warnings.ts';

/**
 * Asks the cluster, git and the engine; changes nothing.
 *
 * @throws ClusterError when the cluster can't be asked what the user may do; the reason of `signal`.
 */
export async function actionGate(
  session: Session,
  settings: Settings,
  target: ActionTarget,
  action: ClusterAction,
  signal: AbortSignal,
): Promise<Gate> {
  const gate = await gateOf(target.cluster, target.inventory, target.tracked, action, settings.cluster, signal);
  // What can't be done anyway needs no dry runs.
  if (gate.refusals.length > 0) return gate;
  const deploys = action.kind === 'sync' || action.kind === 'reconcile';
  const [refusals, here, changes] = await Promise.all([
    action.kind === 'sync' || action.kind === 'rollback' ? windowRefusals(session.rendering, target, signal) : [],
    deploys ? undeliveredWarnings(session.view, target, signal) : [],
    // Argo CD's API server takes no dry runs of Kubernetes' API.
    deploys && !target.cluster.argocd ? changesOf(session, target, action, signal) : [],
  ]);
  return { ...gate, refusals, warnings: [...here, ...gate.warnings], changes };
}
