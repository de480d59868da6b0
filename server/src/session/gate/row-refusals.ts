// Which actions on the objects of rows can't be done, and why: what menus show as disabled. Told of thousands of rows at once, so it is
// made of what is known; what is not is asked by `look`, for the rows that are shown. The gate asks again, exactly, before anything is done.
import type { ClusterAction, ClusterRow, RowAction } from '../../../../protocol/src/clusters.ts';
import type { Settings } from '../../../../protocol/src/options.ts';
import { type Access, accessesFor } from '../../cluster/access.ts';
import { objectRefusals, readOnlyRefusal } from '../../cluster/actions/gate.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { type Exactness, RememberedAccess } from '../../cluster/remembered-access.ts';
import type { Inventory, Tracked } from '../../cluster/tree/inventory.ts';
import { objectActions } from '../../cluster/tree/row-actions.ts';
import type { Session } from '../session.ts';
import { RememberedWindows } from './remembered-windows.ts';

/** What rows are of. */
export interface RowsOf {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
}

/** The refusals of one client's rows. */
export class RowRefusals {
  readonly #session: Session;
  readonly #settings: () => Settings;
  #access = new WeakMap<Cluster, RememberedAccess>();
  readonly #windows = new WeakMap<Cluster, RememberedWindows>();

  constructor(session: Session, settings: () => Settings) {
    this.#session = session;
    this.#settings = settings;
  }

  /** Why actions on an object can't be done, as far as it is known. Asks nothing. */
  of({ cluster }: RowsOf, tracked: Tracked): ClusterRow['refused'] {
    const access = this.#accessIn(cluster);
    const windows = this.#windowsIn(cluster);
    return objectActions(tracked).flatMap((action) => {
      const sample = sampleOf(tracked, action);
      const reasons = sample
        ? [
            ...(this.#settings().cluster.readOnly ? [readOnlyRefusal] : []),
            ...objectRefusals(cluster, tracked, sample),
            ...accessesFor(cluster, tracked, sample).flatMap((each) => access.refusal(each) ?? []),
            ...(windowed.has(action) ? windows.refusals(tracked) : []),
          ]
        : lookRefusals(cluster, action, 'object');
      return reasons.length === 0 ? [] : [{ action, reason: reasons.join(' ') }];
    });
  }

  /** Asks what is not known of these objects. @returns whether {@link of} says anything else now. @throws the reason of `signal` */
  async look({ cluster, inventory }: RowsOf, objects: readonly Tracked[], exactness: Exactness, signal: AbortSignal): Promise<boolean> {
    // What can't be done anyway is not asked for.
    const accesses = this.#settings().cluster.readOnly ? [] : objects.flatMap((each) => accessesOf(cluster, each));
    const news = await this.#accessIn(cluster).look(accesses, exactness, signal);
    const windows = await Promise.all(objects.map((each) => this.#windowsIn(cluster).look(inventory, each, signal)));
    return news || windows.includes(true);
  }

  /** Looks again at what changes by the clock, of the objects that were looked at. @returns as {@link look} */
  lookAgain({ cluster, inventory }: RowsOf, signal: AbortSignal): Promise<boolean> {
    return this.#windowsIn(cluster).lookAgain(inventory, signal);
  }

  /** Forgets what the user may do in a cluster: somebody else may be signed in now. */
  forget(cluster: Cluster): void {
    this.#access.delete(cluster);
  }

  #accessIn(cluster: Cluster): RememberedAccess {
    const known = this.#access.get(cluster) ?? new RememberedAccess(cluster);
    this.#access.set(cluster, known);
    return known;
  }

  #windowsIn(cluster: Cluster): RememberedWindows {
    const known = this.#windows.get(cluster) ?? new RememberedWindows(this.#session.rendering);
    this.#windows.set(cluster, known);
    return known;
  }
}

const windowed: ReadonlySet<RowAction> = new Set(['sync', 'rollBack']);

const sync: ClusterAction = { kind: 'sync', revision: '', prune: false, dryRun: false, force: false, applyOnly: false, only: [] };
const reconcile: ClusterAction = { kind: 'reconcile', withSource: false, force: false, reset: false };

/** What the actions of rows come down to at the gate. */
const samples: Partial<Readonly<Record<RowAction, ClusterAction>>> = {
  sync,
  refresh: { kind: 'refresh', refresh: 'normal' },
  hardRefresh: { kind: 'refresh', refresh: 'hard' },
  terminate: { kind: 'terminate' },
  rollBack: { kind: 'rollback', id: 0, prune: false, dryRun: false },
  reconcile,
  reconcileWithSource: { ...reconcile, withSource: true },
  force: { ...reconcile, force: true, reset: true },
  suspend: { kind: 'suspend' },
  resume: { kind: 'resume' },
  delete: { kind: 'delete', cascade: 'foreground' },
};

function sampleOf({ name: { kind } }: Tracked, action: RowAction): ClusterAction | undefined {
  // Of a HelmRelease the way back is only told.
  return kind === 'HelmRelease' && action === 'rollBack' ? undefined : samples[action];
}

function accessesOf(cluster: Cluster, tracked: Tracked): Access[] {
  return objectActions(tracked).flatMap((action) => {
    const sample = sampleOf(tracked, action);
    return sample && objectRefusals(cluster, tracked, sample).length === 0 ? accessesFor(cluster, tracked, sample) : [];
  });
}

const askedOfKubernetes: Partial<Readonly<Record<RowAction, string>>> = {
  diff: 'The comparison takes dry runs of the Kubernetes API',
  events: 'Events are read from the Kubernetes API',
  logs: 'Logs are read from the Kubernetes API',
  controllerLogs: "The controller's log is read from the Kubernetes API",
};

/** Why what only looks is not to be had: Argo CD's API server is not asked for all that Kubernetes tells. */
export function lookRefusals({ argocd }: Cluster, action: RowAction, of: 'object' | 'resource'): string[] {
  const words = action === 'openLiveObject' && of === 'resource' ? 'It is read from the Kubernetes API' : askedOfKubernetes[action];
  return argocd && words !== undefined ? [`${words}: it takes the Kubernetes context.`] : [];
}
