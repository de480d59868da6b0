// The one object that `drydock sync` is told to sync.
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { type Inventory, type Tracked, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import type { View } from '../../server/src/model/view.ts';
import { AmbiguousError, UsageError } from './usage-error.ts';
import { nothingWanted, wantedObjects } from './wanted-objects.ts';

/** The object that is meant, and where it is. */
export interface Target {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
}

/**
 * The one object that is meant, among all objects of clusters that have been listed: one that is declared in what is wanted, before
 * one that deploys it.
 *
 * @param view Of the repository that holds what is wanted.
 * @param wanted A file, a folder, or `kind/name`.
 * @throws UsageError when there is none, or when there are several, which it lists.
 */
export function targetIn(clusters: readonly Cluster[], view: View, wanted: string, namespace: string | undefined): Target {
  const find = wantedObjects(view, wanted, namespace);
  const found = clusters.flatMap((cluster): Target[] => {
    const inventory = inventoryOf(cluster);
    const { declared, deploying } = find(inventory);
    return (declared.length > 0 ? declared : deploying).map((tracked) => ({ cluster, inventory, tracked }));
  });
  const [first, ...others] = found;
  if (!first)
    throw new UsageError(
      nothingWanted(
        wanted,
        clusters.map(({ context }) => context.name),
      ),
    );
  if (others.length === 0) return first;
  const choices = found.map(
    ({ cluster, tracked: { name } }) =>
      `  drydock sync ${name.kind.toLowerCase()}/${name.name} -n ${name.namespace} --context ${cluster.context.name}`,
  );
  throw new AmbiguousError(`${wanted} may mean any of these:\n${choices.sort().join('\n')}`);
}
