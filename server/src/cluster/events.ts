// What a cluster has noted about an object: core/v1 Events.
import { pathOf } from './api-resources.ts';
import type { Cluster } from './cluster.ts';
import type { ObjectName } from './tree/row.ts';

/** Something that happened to an object, as whoever did it noted it. */
export interface ObjectEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** How often it happened. */
  readonly count: number;
  /** When it happened last, RFC 3339; empty when that is not told. */
  readonly last: string;
  /** Who noted it: `kustomize-controller`. */
  readonly from: string;
}

/** The events of an object, the latest first; clusters keep them for an hour. @throws ClusterError */
export async function eventsOf(cluster: Cluster, { kind, namespace, name }: ObjectName, signal: AbortSignal): Promise<ObjectEvent[]> {
  // Events about what no namespace holds are in `default`.
  const path = pathOf({ group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true, verbs: [] }, namespace || 'default');
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  const { items } = await cluster.connection.json<EventList>({ method: 'GET', path, query: { fieldSelector } }, signal);
  return items.map(eventIn).toSorted((a, b) => b.last.localeCompare(a.last));
}

function eventIn(event: CoreEvent): ObjectEvent {
  const { type, reason = '', message = '', source, reportingComponent = '', series, count } = event;
  return {
    type: type === 'Warning' ? 'Warning' : 'Normal',
    reason,
    message,
    count: series?.count ?? count ?? 1,
    last: series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp,
    from: source?.component || reportingComponent,
  };
}

interface EventList {
  readonly items: readonly CoreEvent[];
}

/** core/v1 Event, as far as it is read; newer writers fill in `eventTime` and `series` instead of `lastTimestamp` and `count`. */
interface CoreEvent {
  readonly metadata: { readonly creationTimestamp: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
}
