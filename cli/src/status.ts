// `drydock status`: what Argo CD and Flux deliver to clusters, and how it stands.
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { ClusterError } from '../../server/src/cluster/cluster-error.ts';
import { type ManagedResource, needsAttention } from '../../server/src/cluster/object-state.ts';
import { inDependencyOrder } from '../../server/src/cluster/tree/dependency-order.ts';
import { type Filter, filterOf } from '../../server/src/cluster/tree/filter.ts';
import { type Tracked, inventoryOf, managedBy } from '../../server/src/cluster/tree/inventory.ts';
import { shortRevision } from '../../server/src/cluster/tree/short-revision.ts';
import { readArguments } from './arguments.ts';
import { chosenClusters, complain, contextOptions } from './cluster-of.ts';
import { table } from './table.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command; gives the exit code: 1 when something needs attention, or could not be asked. */
export async function status(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { ...contextOptions, format: { type: 'string', default: 'text' } });
  const print = formats.get(values.format);
  if (!print) throw new UsageError(`--format is ${[...formats.keys()].join(' or ')}`);
  const filter = filterOf(positionals.join(' '));
  const { clusters, settings } = await chosenClusters(values);
  settings.problems.forEach(complain);
  const standing = await Promise.all(clusters.map((cluster) => standingOf(cluster, filter)));
  const wanted = standing.flatMap(({ objects }) => objects);
  process.stdout.write(print(wanted, clusters.length > 1));
  const problems = standing.flatMap((each) => each.problems);
  problems.forEach(complain);
  return problems.length > 0 || wanted.some(({ tracked }) => needsAttention(tracked.state)) ? 1 : 0;
}

interface Standing {
  readonly context: string;
  readonly tracked: Tracked;
}

/** What a cluster says, or why it, or a kind in it, says nothing. One that fails does not keep the others from being told. */
async function standingOf(
  cluster: Cluster,
  filter: Filter | undefined,
): Promise<{ readonly objects: readonly Standing[]; readonly problems: readonly string[] }> {
  const context = cluster.context.name;
  try {
    if (cluster.context.problem !== undefined) return { objects: [], problems: [cluster.context.problem] };
    await cluster.list(new AbortController().signal);
  } catch (error) {
    if (error instanceof ClusterError) return { objects: [], problems: [`${context}: ${error.message}`] };
    throw error;
  }
  if (cluster.kinds.length === 0)
    return { objects: [], problems: [`${context}: Neither Argo CD nor Flux is installed here: the cluster has none of their kinds.`] };
  const refused = new Set(cluster.kinds.flatMap((kind) => cluster.objects(kind).error?.message ?? []));
  // Projects have no state.
  const all = [...inventoryOf(cluster).objects.values()].filter(({ name }) => name.kind !== 'AppProject');
  const wanted = all.filter((each) => isWanted(each, filter));
  // The order of the tree: kinds as they are watched, Flux's in the order in which they depend on each other.
  const ordered = [...Map.groupBy(wanted, ({ kind }) => kind).values()].flatMap(inDependencyOrder);
  return { objects: ordered.map((tracked) => ({ context, tracked })), problems: [...refused].map((each) => `${context}: ${each}`) };
}

// As in the tree: what leads to something wanted is wanted.
function isWanted({ name, state, object }: Tracked, filter: Filter | undefined): boolean {
  return !filter || filter(name, state) || managedBy(object).some((resource) => filter(resource, resource.state));
}

const formats: ReadonlyMap<string, (standing: readonly Standing[], several: boolean) => string> = new Map([
  ['text', text],
  ['json', json],
]);

function text(standing: readonly Standing[], several: boolean): string {
  if (standing.length === 0) return '';
  const rows = standing.map(({ context, tracked: { name, state } }) => [
    ...(several ? [context] : []),
    name.kind,
    name.namespace,
    name.name,
    state.words,
    shortRevision(state.revision, { repositories: [] }),
    state.message,
  ]);
  return table([...(several ? ['CONTEXT'] : []), 'KIND', 'NAMESPACE', 'NAME', 'STATE', 'REVISION', 'MESSAGE'], rows);
}

function json(standing: readonly Standing[]): string {
  const told = standing.map(({ context, tracked: { name, object, state } }) => ({
    context,
    ...name,
    health: state.health,
    ...(state.sync ? { sync: state.sync } : {}),
    suspended: state.suspended,
    needsAttention: needsAttention(state),
    state: state.words,
    revision: state.revision,
    since: state.since,
    message: state.message,
    resources: managedBy(object).map(toldResource),
  }));
  return `${JSON.stringify(told, null, 2)}\n`;
}

function toldResource({ group, kind, namespace, name, state }: ManagedResource): object {
  return { group, kind, namespace, name, ...(state ?? {}) };
}
