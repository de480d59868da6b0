// `drydock diff --live`: what a sync would change in a cluster, if the files were pushed as they are here.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { ClusterError } from '../../server/src/cluster/cluster-error.ts';
import { type Difference, differenceOf } from '../../server/src/cluster/diff/difference.ts';
import { type Inventory, type Tracked, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import { allOf } from '../../server/src/session/delivering.ts';
import { type Compared, comparedIn, withLastSynced, withRendered } from '../../server/src/session/live-compared.ts';
import { liveDrift } from '../../server/src/session/live-diff.ts';
import type { Session } from '../../server/src/session/session.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { readArguments } from './arguments.ts';
import { chosenClusters, complain, contextOptions } from './cluster-of.ts';
import { foldersAround } from './folders-around.ts';
import { startSession } from './start-session.ts';
import { UsageError } from './usage-error.ts';
import { nothingWanted, wantedObjects } from './wanted-objects.ts';

// kubectl diff's: 1 for differences, more for what went wrong.
const [none, differences, failure] = [0, 1, 2];

/** Runs the command; gives the exit code: 0 for no differences, 1 for some, 2 when something could not be compared. */
export async function diff(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...contextOptions,
    live: { type: 'boolean', default: false },
    'last-synced': { type: 'boolean', default: false },
    namespace: { type: 'string', short: 'n' },
  });
  const [wanted = '.', ...rest] = positionals;
  if (!values.live) throw new UsageError('diff compares with a cluster: say --live');
  if (rest.length > 0) throw new UsageError('diff takes one folder, file or kind/name');
  const place = fromNativePath(path.resolve(existsSync(wanted) ? wanted : '.'));
  const ending = new AbortController();
  process.once('SIGINT', () => ending.abort(new Error('interrupted')));
  const session = await startSession([place], (settings) => settings);
  try {
    const { clusters } = await chosenClusters(values);
    await session.openFolders(await foldersAround([place]));
    const find = wantedObjects(session.view, wanted, values.namespace);
    const against = values['last-synced'] ? withLastSynced : withRendered;
    let code = none;
    let found = 0;
    for (const cluster of clusters) {
      try {
        await cluster.list(ending.signal);
        const inventory = inventoryOf(cluster);
        const objects = allOf(find(inventory));
        found += objects.length;
        for (const tracked of objects)
          code = Math.max(code, await compare(session, { cluster, inventory, tracked }, clusters, against, ending.signal));
      } catch (error) {
        if (!(error instanceof ClusterError)) throw error;
        complain(`${cluster.context.name}: ${error.message}`);
        code = failure;
      }
    }
    if (found > 0 || code === failure) return code;
    complain(
      nothingWanted(
        wanted,
        clusters.map(({ context }) => context.name),
      ),
    );
    return failure;
  } finally {
    session.dispose();
  }
}

async function compare(
  session: Session,
  owner: { readonly cluster: Cluster; readonly inventory: Inventory; readonly tracked: Tracked },
  others: readonly Cluster[],
  against: Compared,
  signal: AbortSignal,
): Promise<number> {
  const { name } = owner.tracked;
  const title = `${name.kind} ${name.name} on ${owner.cluster.context.name}`;
  const target = await comparedIn(owner.tracked, owner.cluster, others, against, signal);
  const drift =
    target.kind === 'none' ? undefined : await liveDrift(session, { ...owner, target: target.cluster }, against, () => undefined, signal);
  if (drift?.kind !== 'compared') {
    complain(`${title}: ${target.kind === 'none' ? target.reason : (drift?.reason ?? 'interrupted')}`);
    return failure;
  }
  for (const note of drift.notes) complain(`${title}: ${note}`);
  const all = drift.drifts.flatMap((each) => differenceOf(each, drift.secrets) ?? []);
  for (const each of all) print(title, drift.called, each);
  // What is kept stays as it is, whatever Git says.
  const differing = all.filter(({ change }) => change !== 'kept');
  if (differing.length === 0) complain(`${title}: no differences`);
  return differing.some(({ change }) => change === 'refused') ? failure : differing.length > 0 ? differences : none;
}

function print(title: string, called: string, { label, change, live, rendered, reason }: Difference): void {
  if (reason !== '') complain(`${title}: ${label} (${change}): ${reason}`);
  if (change === 'kept') return;
  const [before, after] = [live === '' ? '/dev/null' : `live/${label}`, rendered === '' ? '/dev/null' : `${called}/${label}`];
  process.stdout.write(createTwoFilesPatch(before, after, live, rendered));
}
