// Which objects of a cluster deliver what a file or folder is part of.
import { type DeployedFolder, deployedFolders, deployersOf } from '../cluster/deployers.ts';
import { type Inventory, type Tracked, idOf } from '../cluster/tree/inventory.ts';
import { chartOf, objectPipelines } from '../features/pipelines-of.ts';
import type { ObjectPipeline } from '../model/pipeline.ts';
import { overlaysOf } from '../model/reach.ts';
import type { View } from '../model/view.ts';
import { directoryOf, resolveFrom } from '../workspace/paths.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { isMeant } from './meant-declarations.ts';

/** What of a cluster has to do with a file or folder. */
export interface Deliverers {
  /** What the file itself declares. */
  readonly declared: readonly Tracked[];
  /** What deploys the overlays and the chart that the file or folder is part of; of what is part of none, its folder. */
  readonly deploying: readonly Tracked[];
}

/** Finds what delivers the file or folder at `path`, in one cluster after another. */
export function deliverersOf(view: View, path: string): (inventory: Inventory) => Deliverers {
  const file = fileAt(view.graph.snapshot, path);
  const declared = file ? objectPipelines(file) : [];
  const places = placesOf(view, file ? path : resolveFrom(path, 'kustomization.yaml'));
  return (inventory) => {
    const deployed = deployedFolders(inventory, view.repositories);
    return {
      declared: [...inventory.objects.values()].filter(
        (tracked) => declared.some((each) => declares(each, tracked)) && isMeant(view, inventory, tracked, path),
      ),
      deploying: [...new Set(places.flatMap((place) => deploying(deployed, place)))],
    };
  };
}

/** All of them, each once: what is declared first. */
export function allOf({ declared, deploying: others }: Deliverers): Tracked[] {
  return [...new Map([...declared, ...others].map((each) => [idOf(each.name), each])).values()];
}

function declares({ group, objectKind, namespace, name }: ObjectPipeline, { name: of }: Tracked): boolean {
  // One without a namespace gets it from what applies it.
  return group === of.group && objectKind === of.kind && name === of.name && (namespace === '' || namespace === of.namespace);
}

interface Place {
  readonly folder: string;
  /** Whether other folders build on it: then what deploys a folder above it deploys it through those, if at all. */
  readonly isBase: boolean;
}

function placesOf(view: View, path: string): Place[] {
  const overlays = overlaysOf(view.graph, path).map(({ directory, file }): Place => ({
    folder: directory,
    isBase: overlaysOf(view.graph, file.path).length > 1,
  }));
  const chart = chartOf(view, path);
  const places = [...overlays, ...(chart === undefined ? [] : [{ folder: chart, isBase: false }])];
  return places.length > 0 ? places : [{ folder: directoryOf(path), isBase: false }];
}

function deploying(deployed: readonly DeployedFolder[], { folder, isBase }: Place): Tracked[] {
  return deployersOf(isBase ? deployed.filter((each) => each.folder === folder) : deployed, folder);
}
