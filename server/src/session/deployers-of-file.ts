// What is said of the objects of the watched clusters that deliver a file.
import type { Deployer, Deployers } from '../../../protocol/src/cluster-reports.ts';
import type { Application } from '../cluster/argocd/application.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { label } from '../cluster/explain/evidence.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import { pauseFor } from '../cluster/pause.ts';
import { comparedKinds } from '../cluster/kinds.ts';
import { type Inventory, type Tracked, managesHere } from '../cluster/tree/inventory.ts';
import type { View } from '../model/view.ts';
import { allOf, deliverersOf } from './delivering.ts';

/** A cluster, and what is known of it. */
interface Known {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
}

// What has just been opened is waited for this long, and asked this often; milliseconds.
const patience = 15_000;
const interval = 100;

/** Finds them; objects that the file itself declares come first, then those that deploy what it is part of. */
export async function deployersOfFile(view: View, path: string, known: () => readonly Known[], signal: AbortSignal): Promise<Deployers> {
  for (const deadline = Date.now() + patience; known().some(isOpening) && Date.now() < deadline && !signal.aborted;)
    await pauseFor(interval, signal);
  const watched = known().filter(({ cluster }) => cluster.state.kind !== 'off');
  const deliverers = deliverersOf(view, path);
  const deployers = watched.flatMap(({ cluster, inventory }) =>
    allOf(deliverers(inventory))
      .filter(({ name }) => comparedKinds.has(name.kind))
      .map((each) => deployerOf(cluster.context.name, each)),
  );
  const problems = watched.flatMap(({ cluster: { context, state } }) =>
    state.kind === 'failing' ? [`${context.name}: ${state.error.message}`] : [],
  );
  return { watched: watched.map(({ cluster }) => cluster.context.name), problems, deployers };
}

function isOpening({ cluster }: Known): boolean {
  if (cluster.state.kind === 'connecting') return true;
  return cluster.state.kind === 'connected' && cluster.kinds.some((kind) => !cluster.objects(kind).listed && !cluster.objects(kind).error);
}

function deployerOf(context: string, { name, object, state }: Tracked): Deployer {
  const { group, kind, namespace, name: called } = name;
  return {
    id: JSON.stringify({ row: 'object', context, group, kind, namespace, name: called }),
    context,
    kind,
    label: label(name),
    description: `${context}${elsewhere(object)} · ${state.words}`,
  };
}

/** Where an object deploys to, when that is not its own cluster. */
function elsewhere(object: LiveObject): string {
  if (object.kind !== 'Application' || managesHere(object)) return '';
  const { name, server } = (object as Application).spec.destination;
  return ` → ${name ?? server ?? 'another cluster'}`;
}
