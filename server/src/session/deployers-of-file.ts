// Which objects of the watched clusters deploy what a file is part of.
import type { Deployer, Deployers } from '../../../protocol/src/cluster-reports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { deployedFolders, deployersOf } from '../cluster/deployers.ts';
import { pauseFor } from '../cluster/pause.ts';
import { type Inventory, type Tracked, idOf } from '../cluster/tree/inventory.ts';
import { label } from '../cluster/explain/evidence.ts';
import { declaredObject } from '../model/object.ts';
import type { View } from '../model/view.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { directoryOf } from '../workspace/paths.ts';

/** A cluster, and what is known of it. */
interface Known {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
}

// What has just been opened is waited for this long, and asked this often; milliseconds.
const patience = 15_000;
const interval = 100;

/** Finds them; objects that the file itself declares come first, then those that deploy its folder or the nearest one above. */
export async function deployersOfFile(view: View, path: string, known: () => readonly Known[], signal: AbortSignal): Promise<Deployers> {
  for (const deadline = Date.now() + patience; known().some(isOpening) && Date.now() < deadline && !signal.aborted;)
    await pauseFor(interval, signal);
  const watched = known().filter(({ cluster }) => cluster.state.kind !== 'off');
  const deployers = watched.flatMap(({ cluster, inventory }) => {
    const found = new Map<string, Tracked>();
    for (const each of [...declaredIn(view, path, inventory), ...deploying(view, path, inventory)]) found.set(idOf(each.name), each);
    return [...found.values()].map((each) => deployerOf(cluster.context.name, each));
  });
  return { watched: watched.map(({ cluster }) => cluster.context.name), deployers };
}

function isOpening({ cluster }: Known): boolean {
  if (cluster.state.kind === 'connecting') return true;
  return cluster.state.kind === 'connected' && cluster.kinds.some((kind) => !cluster.objects(kind).listed && !cluster.objects(kind).error);
}

function deploying({ repositories }: View, path: string, inventory: Inventory): Tracked[] {
  return deployersOf(deployedFolders(inventory, repositories), directoryOf(path));
}

/** The objects that the file declares and that deploy something. */
function declaredIn({ graph }: View, path: string, inventory: Inventory): Tracked[] {
  const file = fileAt(graph.snapshot, path);
  if (!file) return [];
  return file.documents.flatMap((placed) => {
    const declared = declaredObject(file, placed);
    if (!declared || !deployingKinds.has(declared.kind)) return [];
    const { group, kind, namespace, name } = declared;
    return [...inventory.objects.values()].filter(
      (each) =>
        each.name.group === group &&
        each.name.kind === kind &&
        each.name.name === name &&
        (namespace === '' || each.name.namespace === namespace),
    );
  });
}

const deployingKinds: ReadonlySet<string> = new Set(['Application', 'Kustomization', 'HelmRelease']);

function deployerOf(context: string, { name, state }: Tracked): Deployer {
  const { group, kind, namespace, name: called } = name;
  return {
    id: JSON.stringify({ row: 'object', context, group, kind, namespace, name: called }),
    context,
    kind,
    label: label(name),
    description: `${context} · ${state.words}`,
  };
}
