// `drydock status`: what Argo CD and Flux deliver to a cluster, and how it stands.
import { ClusterError } from '../../server/src/cluster/cluster-error.ts';
import { needsAttention } from '../../server/src/cluster/object-state.ts';
import { inDependencyOrder } from '../../server/src/cluster/tree/dependency-order.ts';
import { filterOf } from '../../server/src/cluster/tree/filter.ts';
import { type Tracked, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import { shortRevision } from '../../server/src/cluster/tree/short-revision.ts';
import { readArguments } from './arguments.ts';
import { clusterOf, clusterOptions } from './cluster-of.ts';
import { OutputError } from './output.ts';

/** Runs the command; gives the exit code: 1 when something needs attention. */
export async function status(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { ...clusterOptions, format: { type: 'string', default: 'text' } });
  const cluster = await clusterOf(values);
  try {
    await cluster.list(new AbortController().signal);
  } catch (error) {
    throw error instanceof ClusterError ? new OutputError(error.message) : error;
  }
  for (const kind of cluster.kinds) {
    const { error } = cluster.objects(kind);
    if (error) process.stderr.write(`drydock: ${error.message}\n`);
  }
  const filter = filterOf(positionals.join(' '));
  const all = [...inventoryOf(cluster).objects.values()].filter((each) => each.name.kind !== 'AppProject');
  const wanted = inKindOrder(all.filter(({ name, state }) => !filter || filter(name, state)));
  process.stdout.write(values.format === 'json' ? `${JSON.stringify(wanted.map(toldOf), null, 2)}\n` : table(wanted.map(toldOf)));
  return wanted.some(({ state }) => needsAttention(state)) ? 1 : 0;
}

interface Told {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly state: string;
  readonly revision: string;
  readonly message: string;
}

function toldOf({ name, state }: Tracked): Told {
  const revision = shortRevision(state.revision, { repositories: [] });
  return { kind: name.kind, namespace: name.namespace, name: name.name, state: state.words, revision, message: state.message };
}

// The order of the tree: kinds as they are watched, Flux's in the order in which they depend on each other.
function inKindOrder(all: readonly Tracked[]): Tracked[] {
  return [...Map.groupBy(all, ({ kind }) => kind).values()].flatMap(inDependencyOrder);
}

function table(rows: readonly Told[]): string {
  if (rows.length === 0) return '';
  const columns = ['kind', 'namespace', 'name', 'state', 'revision'] as const;
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[], last: string): string =>
    `${[...cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)), last].join('  ').trimEnd()}\n`;
  const head = line(
    columns.map((column) => column.toUpperCase()),
    'MESSAGE',
  );
  return (
    head +
    rows
      .map((row) =>
        line(
          columns.map((column) => row[column]),
          row.message.replaceAll(/\s+/g, ' '),
        ),
      )
      .join('')
  );
}
