// What an apply would change in a cluster, resource by resource, as the API server itself says: a dry run as the controller's own field
// manager, so that defaults and the fields of others are no difference.
import { isDeepStrictEqual } from 'node:util';
import { type ApiResource, apiVersionOf, groupOf, pathOf } from '../api-resources.ts';
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ObjectName } from '../tree/row.ts';
import { comparable, lastAppliedAnnotation, withoutAbandoned } from './comparable.ts';
import { type JsonObject, isObject } from './json.ts';

/** How a resource differs. */
export type Change =
  | { readonly kind: 'same' }
  | { readonly kind: 'create'; readonly rendered: JsonObject }
  | { readonly kind: 'change'; readonly live: JsonObject; readonly rendered: JsonObject }
  | { readonly kind: 'prune'; readonly live: JsonObject }
  /** The server would refuse it; `live` when it is there. */
  | { readonly kind: 'refused'; readonly reason: string; readonly live: JsonObject | undefined; readonly rendered: JsonObject };

/** A resource, and how it differs. */
export interface Drift {
  readonly name: ObjectName;
  readonly change: Change;
}

/** How resources are compared. */
export interface Comparing {
  /** The controller's field manager: `argocd-controller`, `kustomize-controller`. */
  readonly fieldManager: string;
  /** For namespaced resources that name none. */
  readonly defaultNamespace: string;
  /** Leaves out of both sides what the controller does not look at; is given the live object. */
  readonly ignored: (live: JsonObject | undefined) => (object: JsonObject) => JsonObject;
}

/**
 * Compares a rendered object with the live one.
 *
 * @throws ClusterError when the cluster can't be asked; what it refuses is a change of kind `refused`.
 */
export async function driftOf(cluster: Cluster, rendered: JsonObject, comparing: Comparing, signal: AbortSignal): Promise<Drift> {
  const apiVersion = String(rendered['apiVersion'] ?? '');
  const kind = String(rendered['kind'] ?? '');
  const group = groupOf(apiVersion);
  const resource = await cluster.resources.find(group, kind, apiVersion.slice(apiVersion.indexOf('/') + 1), signal);
  if (!resource) {
    const name = nameIn(rendered, comparing.defaultNamespace, group, kind);
    return { name, change: { kind: 'refused', reason: `The cluster has no kind ${kind} of ${apiVersion}.`, live: undefined, rendered } };
  }
  const name = nameIn(rendered, resource.namespaced ? comparing.defaultNamespace : '', group, kind);
  const live = await readLive(cluster, resource, name, signal);
  const change = await dryRun(cluster, resource, name, rendered, live, comparing, signal);
  return { name, change };
}

/** What is live under a name; undefined for nothing. @throws ClusterError */
export async function readLive(
  cluster: Cluster,
  resource: ApiResource,
  { namespace, name }: ObjectName,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  try {
    return await cluster.connection.json<JsonObject>({ method: 'GET', path: pathOf(resource, namespace, name) }, signal);
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

async function dryRun(
  cluster: Cluster,
  resource: ApiResource,
  name: ObjectName,
  rendered: JsonObject,
  live: JsonObject | undefined,
  { fieldManager, ignored }: Comparing,
  signal: AbortSignal,
): Promise<Change> {
  const seen = (object: JsonObject): JsonObject => ignored(live)(comparable(object));
  const wanted: JsonObject = { ...rendered, apiVersion: apiVersionOf(resource) };
  try {
    const result = await cluster.connection.json<JsonObject>(
      {
        method: 'PATCH',
        path: pathOf(resource, name.namespace, name.name),
        query: { dryRun: 'All', fieldManager, force: 'true' },
        contentType: 'application/apply-patch+yaml',
        body: wanted,
      },
      signal,
    );
    if (!live) return { kind: 'create', rendered: seen(result) };
    const before = seen(live);
    const after = seen(withoutAbandoned(result, lastAppliedIn(live), wanted) as JsonObject);
    return isDeepStrictEqual(before, after) ? { kind: 'same' } : { kind: 'change', live: before, rendered: after };
  } catch (error) {
    if (!(error instanceof ClusterError) || !refusals.has(error.kind)) throw error;
    return { kind: 'refused', reason: error.message, live: live && comparable(live), rendered: wanted };
  }
}

// A namespace that is only about to be made is not found; a webhook's no comes as the server's failure.
const refusals: ReadonlySet<string> = new Set(['invalid', 'forbidden', 'conflict', 'notFound', 'server']);

function nameIn({ metadata }: JsonObject, namespace: string, group: string, kind: string): ObjectName {
  const meta = isObject(metadata) ? metadata : {};
  return { group, kind, namespace: namespace === '' ? '' : String(meta['namespace'] ?? namespace), name: String(meta['name'] ?? '') };
}

function lastAppliedIn({ metadata }: JsonObject): JsonObject | undefined {
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  const text = isObject(annotations) ? annotations[lastAppliedAnnotation()] : undefined;
  try {
    return typeof text === 'string' ? (JSON.parse(text) as JsonObject) : undefined;
  } catch {
    return undefined; // somebody else's text
  }
}
