// Which objects of a cluster deliver what a file or folder is part of.
import { deployedFolders, deployersOf } from '../cluster/deployers.ts';
import type { Inventory, Tracked } from '../cluster/tree/inventory.ts';
import { chartOf, objectPipelines } from '../features/pipelines-of.ts';
import { overlaysOf } from '../model/reach.ts';
import type { View } from '../model/view.ts';
import { directoryOf, resolveFrom } from '../workspace/paths.ts';
import { fileAt } from '../workspace/snapshot.ts';

/** The objects of a cluster that a file here declares, and those that deploy what the file or folder at `path` is part of. */
export function deliverersOf(view: View, path: string): (inventory: Inventory) => Tracked[] {
  const file = fileAt(view.graph.snapshot, path);
  const declared = file ? objectPipelines(file) : [];
  const isDeclared = ({ name }: Tracked): boolean =>
    declared.some(
      (each) =>
        each.group === name.group &&
        each.objectKind === name.kind &&
        each.name === name.name &&
        // One without a namespace gets it from what applies it.
        (each.namespace === '' || each.namespace === name.namespace),
    );
  const inside = file ? path : resolveFrom(path, 'kustomization.yaml');
  const chart = chartOf(view, inside);
  const overlays = overlaysOf(view.graph, inside).map(({ directory }) => directory);
  const folders = [directoryOf(inside), ...overlays, ...(chart === undefined ? [] : [chart])];
  return (inventory) => {
    const deployed = deployedFolders(inventory, view.repositories);
    const deployers = folders.flatMap((folder) => deployersOf(deployed, folder));
    return [...new Set([...[...inventory.objects.values()].filter(isDeclared), ...deployers])];
  };
}
