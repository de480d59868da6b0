// A repository of several clusters declares objects of the same name for each: which of the declarations one cluster has.
import { type DeployedFolder, deployedFolders } from '../cluster/deployers.ts';
import { type Inventory, type Tracked, idOf, managedBy } from '../cluster/tree/inventory.ts';
import type { Graph, ObjectIn } from '../model/graph.ts';
import { overlaysOf } from '../model/reach.ts';
import type { View } from '../model/view.ts';
import { directoryOf, isWithin } from '../workspace/paths.ts';

/**
 * The declarations of an object of a cluster, in the open files: where what has applied it delivers from a folder here, only those that this
 * folder reaches, if it reaches any. A file that names no namespace may mean any.
 */
export function meantDeclarations(view: View, inventory: Inventory, tracked: Tracked): readonly ObjectIn[] {
  const { group, kind, namespace, name } = tracked.name;
  const declared = view.graph
    .objects((ofGroup, ofKind) => ofGroup === group && ofKind === kind)
    .filter(({ object }) => object.name === name && (object.namespace === '' || object.namespace === namespace));
  if (declared.length < 2) return declared;
  const deployer = deployerOf(inventory, tracked);
  const folders = deployedFolders(inventory, view.repositories).filter((each) => each.tracked === deployer);
  const reached = declared.filter(({ file }) => folders.some((folder) => reaches(view.graph, folder, file.path)));
  return reached.length > 0 ? reached : declared;
}

/** Whether the declaration in a file is one that the cluster may have. */
export function isMeant(view: View, inventory: Inventory, tracked: Tracked, path: string): boolean {
  return meantDeclarations(view, inventory, tracked).some(({ file }) => file.path === path);
}

/** What has applied an object; a Kustomization may hold itself, as Flux's bootstrap makes one. */
function deployerOf(inventory: Inventory, tracked: Tracked): Tracked | undefined {
  const id = idOf(tracked.name);
  return inventory.parentOf(id) ?? (managedBy(tracked.object).some((each) => idOf(each) === id) ? tracked : undefined);
}

function reaches(graph: Graph, { folder }: DeployedFolder, path: string): boolean {
  const overlays = overlaysOf(graph, path).map(({ directory }) => directory);
  if (overlays.includes(folder)) return true;
  // Without a kustomization, everything below is delivered.
  return !graph.kustomizationAt(folder) && [directoryOf(path), ...overlays].some((each) => each === folder || isWithin(folder, each));
}
