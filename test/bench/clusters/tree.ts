// Ours: the cluster watched, and its rows.
import { setTimeout as pause } from 'node:timers/promises';
import { Clusters } from '../../../server/src/cluster/clusters.ts';
import { filterOf } from '../../../server/src/cluster/tree/filter.ts';
import { inventoryOf } from '../../../server/src/cluster/tree/inventory.ts';
import type { Row, RowKey } from '../../../server/src/cluster/tree/row.ts';
import { contextRow, rowsBelow } from '../../../server/src/cluster/tree/rows.ts';
import { changesArrive, middle } from './changes.ts';
import { heapInUse, print } from './memory.ts';
import { longestPause } from './pauses.ts';

const applications = Number(process.argv[3]);
const rounds = 20;
// Its code is read when a cluster is asked first; the peer has read it by now, too.
await import('../../../server/src/cluster/kubernetes-client.ts');
const before = heapInUse();
let told: (() => void) | undefined;
const clusters = new Clusters(
  { kubeconfig: () => [process.argv[2] ?? ''], hidden: () => [], timeout: () => 60_000 },
  {
    changed: () => told?.(),
    failed: (what, error) => {
      throw new Error(what, { cause: error });
    },
  },
);
const [context] = (await clusters.contexts()).contexts;
if (!context) throw new Error('The kubeconfig has no context.');
const cluster = clusters.of(context);

const longest = longestPause();
const began = performance.now();
cluster.start();
while (inventoryOf(cluster).objects.size < applications) await pause(5);
print('until all Applications are known', performance.now() - began, 'ms');
print('longest time that nothing else ran meanwhile', longest(), 'ms');
print('heap for them', heapInUse() - before, 'MB');

const name = context.name;
const first: RowKey = { row: 'object', context: name, group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'shop-0' };
const levels: Readonly<Record<string, RowKey>> = {
  'the tools': { row: 'context', context: name },
  'ten projects': { row: 'argocd', context: name },
  'the Applications of a project, of ten': { row: 'project', context: name, name: 'team-0' },
  '50 resources of an Application': first,
};
const inventory = inventoryOf(cluster);
for (const [what, key] of Object.entries(levels)) {
  print(
    what,
    median(() => rowsBelow({ cluster, inventory, filter: undefined }, key)),
    'ms',
  );
  print(
    `${what}, by state`,
    median(() => rowsBelow({ cluster, inventory, filter: filterOf('is:outofsync') }, key)),
    'ms',
  );
}

// What follows on a change, until the rows that are open are made again: the context's, and all levels above.
print(
  'a change: what hangs together, found again',
  median(() => inventoryOf(cluster)),
  'ms',
);
print(
  'a change: all open levels again',
  median((): Row[] => {
    const view = { cluster, inventory: inventoryOf(cluster), filter: undefined };
    return [contextRow(view, true), ...Object.values(levels).flatMap((key) => rowsBelow(view, key))];
  }),
  'ms',
);
print('a change, from the request to the client', await changesArrive((tell) => (told = tell)), 'ms');
clusters.dispose();
process.disconnect();

function median(once: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    once();
    return performance.now() - start;
  });
  return middle(times);
}
