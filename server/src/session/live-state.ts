// How what is declared here stands in the clusters that were looked at: above its manifests, and beside its folders.
import type { DeployedFolder as TellableFolder } from '../../../protocol/src/live-state.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { deployedFolders } from '../cluster/deployers.ts';
import { comparedKinds, deployingKinds, watchedKind } from '../cluster/kinds.ts';
import type { KnownCluster } from '../cluster/known-clusters.ts';
import type { ObjectState } from '../cluster/object-state.ts';
import { ago } from '../cluster/tree/age.ts';
import { type Inventory, type Tracked, idOf } from '../cluster/tree/inventory.ts';
import type { RowKey } from '../cluster/tree/row.ts';
import { type Lens, lensRange } from '../features/code-lens.ts';
import { isKustomizationFile } from '../model/graph.ts';
import { type DeclaredObject, declaredObject, kindOf } from '../model/object.ts';
import type { View } from '../model/view.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { baseName, directoryOf, uriOf } from '../workspace/paths.ts';
import type { PlacedDocument, SourceFile } from '../workspace/source-file.ts';
import { isMeant } from './meant-declarations.ts';

// More clusters than this above one object push the text out of sight.
const lensesOfOne = 5;

/**
 * Above every object that a known cluster has, and above the kustomization or chart of a folder that one deploys, or each of its manifests where
 * it has neither: how that stands there.
 *
 * @param canSync Whether an object can be synced, as far as it is known: what can't is offered no sync.
 * @param now Milliseconds since 1970.
 */
export function liveLenses(
  view: View,
  file: SourceFile,
  clusters: readonly KnownCluster[],
  canSync: (known: KnownCluster, tracked: Tracked) => boolean,
  now: number,
): Lens[] {
  const [first] = file.documents;
  const directory = directoryOf(file.path);
  const deployed = (): Live[] =>
    clusters.flatMap((known): Live[] => {
      const deployers = deployedFolders(known.inventory, view.repositories).filter(({ folder }) => folder === directory);
      return deployers.map(({ tracked }) => ({ known, tracked, what: `${tracked.name.kind} ${tracked.name.name}: ` }));
    });
  const lensesAt = (placed: PlacedDocument, live: readonly Live[]): Lens[] => {
    const [nearest, ...others] = live;
    if (!nearest) return [];
    const range = lensRange(file, placed);
    const states = live.slice(0, lensesOfOne).map((each) => stateLens(file, placed, each, now));
    const isCompared = live.some(({ tracked }) => comparedKinds.has(tracked.name.kind));
    const syncable = live.filter(({ known, tracked }) => deployingKinds.has(tracked.name.kind) && canSync(known, tracked));
    // Of one object in one cluster that one is meant, else all that the file takes part in.
    const argument = others.length === 0 ? { id: idOfRow(nearest), ...called(nearest) } : { uri: uriOf(file.path) };
    const actions = [
      ...(isCompared ? [{ range, title: '$(diff) Diff with Cluster', command: 'drydock.diffWithCluster', argument }] : []),
      ...(syncable.length > 0 ? [{ range, title: '$(sync) Sync', command: 'drydock.syncOverlay', argument }] : []),
    ];
    // Several states may be longer than the window is wide.
    return others.length === 0 ? [...states, ...actions] : [...actions, ...states];
  };
  const objects = file.documents.flatMap((placed): Lens[] => {
    const kind = kindOf(placed, file.path);
    const object = kind && watchedKind(groupOf(kind.apiVersion), kind.kind) && declaredObject(file, placed);
    if (!object) return [];
    return lensesAt(
      placed,
      clusters.flatMap((known) => {
        const tracked = liveOf(known.inventory, object);
        return tracked && isMeant(view, known.inventory, tracked, file.path) ? [{ known, tracked, what: '' }] : [];
      }),
    );
  });
  const isOverlay = isKustomizationFile(file) || baseName(file.path) === 'Chart.yaml';
  return [...(first && (isOverlay || (objects.length === 0 && isPlain(view, file, first))) ? lensesAt(first, deployed()) : []), ...objects];
}

/** Whether a file is delivered as it is, with all others of its folder, where that is deployed. */
function isPlain(view: View, file: SourceFile, first: PlacedDocument): boolean {
  return kindOf(first, file.path) !== undefined && view.graph.kustomizationAt(directoryOf(file.path)) === undefined;
}

/** What is declared in a place, or delivers it, as a cluster has it. */
interface Live {
  readonly known: KnownCluster;
  readonly tracked: Tracked;
  /** What it is called where several may be meant. */
  readonly what: string;
}

function called({ tracked: { name } }: Live): { readonly kind: string; readonly label: string } {
  return { kind: name.kind, label: `${name.kind} ${name.name}` };
}

function idOfRow({ known: { cluster }, tracked }: Live): string {
  const { group, kind, namespace, name } = tracked.name;
  return JSON.stringify({ row: 'object', context: cluster.context.name, group, kind, namespace, name } satisfies RowKey);
}

/** A file that names no namespace may mean any, as long as one object only has the name. */
function liveOf({ objects }: Inventory, { group, kind, namespace, name }: DeclaredObject): Tracked | undefined {
  if (namespace !== '') return objects.get(idOf({ group, kind, namespace, name }));
  const [only, ...others] = [...objects.values()].filter(
    (each) => each.name.name === name && each.name.kind === kind && each.name.group === group,
  );
  return others.length === 0 ? only : undefined;
}

function stateLens(file: SourceFile, placed: PlacedDocument, live: Live, now: number): Lens {
  const { known, tracked, what } = live;
  const { cluster } = known;
  return {
    range: lensRange(file, placed),
    title: `$(${icons[stateOf(tracked.state)]}) ${cluster.context.name}: ${what}${inWords(cluster, tracked, now)}`,
    command: 'drydock.revealInClusters',
    argument: { id: idOfRow(live) },
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
