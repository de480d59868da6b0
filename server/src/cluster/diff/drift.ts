// What an apply would change in a cluster, resource by resource, as the API server itself says: a dry run as the controller's own field
// manager, so that defaults and the fields of others are no difference.
import { isDeepStrictEqual } from 'node:util';
import { type ApiResource, apiVersionOf, groupOf, pathOf } from '../api-resources.ts';
import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ObjectName } from '../tree/row.ts';
import { comparable } from './comparable.ts';
import { type FieldOwner, fieldOwners, fieldsBut, isEmpty, withoutFields } from './field-set.ts';
import { type JsonObject, isObject, text } from './json.ts';
import { withSecretData } from './secret-data.ts';

/** How a resource differs. */
export type Change =
  | { readonly kind: 'same'; readonly live: JsonObject }
  /** `reason` when the server could not be asked whether it takes it. */
  | { readonly kind: 'create'; readonly rendered: JsonObject; readonly reason: string }
  | { readonly kind: 'change'; readonly live: JsonObject; readonly rendered: JsonObject }
  /** Git no longer has it; `kept` when it stays all the same. `reason` says why, or what has to happen first. */
  | { readonly kind: 'prune' | 'kept'; readonly live: JsonObject; readonly reason: string }
  /** The server would refuse it; `live` when it is there. */
  | { readonly kind: 'refused'; readonly reason: string; readonly live: JsonObject | undefined; readonly rendered: JsonObject }
  /** The controller does not touch it. */
  | { readonly kind: 'left'; readonly reason: string };

/** A resource, and how it differs. */
export interface Drift {
  readonly name: ObjectName;
  readonly change: Change;
}

/** How resources are compared. */
export interface Comparing {
  /** The controller's field manager: `argocd-controller`, `kustomize-controller`. */
  readonly fieldManager: string;
  /** Whether fields of this owner, of the live object, are the controller's own: what it does not apply of them any more is removed. */
  readonly takesOver: (owner: FieldOwner, live: JsonObject) => boolean;
  /** For namespaced resources that name none; empty when the controller refuses these. */
  readonly defaultNamespace: string;
  /** Why the controller leaves a resource as it is; undefined when it does not. */
  readonly leftAlone: (rendered: JsonObject, live: JsonObject | undefined) => string | undefined;
  /** What the controller applies of what is rendered, over what is live. */
  readonly applied: (rendered: JsonObject, live: JsonObject) => JsonObject | Promise<JsonObject>;
  /** Leaves out of one side what the controller does not look at. */
  readonly ignored: (side: JsonObject, live: JsonObject) => JsonObject | Promise<JsonObject>;
  /** Namespaces that are made before or with the rest, and kinds (`group/kind`) whose definitions are. */
  readonly made: { readonly namespaces: ReadonlySet<string>; readonly kinds: ReadonlySet<string> };
}

/**
 * Compares a rendered object with the live one.
 *
 * @throws ClusterError when the cluster can't be asked; what it refuses is a change of kind `refused`.
 */
export async function driftOf(cluster: Cluster, rendered: JsonObject, comparing: Comparing, signal: AbortSignal): Promise<Drift> {
  const apiVersion = text(rendered['apiVersion']);
  const kind = text(rendered['kind']);
  const group = groupOf(apiVersion);
  const { made, defaultNamespace } = comparing;
  const resource = await cluster.resources.find(group, kind, apiVersion.slice(apiVersion.indexOf('/') + 1), signal);
  if (!resource) {
    const name = nameIn(rendered, defaultNamespace, group, kind);
    if (made.kinds.has(`${group}/${kind}`))
      return { name, change: { kind: 'create', rendered, reason: 'The cluster gets its definition only with this: it is not checked.' } };
    const reason = `The cluster has no kind ${kind} of ${apiVersion}: is its definition installed there?`;
    return { name, change: { kind: 'refused', reason, live: undefined, rendered } };
  }
  const name = nameIn(rendered, resource.namespaced ? defaultNamespace : undefined, group, kind);
  if (resource.namespaced && name.namespace === '') {
    const reason = 'It names no namespace, and nothing says in which it is meant: the controller refuses it.';
    return { name, change: { kind: 'refused', reason, live: undefined, rendered } };
  }
  return { name, change: await changeOf(cluster, resource, name, rendered, comparing, signal) };
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

// As often as client-go's `retry.DefaultRetry` asks again.
const conflictAttempts = 5;

async function changeOf(
  cluster: Cluster,
  resource: ApiResource,
  name: ObjectName,
  rendered: JsonObject,
  comparing: Comparing,
  signal: AbortSignal,
  attempts = conflictAttempts,
): Promise<Change> {
  let wanted = withSecretData({ ...rendered, apiVersion: apiVersionOf(resource) });
  let live: JsonObject | undefined;
  try {
    live = await readLive(cluster, resource, name, signal);
    const leftAlone = comparing.leftAlone(wanted, live);
    if (leftAlone !== undefined) return { kind: 'left', reason: leftAlone };
    if (live) wanted = await comparing.applied(wanted, live);
    const applied = await dryRun(cluster, pathOf(resource, name.namespace, name.name), wanted, live, comparing, signal).catch(
      (error: unknown) => {
        // Somebody has changed it since it was read, a controller its status for example.
        if (attempts > 1 && error instanceof ClusterError && error.kind === 'conflict') return undefined;
        throw error;
      },
    );
    if (!applied) return await changeOf(cluster, resource, name, rendered, comparing, signal, attempts - 1);
    if (!live) return { kind: 'create', rendered: comparable(applied), reason: '' };
    const before = await comparing.ignored(comparable(live), live);
    const after = await comparing.ignored(comparable(applied), live);
    return isDeepStrictEqual(before, after) ? { kind: 'same', live: before } : { kind: 'change', live: before, rendered: after };
  } catch (error) {
    if (!(error instanceof ClusterError) || !refusals.has(error.kind)) throw error;
    if (!live && error.kind === 'notFound' && comparing.made.namespaces.has(name.namespace))
      return { kind: 'create', rendered: wanted, reason: `The namespace ${name.namespace} is made only with this: it is not checked.` };
    return { kind: 'refused', reason: error.message, live: live && comparable(live), rendered: wanted };
  }
}

// A namespace that is only about to be made is not found; a webhook's no comes as the server's failure.
const refusals: ReadonlySet<string> = new Set(['invalid', 'forbidden', 'conflict', 'notFound', 'server']);

/** What would be there after the apply. */
async function dryRun(
  { connection }: Cluster,
  path: string,
  wanted: JsonObject,
  live: JsonObject | undefined,
  { fieldManager, takesOver }: Comparing,
  signal: AbortSignal,
): Promise<JsonObject> {
  const query = { dryRun: 'All', fieldManager };
  const applied = await connection.json<JsonObject>(
    { method: 'PATCH', path, query: { ...query, force: 'true' }, contentType: 'application/apply-patch+yaml', body: wanted },
    signal,
  );
  if (!live) return applied;
  const isTaken = (owner: FieldOwner): boolean => owner.subresource === '' && takesOver(owner, live);
  const kept = fieldOwners(applied).filter((owner) => !isTaken(owner) || (owner.operation === 'Apply' && owner.manager === fieldManager));
  const abandoned = fieldOwners(live)
    .filter((owner) => isTaken(owner) && !(owner.operation === 'Apply' && owner.manager === fieldManager))
    .map(({ fields }) => kept.reduce((left, owner) => fieldsBut(left, owner.fields), fields))
    .filter((fields) => !isEmpty(fields));
  if (abandoned.length === 0) return applied;
  // The server does not know that these fields were the controller's. Without them it fills in its defaults again, and says whether it may.
  const body = abandoned.reduce(withoutFields, applied);
  return connection.json<JsonObject>({ method: 'PUT', path, query, body }, signal);
}

function nameIn({ metadata }: JsonObject, namespace: string | undefined, group: string, kind: string): ObjectName {
  const meta = isObject(metadata) ? metadata : {};
  return {
    group,
    kind,
    namespace: namespace === undefined ? '' : text(meta['namespace']) || namespace,
    name: text(meta['name']),
  };
}
