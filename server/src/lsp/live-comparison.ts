// One comparison of the object of a row with its cluster.
import type { Cluster } from '../cluster/cluster.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import { type Compared, comparedIn, withLastSynced, withRendered } from '../session/live-compared.ts';
import { type LiveDrift, liveDrift } from '../session/live-diff.ts';
import type { Session } from '../session/session.ts';
import { type FindCluster, type FoundObject, objectOf } from './cluster-object.ts';

/** What is compared from. */
export interface ComparingFrom {
  readonly session: Session;
  /** The clusters of all contexts; those that are off have not been asked anything. */
  readonly all: () => Promise<readonly Cluster[]>;
  readonly cluster: FindCluster;
}

/** What is to be compared. */
export interface Wanted {
  /** Id of the object's row, or of one of its resources. */
  readonly id: string;
  readonly against: 'rendered' | 'lastSynced';
  /** Whether a resource is asked for. */
  readonly wants: (name: ObjectName) => boolean;
  /** The rendering that was compared before: when it is the same, the cluster is asked nothing. undefined to compare in any case. */
  readonly before: string | undefined;
}

/** What came of it. */
export type LiveComparison =
  | {
      readonly kind: 'compared';
      readonly found: FoundObject;
      /** The cluster that the resources are in. */
      readonly target: Cluster;
      readonly drift: Extract<LiveDrift, { readonly kind: 'compared' }>;
      readonly yaml: string;
    }
  /** The rendering is the same as before, or the signal ended it. */
  | { readonly kind: 'nothingNew' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Compares what the object of a row has put into its cluster.
 *
 * @param told Is told how many resources are compared, of how many.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function compareLive(
  { session, all, cluster }: ComparingFrom,
  { id, against, wants, before }: Wanted,
  told: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<LiveComparison> {
  const found = await objectOf(id, cluster, signal);
  if (!found) return { kind: 'gone' };
  const how = against === 'rendered' ? withRendered : withLastSynced;
  const target = await comparedIn(found.tracked, found.cluster, await all(), how, signal);
  if (target.kind === 'none') return { kind: 'unknown', reason: target.reason };
  const { render } = how;
  let yaml = '';
  const compared: Compared = {
    ...how,
    async render(...given: Parameters<typeof render>) {
      const rendering = await render(...given);
      if (rendering?.kind === 'rendered') ({ yaml } = rendering);
      return rendering?.kind === 'rendered' && yaml === before ? undefined : rendering;
    },
    wants,
  };
  const drift = await liveDrift(session, { ...found, target: target.cluster }, compared, told, signal);
  if (!drift || signal.aborted) return { kind: 'nothingNew' };
  return drift.kind === 'unknown' ? drift : { kind: 'compared', found, target: target.cluster, drift, yaml };
}
