// Deleting an object of a cluster, and what becomes of what it has put there.
import { pathOf } from '../api-resources.ts';
import type { Cluster } from '../cluster.ts';
import type { FluxObject } from '../flux/flux-object.ts';
import type { LiveObject } from '../live-object.ts';
import { changeObject, followObject, readObject, resourceOf } from '../objects.ts';
import type { Tracked } from '../tree/inventory.ts';
import type { ObjectName } from '../tree/row.ts';
import type { Progress } from './action.ts';

/** What becomes of what an object has put into the cluster: `foreground` waits for it, `background` does not, `orphan` leaves it there. */
export type Cascade = 'foreground' | 'background' | 'orphan';

const applicationFinalizer = 'resources-finalizer.argocd.argoproj.io';

/**
 * Deletes an object as `argocd app delete --cascade --propagation-policy` and `kubectl delete --cascade` do, and waits until it is gone.
 *
 * @throws ClusterError; the reason of `signal`, which ends only the waiting.
 */
export async function deleteObject(
  cluster: Cluster,
  name: ObjectName,
  cascade: Cascade,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { metadata } = await readObject<LiveObject>(cluster, name, signal);
  await prepare(cluster, name, cascade, signal);
  const resource = await resourceOf(cluster, name, signal);
  // What an ApplicationSet has made is Kubernetes' to delete, by its owner.
  const query = name.kind === 'ApplicationSet' ? { propagationPolicy: propagation[cascade] } : {};
  await cluster.connection.json({ method: 'DELETE', path: pathOf(resource, name.namespace, name.name), query }, signal);
  await followDeletion(cluster, name, metadata.uid, progress, signal);
}

/** Waits until an object that was deleted is gone. @throws ClusterError; the reason of `signal` */
export async function followDeletion(
  cluster: Cluster,
  name: ObjectName,
  uid: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await followObject<true>(
    cluster,
    name,
    (object) => {
      // Whatever has put it there may do so again at once.
      if (object?.metadata.uid !== uid) return true;
      progress('its controller removes what it has deployed');
      return undefined;
    },
    signal,
  );
}

const propagation = { foreground: 'Foreground', background: 'Background', orphan: 'Orphan' } as const;

/** Writes into the object what its controller is to do with what it has deployed. */
async function prepare(cluster: Cluster, name: ObjectName, cascade: Cascade, signal: AbortSignal): Promise<void> {
  if (name.kind === 'Application') {
    await changeObject(
      cluster,
      name,
      ({ metadata }) => {
        const others = (metadata.finalizers ?? []).filter((each) => !each.startsWith(applicationFinalizer));
        const own = { foreground: [applicationFinalizer], background: [`${applicationFinalizer}/background`], orphan: [] }[cascade];
        return { metadata: { finalizers: [...others, ...own] } };
      },
      signal,
    );
  }
  // Flux removes what an object's inventory has unless it is suspended (finalizers of kustomize- and helm-controller).
  else if (cascade === 'orphan' && fluxDeliverers.has(name.kind))
    await changeObject(cluster, name, () => ({ spec: { suspend: true } }), signal);
}

const fluxDeliverers: ReadonlySet<string> = new Set(['Kustomization', 'HelmRelease']);

/** Whether the way that is chosen is written into the object before it is deleted. */
export function isPrepared({ kind }: Pick<ObjectName, 'kind'>, cascade: Cascade): boolean {
  return kind === 'Application' || (cascade === 'orphan' && fluxDeliverers.has(kind));
}

/** What becomes of what an object has put into the cluster when it is deleted, in a sentence; none of what has put nothing there. */
export function fateOfDeployed({ name: { kind, name }, object }: Tracked, cascade: Cascade): string[] {
  const { spec } = object as FluxObject;
  const all = `${kind} ${name} has put into the cluster`;
  if (kind === 'ApplicationSet')
    return [
      cascade === 'orphan'
        ? `The Applications that ApplicationSet ${name} has made stay.`
        : `The Applications that ApplicationSet ${name} has made are deleted with it, and with those that have Argo CD's finalizer what they have deployed.`,
    ];
  if (kind !== 'Application' && !fluxDeliverers.has(kind)) return [];
  if (cascade === 'orphan') return [`What ${all} stays there.`];
  if (kind !== 'Application' && spec?.suspend === true) return [`It is suspended: what ${all} stays there.`];
  if (kind === 'Kustomization' && !deletesWithIt(spec)) return [`What ${all} stays there: ${whyKept(spec)}.`];
  return [`All that ${all} is deleted with it.`];
}

// As kustomize-controller's finalizer decides it (api/v1 GetDeletionPolicy, v1.9).
function deletesWithIt(spec: FluxObject['spec']): boolean {
  const policy = spec?.deletionPolicy ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? spec?.prune === true : policy !== 'Orphan';
}

function whyKept(spec: FluxObject['spec']): string {
  return spec?.deletionPolicy === 'Orphan' ? 'its deletionPolicy is Orphan' : 'it does not prune';
}
