// Which object of a cluster a command line means: by its kind and name, by the file that declares it, or by what it deploys.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { deployedFolders, deployersOf } from '../../server/src/cluster/deployers.ts';
import { type Inventory, type Tracked, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import { chartOf, objectPipelines } from '../../server/src/features/pipelines-of.ts';
import { overlaysOf } from '../../server/src/model/reach.ts';
import type { View } from '../../server/src/model/view.ts';
import { fromNativePath, resolveFrom } from '../../server/src/workspace/paths.ts';
import { fileAt } from '../../server/src/workspace/snapshot.ts';
import { isKindAndName } from './named-pipeline.ts';
import { AmbiguousError, UsageError } from './usage-error.ts';

/** The object that is meant, and where it is. */
export interface Target {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
}

/**
 * The one object that is meant, among all objects of clusters that have been listed.
 *
 * @param view Of the repository that holds what is wanted.
 * @param wanted A file, a folder, or `kind/name`.
 * @throws UsageError when there is none, or when there are several, which it lists.
 */
export function targetIn(clusters: readonly Cluster[], view: View, wanted: string, namespace: string | undefined): Target {
  const isFitting = fitting(view, wanted);
  const found = clusters.flatMap((cluster): Target[] => {
    const inventory = inventoryOf(cluster);
    return isFitting(inventory)
      .filter(({ name }) => namespace === undefined || name.namespace === namespace)
      .map((tracked) => ({ cluster, inventory, tracked }));
  });
  const [first, ...others] = found;
  const where = clusters.map(({ context }) => context.name).join(', ');
  if (!first) throw new UsageError(`nothing on ${where} ${isPath(wanted) ? `deploys ${wanted}` : `is called ${wanted}`}`);
  if (others.length === 0) return first;
  const choices = found.map(
    ({ cluster, tracked: { name } }) =>
      `  drydock sync ${name.kind.toLowerCase()}/${name.name} -n ${name.namespace} --context ${cluster.context.name}`,
  );
  throw new AmbiguousError(`${wanted} may mean any of these:\n${choices.sort().join('\n')}`);
}

type Choice = (inventory: Inventory) => readonly Tracked[];

function isPath(wanted: string): boolean {
  return existsSync(wanted) || !isKindAndName(wanted);
}

function fitting(view: View, wanted: string): Choice {
  if (!isPath(wanted))
    return ({ objects }) => [...objects.values()].filter(({ name }) => `${name.kind}/${name.name}`.toLowerCase() === wanted.toLowerCase());
  if (!existsSync(wanted)) throw new UsageError(`${wanted} does not exist`);
  const place = fromNativePath(path.resolve(wanted));
  const file = statSync(wanted).isFile() ? fileAt(view.graph.snapshot, place) : undefined;
  const declared = file ? objectPipelines(file) : [];
  if (declared.length > 0)
    return ({ objects }) =>
      [...objects.values()].filter(({ name }) =>
        declared.some(
          (each) =>
            each.group === name.group &&
            each.objectKind === name.kind &&
            each.name === name.name &&
            // One without a namespace gets it from an overlay.
            (each.namespace === '' || each.namespace === name.namespace),
        ),
      );
  const folders = statSync(wanted).isFile()
    ? foldersOf(view, place)
    : [place, ...foldersOf(view, resolveFrom(place, 'kustomization.yaml'))];
  return (inventory) => {
    const deployed = deployedFolders(inventory, view.repositories);
    return [...new Set(folders.flatMap((folder) => deployersOf(deployed, folder)))];
  };
}

/** The overlays and the chart that a file is part of. */
function foldersOf(view: View, file: string): string[] {
  const chart = chartOf(view, file);
  return [...overlaysOf(view.graph, file).map(({ directory }) => directory), ...(chart === undefined ? [] : [chart])];
}
