// An operation on an Application from its beginning to its end, whichever way it was begun.
import type { Application } from '../argocd/application.ts';
import type { Cluster } from '../cluster.ts';
import { followObject } from '../objects.ts';
import { ended, pauseFor } from '../pause.ts';
import type { ObjectName } from '../tree/row.ts';
import { ActionRefused, type Result } from './action.ts';

/** How an operation is followed. */
export interface Following {
  /** Is shown the Application as it is and each time it changes; gives the result to end. */
  readonly look: (application: Application) => Result | undefined;
  /** Makes Argo CD look at the Application. */
  readonly refresh: (signal: AbortSignal) => Promise<unknown>;
}

// Milliseconds in which a controller that has seen an operation begins it.
const patience = 3000;

/**
 * Follows it. When Argo CD does not begin, it is made to look again: its controller misses an operation that is asked for in the moment
 * in which it ends another, since it then puts its own older copy of the Application over the newer one that it has heard of, and waits
 * for the next change (argo-cd v3.2 controller/appcontroller.go, PatchAppWithWriteBack).
 *
 * @throws ActionRefused when the Application is deleted meanwhile; ClusterError; what `look` throws; the reason of `signal`.
 */
export async function followOperation(
  cluster: Cluster,
  name: ObjectName,
  { look, refresh }: Following,
  signal: AbortSignal,
): Promise<Result> {
  const over = new AbortController();
  let isWaiting = false;
  const wake = async (): Promise<void> => {
    while (!ended(over.signal)) {
      await pauseFor(patience, over.signal);
      // What stands in the way of it is found by the following, too.
      if (isWaiting && !ended(over.signal)) await refresh(over.signal).catch(() => undefined);
    }
  };
  const waking = wake();
  try {
    return await followObject<Result>(
      cluster,
      name,
      (object) => {
        if (!object) throw new ActionRefused(`${name.name} was deleted while it was synced.`);
        const application = object as Application;
        isWaiting = application.operation !== undefined && application.status?.operationState === undefined;
        return look(application);
      },
      signal,
    );
  } finally {
    over.abort();
    await waking;
  }
}
