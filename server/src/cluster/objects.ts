// One object of a cluster: read, changed, waited for.
import { type ApiResource, pathOf } from './api-resources.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import type { LiveObject } from './live-object.ts';
import { type WatchEvents, watchKind } from './watch.ts';
import type { ObjectName } from './tree/row.ts';

/** The kind of a named object in a cluster. @throws ClusterError also when the cluster does not have it. */
export async function resourceOf(
  cluster: Cluster,
  { group, kind }: Pick<ObjectName, 'group' | 'kind'>,
  signal: AbortSignal,
): Promise<ApiResource> {
  const resource = await cluster.resources.find(group, kind, undefined, signal);
  if (resource) return resource;
  const named = group === '' ? kind : `${kind} of ${group}`;
  throw new ClusterError(
    'notFound',
    `The cluster of the context '${cluster.context.name}' has no kind ${named}: is its definition installed there?`,
  );
}

/** Reads an object. @throws ClusterError */
export async function readObject<Kind extends LiveObject>(cluster: Cluster, name: ObjectName, signal: AbortSignal): Promise<Kind> {
  const resource = await resourceOf(cluster, name, signal);
  return cluster.connection.json<Kind>({ method: 'GET', path: pathOf(resource, name.namespace, name.name) }, signal);
}

// As often as client-go's `retry.DefaultRetry` asks again.
const conflictAttempts = 5;

/**
 * Changes an object by a JSON merge patch (RFC 7386) that is made of what it is now. When somebody else has changed it meanwhile, it is
 * read and patched again, so that what `change` saw is what is changed.
 *
 * @param change Gives the patch, or throws when it must not be changed as it is.
 * @throws ClusterError
 */
export async function changeObject<Kind extends LiveObject>(
  cluster: Cluster,
  name: ObjectName,
  change: (object: Kind) => object,
  signal: AbortSignal,
): Promise<Kind> {
  const resource = await resourceOf(cluster, name, signal);
  const path = pathOf(resource, name.namespace, name.name);
  for (let attempt = 1; ; attempt++) {
    const object = await cluster.connection.json<Kind>({ method: 'GET', path }, signal);
    const patch = change(object) as { readonly metadata?: object };
    const body = { ...patch, metadata: { ...patch.metadata, resourceVersion: object.metadata.resourceVersion } };
    try {
      return await cluster.connection.json<Kind>(
        { method: 'PATCH', path, body, contentType: 'application/merge-patch+json', query: { fieldManager } },
        signal,
      );
    } catch (error) {
      if (!(error instanceof ClusterError) || error.kind !== 'conflict' || attempt === conflictAttempts) throw error;
    }
  }
}

/** What the API server notes as the author of a change. */
export const fieldManager = 'drydock';

/**
 * Follows an object until `look` says that it has come where it should.
 *
 * @param look Is shown the object as it is and each time it changes, undefined when it is gone; gives anything else than undefined to end.
 * @throws ClusterError when it can't be followed any more; what `look` throws; the reason of `signal`.
 */
export async function followObject<End>(
  cluster: Cluster,
  name: ObjectName,
  look: (object: LiveObject | undefined) => End | undefined,
  signal: AbortSignal,
): Promise<End> {
  const resource = await resourceOf(cluster, name, signal);
  const over = new AbortController();
  const ended = Promise.withResolvers<End>();
  const show = (object: LiveObject | undefined): void => {
    try {
      const end = look(object);
      if (end !== undefined) ended.resolve(end);
    } catch (error) {
      ended.reject(error);
    }
  };
  const events: WatchEvents = {
    listed: ([object]) => show(object),
    changed: show,
    deleted: () => show(undefined),
    failing: (error) => {
      if (error && lasting.has(error.kind)) ended.reject(error);
    },
  };
  const stop = (): void => ended.reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const watching = watchKind(cluster.connection, resource, events, over.signal, {
      namespace: name.namespace,
      fieldSelector: `metadata.name=${name.name}`,
    });
    watching.catch((error: unknown) => ended.reject(error as Error));
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', stop);
    over.abort();
  }
}

/** Failures that waiting does not mend. */
const lasting: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'notFound', 'certificate', 'credentials']);
