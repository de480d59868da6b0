// The tree of clusters, a level at a time.
import type { Application } from '../argocd/application.ts';
import { isSignedOut } from '../argocd-server/signed-out.ts';
import type { Cluster } from '../cluster.ts';
import { type Tool, watchedKinds } from '../kinds.ts';
import type { LiveObject } from '../live-object.ts';
import { type ManagedResource, needsAttention } from '../object-state.ts';
import { dependenciesOf, inDependencyOrder } from './dependency-order.ts';
import type { Filter } from './filter.ts';
import { type HealthOf, resourcesOf } from './resource-health.ts';
import { type Inventory, type Tracked, idOf, managedBy, managesAnything, managesHere } from './inventory.ts';
import type { ObjectName, Row, RowKey } from './row.ts';

/** What a cluster's rows are made of. */
export interface ClusterView {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly filter: Filter | undefined;
  /** What was found of the health of what an object manages, where its tool does not write it; none where nobody looks. */
  readonly health?: HealthOf;
}

/** The row of a context. */
export function contextRow({ cluster, inventory, filter }: ClusterView, isCurrent: boolean): Row {
  const { context, state } = cluster;
  const problems = [...inventory.objects.values()].filter((each) => wanted(filter, each) && needsAttention(each.state)).length;
  // An Argo CD is called by its address.
  const host = cluster.argocd ? '' : context.server.replace(/^https?:\/\//, '');
  const description = {
    off: host,
    connecting: 'connecting…',
    connected: host,
    failing: `${isSignedOut(cluster) ? 'not signed in' : 'not reachable'}${inventory.objects.size > 0 ? ', as it was last' : ''}`,
  }[state.kind];
  return {
    ...bare({ row: 'context', context: context.name }, context.name),
    description: [isCurrent ? 'current' : '', context.problem === undefined ? description : 'unusable']
      .filter((each) => each !== '')
      .join(' · '),
    health: context.problem !== undefined || state.kind === 'failing' ? 'degraded' : undefined,
    problems,
    expandable: true,
  };
}

/** The rows below a context, a heading or an object, problems first. */
export function rowsBelow(view: ClusterView, key: RowKey): Row[] {
  switch (key.row) {
    case 'context':
      return belowContext(view);
    case 'argocd':
      return projects(view);
    case 'project':
      return objectRows(
        view,
        rootsOf(view, 'argocd').filter((each) => projectOf(each) === key.name),
      );
    case 'flux':
      return headings(view);
    case 'heading':
      return objectRows(view, underHeading(view, key.name));
    case 'object':
      return belowObject(view, key);
    default:
      return [];
  }
}

/** Said of a cluster without either tool. */
export const notInstalled = 'Neither Argo CD nor Flux is installed here, or you may not list their kinds.';

function belowContext({ cluster, inventory, filter }: ClusterView): Row[] {
  const context = cluster.context.name;
  const { state } = cluster;
  if (cluster.context.problem !== undefined) return [message(context, cluster.context.problem)];
  const told = state.kind === 'failing' ? [message(context, state.error.message)] : [];
  if (isSignedOut(cluster) && inventory.objects.size === 0) return told;
  const tools = toolRows(cluster, inventory, filter);
  if (tools.length > 0) return [...told, ...tools];
  if (state.kind !== 'connected') return told;
  return [message(context, notInstalled)];
}

function toolRows(cluster: Cluster, inventory: Inventory, filter: Filter | undefined): Row[] {
  const labels = { argocd: 'Argo CD', flux: 'Flux' } as const;
  return (['argocd', 'flux'] as const).flatMap((tool): Row[] => {
    const kinds = cluster.kinds.filter((kind) => kind.tool === tool);
    if (kinds.length === 0) return [];
    const objects = [...inventory.objects.values()].filter((each) => each.kind.tool === tool && wanted(filter, each));
    const coming = kinds.map((kind) => cluster.objects(kind)).some(({ listed, error }) => !listed && !error);
    const row = { ...bare({ row: tool, context: cluster.context.name }, labels[tool]), ...counted(objects), expandable: true };
    return [coming && objects.length === 0 ? { ...row, description: 'listing…' } : row];
  });
}

function projects(view: ClusterView): Row[] {
  const { cluster, inventory } = view;
  const context = cluster.context.name;
  const roots = rootsOf(view, 'argocd');
  const declared = [...inventory.objects.values()].filter(({ name }) => name.kind === 'AppProject').map(({ name }) => name.name);
  const byProject = Map.groupBy(roots, projectOf);
  const names = [...new Set([...declared, ...byProject.keys()])].sort();
  const rows = names.map((name): Row => {
    const members = byProject.get(name) ?? [];
    if (members.length === 0) return { ...bare({ row: 'project', context, name }, name), description: memberless(view, name) };
    const all = members.flatMap((each) => [each, ...descendants(inventory, each)]);
    return {
      ...bare({ row: 'project', context, name }, name || 'without project'),
      ...counted(all),
      expandable: true,
    };
  });
  return [...refusals(view, 'argocd'), ...problemsFirst(rows)];
}

function memberless({ inventory, filter }: ClusterView, project: string): string {
  const isMember = (each: Tracked): boolean =>
    each.kind.tool === 'argocd' && each.name.kind !== 'AppProject' && projectOf(each) === project;
  const elsewhere = [...inventory.objects.values()].filter((each) => isMember(each) && wanted(filter, each)).length;
  return elsewhere > 0 ? `${elsewhere} below what has put them there` : '0';
}

function headings(view: ClusterView): Row[] {
  const context = view.cluster.context.name;
  const names = [...new Set(watchedKinds.filter(({ tool }) => tool === 'flux').map(({ heading }) => heading))];
  const rows = names.flatMap((name): Row[] => {
    const objects = underHeading(view, name);
    return objects.length === 0 ? [] : [{ ...bare({ row: 'heading', context, name }, name), ...counted(objects), expandable: true }];
  });
  return [...refusals(view, 'flux'), ...rows];
}

/** Why objects of some kinds are not among the rows. */
function refusals({ cluster }: ClusterView, tool: Tool): Row[] {
  if (cluster.state.kind === 'failing') return [];
  const errors = cluster.kinds.filter((kind) => kind.tool === tool).flatMap((kind) => cluster.objects(kind).error?.message ?? []);
  return [...new Set(errors)].map((each) => message(cluster.context.name, each));
}

function underHeading({ inventory, filter }: ClusterView, heading: string): Tracked[] {
  return [...inventory.objects.values()].filter(
    (each) => each.kind.heading === heading && each.kind.tool === 'flux' && wanted(filter, each),
  );
}

/** Applications and ApplicationSets that no other one has put there. With a filter, those that lead to something that is wanted. */
function rootsOf({ inventory, filter }: ClusterView, tool: Tool): Tracked[] {
  return [...inventory.objects.values()].filter(
    (each) =>
      each.kind.tool === tool &&
      each.name.kind !== 'AppProject' &&
      inventory.parentOf(idOf(each.name))?.kind.tool !== tool &&
      leadsToWanted(inventory, filter, each),
  );
}

function leadsToWanted(inventory: Inventory, filter: Filter | undefined, each: Tracked): boolean {
  return wanted(filter, each) || inventory.childrenOf(idOf(each.name)).some((child) => leadsToWanted(inventory, filter, child));
}

// Objects that fit a filter, as far as they were looked at: each may manage many resources, and is looked at for each level.
const fitting = new WeakMap<Filter, WeakMap<LiveObject, boolean>>();

/** Whether an object, or something that it manages, fits the filter. */
function wanted(filter: Filter | undefined, { name, object, state }: Tracked): boolean {
  if (!filter) return true;
  const looked = fitting.get(filter) ?? new WeakMap<LiveObject, boolean>();
  fitting.set(filter, looked);
  const fits = looked.get(object) ?? (filter(name, state) || managedBy(object).some((resource) => filter(resource, resource.state)));
  looked.set(object, fits);
  return fits;
}

/** The project of an Application, or of those that an ApplicationSet makes. */
export function projectOf({ object }: Tracked): string {
  if (object.kind === 'Application') return (object as Application).spec.project ?? 'default';
  return (object.spec as { readonly template?: { readonly spec?: { readonly project?: string } } }).template?.spec?.project ?? '';
}

function belowObject(view: ClusterView, key: ObjectName): Row[] {
  const { cluster, inventory, filter } = view;
  const owner = inventory.objects.get(idOf(key));
  if (!owner) return [];
  const children = inventory.childrenOf(idOf(key)).filter((each) => leadsToWanted(inventory, filter, each));
  const nested = new Set(inventory.childrenOf(idOf(key)).map((each) => idOf(each.name)));
  const others = resourcesOf(owner, view.health)
    .filter((resource) => !(nested.has(idOf(resource)) && managesHere(owner.object)))
    .filter((resource) => !filter || filter(owner.name, owner.state) || filter(resource, resource.state));
  const resources = others.map((resource) => resourceRow(cluster.context.name, owner, resource));
  return [...objectRows(view, children), ...problemsFirst(resources)];
}

function objectRows({ cluster, inventory }: ClusterView, objects: readonly Tracked[]): Row[] {
  const namesakes = Map.groupBy(objects, ({ name }) => name.name);
  return problemsFirst(
    inDependencyOrder(objects).map((each): Row => {
      const { name, state } = each;
      const below = descendants(inventory, each).filter((child) => needsAttention(child.state)).length;
      const others = namesakes.get(name.name) ?? [];
      const apart = [
        ...(others.some((other) => other.name.kind !== name.kind) ? [name.kind] : []),
        ...(others.some((other) => other.name.namespace !== name.namespace) ? [name.namespace] : []),
      ];
      const after = dependenciesOf(each).map((needed) => needed.slice(needed.indexOf('/') + 1));
      return {
        ...bare({ row: 'object', context: cluster.context.name, ...name }, name.name),
        description: [...apart, state.words, ...(after.length > 0 ? [`after ${after.join(', ')}`] : [])]
          .filter((part) => part !== '')
          .join(' · '),
        health: state.health,
        sync: state.sync,
        state,
        problems: below + (needsAttention(state) ? 1 : 0),
        expandable: managesAnything(each.object) || inventory.childrenOf(idOf(name)).length > 0,
      };
    }),
  );
}

function descendants(inventory: Inventory, each: Tracked): Tracked[] {
  return inventory.childrenOf(idOf(each.name)).flatMap((child) => [child, ...descendants(inventory, child)]);
}

function resourceRow(context: string, owner: Tracked, resource: ManagedResource): Row {
  const { group, kind, namespace, name, state } = resource;
  const words = [namespace === owner.name.namespace ? '' : namespace, ...(state ? stateWords(state) : [])];
  const isProblem = state?.sync === 'outOfSync' || state?.health === 'degraded' || state?.health === 'missing';
  return {
    ...bare({ row: 'resource', context, owner: owner.name, group, kind, namespace, name }, `${kind}/${name}`),
    description: words.filter((word) => word !== '').join(' · '),
    health: state?.health,
    sync: state?.sync,
    resource,
    problems: isProblem ? 1 : 0,
    // A kind that is watched may still be in another cluster, and is no row of its own then.
    expandable: false,
  };
}

function stateWords({ sync, health, requiresPruning }: NonNullable<ManagedResource['state']>): string[] {
  const synced = { synced: '', outOfSync: requiresPruning ? 'to be pruned' : 'OutOfSync', unknown: '' };
  const named = { healthy: '', progressing: 'Progressing', degraded: 'Degraded', suspended: 'Suspended', missing: 'Missing', unknown: '' };
  return [sync ? synced[sync] : '', health ? named[health] : ''];
}

function bare(key: RowKey, label: string): Row {
  return {
    key,
    label,
    description: '',
    health: undefined,
    sync: undefined,
    state: undefined,
    resource: undefined,
    problems: 0,
    expandable: false,
  };
}

function message(context: string, text: string): Row {
  return bare({ row: 'message', context, text }, text);
}

function counted(objects: readonly Tracked[]): Pick<Row, 'description' | 'problems'> {
  const problems = objects.filter(({ state }) => needsAttention(state)).length;
  return { description: problems > 0 ? `${problems} of ${objects.length}` : String(objects.length), problems };
}

// Sorting keeps the order of what is alike.
function problemsFirst(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => Math.min(b.problems, 1) - Math.min(a.problems, 1));
}
