// The GitOps objects of one cluster as they hang together: how each stands, what it has put into the cluster, who put it there.
import { groupOf } from '../api-resources.ts';
import { type Application, applicationResources, applicationState } from '../argocd/application.ts';
import { applicationSetState } from '../argocd/application-set.ts';
import type { Cluster } from '../cluster.ts';
import { type FluxObject, fluxInventory, fluxState } from '../flux/flux-object.ts';
import { type WatchedKind, watchedKind } from '../kinds.ts';
import type { LiveObject } from '../live-object.ts';
import type { ManagedResource, ObjectState } from '../object-state.ts';
import type { ObjectName } from './row.ts';

/** A GitOps object of a cluster. */
export interface Tracked {
  readonly name: ObjectName;
  readonly kind: WatchedKind;
  readonly object: LiveObject;
  readonly state: ObjectState;
}

/** All of a cluster's GitOps objects. */
export interface Inventory {
  readonly objects: ReadonlyMap<string, Tracked>;
  /** The object that has put this one into the cluster; undefined when none that is watched has. */
  readonly parentOf: (id: string) => Tracked | undefined;
  /** The objects that this one has put into the cluster, of those that are watched. */
  readonly childrenOf: (id: string) => readonly Tracked[];
}

/** What tells an object from all others of a cluster. */
export function idOf({ group, kind, namespace, name }: ObjectName): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** What an object is called by. */
export function nameOf({ apiVersion, kind, metadata }: LiveObject): ObjectName {
  return { group: groupOf(apiVersion), kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The cluster's objects as they are known now. */
export function inventoryOf(cluster: Cluster): Inventory {
  return inventoryIn(cluster.kinds.flatMap((kind) => [...cluster.objects(kind).objects.values()].map((object) => trackedAs(kind, object))));
}

/** How these objects hang together. */
export function inventoryIn(all: readonly Tracked[]): Inventory {
  const objects = new Map(all.map((tracked) => [idOf(tracked.name), tracked]));
  const parents = new Map<string, Tracked>();
  const children = new Map<string, Tracked[]>();
  const adopt = (parent: Tracked, id: string): void => {
    const child = objects.get(id);
    // A Kustomization that holds itself, as Flux's bootstrap makes one, is nobody's child.
    if (!child || child === parent || parents.has(id) || leadsTo(parent, id)) return;
    parents.set(id, parent);
    const siblings = children.get(idOf(parent.name));
    if (siblings) siblings.push(child);
    else children.set(idOf(parent.name), [child]);
  };
  const leadsTo = (from: Tracked, id: string): boolean => {
    for (let at: Tracked | undefined = from; at; at = parents.get(idOf(at.name))) if (idOf(at.name) === id) return true;
    return false;
  };
  for (const parent of objects.values()) for (const id of ownedBy(parent.object)) adopt(parent, id);
  for (const child of objects.values())
    for (const { apiVersion, kind, name } of child.object.metadata.ownerReferences ?? []) {
      const owner = objects.get(idOf({ group: groupOf(apiVersion), kind, namespace: child.name.namespace, name }));
      if (owner) adopt(owner, idOf(child.name));
    }
  return {
    objects,
    parentOf: (id) => parents.get(id),
    childrenOf: (id) => children.get(id) ?? [],
  };
}

/** An object as it stands; undefined when its kind is none that is watched. */
export function trackedOf(object: LiveObject): Tracked | undefined {
  const kind = watchedKind(groupOf(object.apiVersion), object.kind);
  return kind && trackedAs(kind, object);
}

// An object of thousands changes; what the others are is found once.
const known = new WeakMap<LiveObject, Tracked>();

function trackedAs(kind: WatchedKind, object: LiveObject): Tracked {
  const before = known.get(object);
  if (before) return before;
  const tracked = { name: nameOf(object), kind, object, state: stateOf(object) };
  known.set(object, tracked);
  return tracked;
}

/** What an object has put into a cluster, as it says itself; none for what puts nothing there. */
export function managedBy(object: LiveObject): readonly ManagedResource[] {
  if (object.kind === 'Application') return applicationResources(object as Application);
  return object.kind === 'Kustomization' || object.kind === 'HelmRelease' ? fluxInventory(object as FluxObject) : [];
}

/** Whether an object says that it has put anything into a cluster. */
export function managesAnything(object: LiveObject): boolean {
  if (object.kind === 'Application') return ((object as Application).status?.resources ?? []).length > 0;
  return managedBy(object).length > 0;
}

/** Whether what it manages is in the cluster that it is in itself. */
export function managesHere(object: LiveObject): boolean {
  if (object.kind !== 'Application') return (object as FluxObject).spec?.kubeConfig === undefined;
  const { server, name } = (object as Application).spec.destination;
  return server === undefined ? name === 'in-cluster' : server === 'https://kubernetes.default.svc';
}

const owned = new WeakMap<LiveObject, readonly string[]>();

/** The ids of what an object has put into its own cluster, of the kinds that are watched. */
function ownedBy(object: LiveObject): readonly string[] {
  const before = owned.get(object);
  if (before) return before;
  const ids = managesHere(object)
    ? managedBy(object)
        .filter(({ group, kind }) => watchedKind(group, kind) !== undefined)
        .map(idOf)
    : [];
  owned.set(object, ids);
  return ids;
}

function stateOf(object: LiveObject): ObjectState {
  switch (object.kind) {
    case 'Application':
      return applicationState(object as Application);
    case 'ApplicationSet':
      return applicationSetState(object);
    case 'AppProject':
      return { health: 'healthy', sync: undefined, words: '', message: '', suspended: false, revision: '', since: '' };
    default:
      return fluxState(object as FluxObject);
  }
}
