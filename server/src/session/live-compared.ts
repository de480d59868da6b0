// What live objects are compared with, and where.
import type { Application } from '../cluster/argocd/application.ts';
import type { ArgocdServer } from '../cluster/argocd-server/argocd-server.ts';
import { type ManagedDrift, managedDrift } from '../cluster/argocd-server/managed-resources.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { readObject } from '../cluster/objects.ts';
import { type Target, targetOf } from '../cluster/target.ts';
import type { Tracked } from '../cluster/tree/inventory.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import { noRevision, renderLastSynced } from './last-synced.ts';
import { renderLive } from './live-rendering.ts';
import type { LiveOwner, LiveRendering } from './render-in-cluster.ts';
import type { Session } from './session.ts';

/** What live objects are compared with. */
export interface Compared {
  /** Renders it; gives undefined when `signal` ended it first. */
  readonly render: (session: Session, owner: LiveOwner, signal: AbortSignal) => Promise<LiveRendering | undefined>;
  /** Asks an Argo CD that answers in Kubernetes' place, for all clusters that it deploys to; undefined when that can't tell. */
  readonly managed: ((argocd: ArgocdServer, owner: LiveOwner, signal: AbortSignal) => Promise<ManagedDrift>) | undefined;
  /** Whether a resource is asked for, by its name as it is written: without a namespace where it gets that from what applies it. */
  readonly wants: (resource: ObjectName) => boolean;
}

/** All resources, as the files here render them. */
export const withRendered: Compared = { render: renderLive, managed: undefined, wants: () => true };

/** All resources, as they were synced last. */
export const withLastSynced: Compared = { render: renderLastSynced, managed: managedLastSynced, wants: () => true };

/**
 * The cluster that an object is compared in.
 *
 * @param others The clusters of all contexts that the user lets Drydock see.
 * @throws ClusterError as {@link targetOf}.
 */
export async function comparedIn(
  tracked: Tracked,
  own: Cluster,
  others: readonly Cluster[],
  { managed }: Compared,
  signal: AbortSignal,
): Promise<Target> {
  return own.argocd && managed ? { kind: 'found', cluster: own } : targetOf(tracked, own, others, signal);
}

async function managedLastSynced(argocd: ArgocdServer, { cluster, tracked }: LiveOwner, signal: AbortSignal): Promise<ManagedDrift> {
  const { name } = tracked;
  if (name.kind !== 'Application') return { kind: 'unknown', reason: noRevision(name) };
  // What is watched is kept without its history.
  return managedDrift(argocd, await readObject<Application>(cluster, name, signal), signal);
}
