// How what is declared here stands in the clusters that were looked at: above its manifests, and beside its folders.
import type { DeployedFolder as TellableFolder } from '../../../protocol/src/live-state.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { deployedFolders } from '../cluster/deployers.ts';
import { deployingKinds, watchedKind } from '../cluster/kinds.ts';
import type { ObjectState } from '../cluster/object-state.ts';
import { ago } from '../cluster/tree/age.ts';
import { type Inventory, type Tracked, idOf } from '../cluster/tree/inventory.ts';
import type { HealthOf } from '../cluster/tree/resource-health.ts';
import type { RowKey } from '../cluster/tree/row.ts';
import { type Lens, lensRange } from '../features/code-lens.ts';
import { isKustomizationFile } from '../model/graph.ts';
import { type DeclaredObject, declaredObject, kindOf } from '../model/object.ts';
import type { View } from '../model/view.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { baseName, directoryOf, uriOf } from '../workspace/paths.ts';
import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';

/** A cluster and what is known of it, which may be what it said last. */
export interface KnownCluster {
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  /** What was found of the health of what its objects manage; none where nobody looks. */
  readonly health?: HealthOf;
}

// More clusters than this above one object push the text out of sight.
const lensesOfOne = 5;

/**
 * Above every object that a known cluster has, and above the kustomization or chart of a folder that one deploys: how that stands there.
 *
 * @param now Milliseconds since 1970.
 */
export function liveLenses(view: View, file: SourceFile, clusters: readonly KnownCluster[], now: number): Lens[] {
  const [first] = file.documents;
  const isOverlay = isKustomizationFile(file) || baseName(file.path) === 'Chart.yaml';
  const directory = directoryOf(file.path);
  const overlay = clusters.flatMap((known): Lens[] => {
    if (!isOverlay || !first) return [];
    const deployers = deployedFolders(known.inventory, view.repositories).filter(({ folder }) => folder === directory);
    return deployers.map(({ tracked }) =>
      stateLens(file, first, known.cluster, tracked, `${tracked.name.kind} ${tracked.name.name}: `, now),
    );
  });
  const objects = file.documents.flatMap((placed): Lens[] => {
    const kind = kindOf(placed, file.path);
    const object = kind && watchedKind(groupOf(kind.apiVersion), kind.kind) && declaredObject(file, placed);
    if (!object) return [];
    const states = clusters.flatMap(({ cluster, inventory }) => {
      const tracked = liveOf(inventory, object);
      return tracked ? [stateLens(file, placed, cluster, tracked, '', now)] : [];
    });
    return withDiff(file, placed, states, deployingKinds.has(object.kind));
  });
  return [...(first ? withDiff(file, first, overlay, true) : []), ...objects];
}

/** The states, as many as can be shown, and behind them what compares the place with the clusters when something is deployed by it. */
function withDiff(file: SourceFile, placed: PlacedDocument, states: readonly Lens[], deploys: boolean): Lens[] {
  const [state, ...others] = states;
  if (!state) return [];
  // Of one object in one cluster that one is meant, else all that the file takes part in.
  const argument = others.length === 0 ? state.argument : { uri: uriOf(file.path) };
  const diff = { range: lensRange(file, placed), title: '$(diff) Diff with Cluster', command: 'drydock.diffWithCluster', argument };
  return [...states.slice(0, lensesOfOne), ...(deploys ? [diff] : [])];
}

/** A file that names no namespace may mean any, as long as one object only has the name. */
function liveOf({ objects }: Inventory, { group, kind, namespace, name }: DeclaredObject): Tracked | undefined {
  if (namespace !== '') return objects.get(idOf({ group, kind, namespace, name }));
  const [only, ...others] = [...objects.values()].filter(
    (each) => each.name.name === name && each.name.kind === kind && each.name.group === group,
  );
  return others.length === 0 ? only : undefined;
}

function stateLens(file: SourceFile, placed: PlacedDocument, cluster: Cluster, tracked: Tracked, what: string, now: number): Lens {
  const { group, kind, namespace, name } = tracked.name;
  const key: RowKey = { row: 'object', context: cluster.context.name, group, kind, namespace, name };
  return {
    range: lensRange(file, placed),
    title: `$(${icons[stateOf(tracked.state)]}) ${cluster.context.name}: ${what}${inWords(cluster, tracked, now)}`,
    command: 'drydock.revealInClusters',
    argument: { id: JSON.stringify(key) },
  };
}

const icons = {
  healthy: 'pass',
  progressing: 'sync',
  outOfSync: 'git-compare',
  degraded: 'error',
  suspended: 'debug-pause',
  unknown: 'question',
} as const;

/** `OutOfSync · Healthy · 3 minutes ago`; of a cluster that is not watched now, when it was seen so. */
function inWords(cluster: Cluster, { state }: Tracked, now: number): string {
  const since = Date.parse(state.since);
  const heard = cluster.heard;
  const when = heard !== undefined ? `seen ${ago(heard, now)}` : Number.isNaN(since) ? '' : ago(since, now);
  return [state.words, when].filter((each) => each !== '').join(' · ');
}

/** The folders of the workspace that known clusters deploy, and how what deploys them stands; `now` as for {@link liveLenses}. */
export function foldersDeployed(view: View, clusters: readonly KnownCluster[], now: number): TellableFolder[] {
  const all = clusters.flatMap((known) =>
    deployedFolders(known.inventory, view.repositories).map((each) => ({ ...each, cluster: known.cluster })),
  );
  return [...Map.groupBy(all, ({ folder }) => folder)].map(([folder, deliveries]): TellableFolder => ({
    uri: uriOf(folder),
    state: worst.find((state) => deliveries.some(({ tracked }) => stateOf(tracked.state) === state)) ?? 'unknown',
    deliveries: deliveries.map(
      ({ cluster, tracked }) => `${cluster.context.name}: ${tracked.name.kind} ${tracked.name.name}, ${inWords(cluster, tracked, now)}`,
    ),
  }));
}

const worst = ['degraded', 'outOfSync', 'progressing', 'unknown', 'suspended', 'healthy'] as const;

function stateOf({ health, sync, suspended }: ObjectState): TellableFolder['state'] {
  if (suspended || health === 'suspended') return 'suspended';
  if (health === 'degraded' || health === 'missing') return 'degraded';
  if (sync === 'outOfSync') return 'outOfSync';
  return health;
}
