// What a sync would change in a cluster, if the files were pushed as they are here.
import { parseAllDocuments } from 'yaml';
import type { Settings } from '../../../protocol/src/options.ts';
import type { Application } from '../cluster/argocd/application.ts';
import { argoConfiguration } from '../cluster/argocd/marking.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Drift, driftOf, readLive } from '../cluster/diff/drift.ts';
import { ignoredFor, notFollowed } from '../cluster/diff/ignored.ts';
import { type JsonObject, isObject } from '../cluster/diff/json.ts';
import type { FluxObject } from '../cluster/flux/flux-object.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import { type Tracked, idOf, managedBy } from '../cluster/tree/inventory.ts';
import { comparable } from '../cluster/diff/comparable.ts';
import { declaredText } from './declared-text.ts';
import { renderLive } from './live-rendering.ts';
import type { Session } from './session.ts';

/** How all resources of an object differ. */
export type LiveDrift =
  | { readonly kind: 'compared'; readonly drifts: readonly Drift[]; readonly kept: ReadonlySet<string>; readonly notes: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

// Dry runs that are asked for side by side; a server takes some hundreds.
const sideBySide = 8;

/**
 * Compares what an object has deployed with what it would deploy from the files here. Changes nothing.
 *
 * @param target Where it deploys to; often the cluster that the object is in.
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function liveDrift(
  session: Session,
  settings: Settings,
  { cluster, target, tracked }: { readonly cluster: Cluster; readonly target: Cluster; readonly tracked: Tracked },
  signal: AbortSignal,
): Promise<LiveDrift | undefined> {
  const { object, name } = tracked;
  const configuration = object.kind === 'Application' ? await argoConfiguration(cluster, name.namespace, signal) : undefined;
  const declared = declaredText(session.view, tracked.name);
  const rendering = await renderLive(
    session,
    settings,
    object,
    declared?.text,
    declared?.folder ?? session.workspace.snapshot.folders[0] ?? '/',
    {
      trackingMethod: configuration?.trackingMethod ?? 'none',
      instanceLabel: configuration?.instanceLabel ?? '',
      installationID: configuration?.installationID ?? '',
      controllerNamespace: name.namespace,
    },
    signal,
  );
  if (!rendering || rendering.kind === 'unknown') return rendering;
  const objects = objectsIn(rendering.yaml);
  const comparing = {
    fieldManager: fieldManagers[object.kind] ?? 'drydock',
    defaultNamespace: namespaceOf(object),
    ignored: (live: JsonObject | undefined) => ignoredFor(object, live),
  };
  const drifts = await inTurns(objects, (each) => driftOf(target, each, comparing, signal));
  const { pruned, kept } = await abandoned(target, tracked, new Set(drifts.map((each) => idOf(each.name))), signal);
  return { kind: 'compared', drifts: [...drifts, ...pruned], kept, notes: [...rendering.notes, ...notFollowed(object)] };
}

/** The names under which the controllers apply. */
const fieldManagers: Readonly<Record<string, string>> = {
  Application: 'argocd-controller',
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
};

function namespaceOf({ kind, spec, metadata }: LiveObject): string {
  if (kind === 'Application') return (spec as Application['spec']).destination.namespace ?? 'default';
  const target = (spec as FluxObject['spec'])?.targetNamespace;
  return target ?? (kind === 'HelmRelease' ? (metadata.namespace ?? 'default') : 'default');
}

function objectsIn(yaml: string): JsonObject[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    const value = document.toJS() as JsonObject | null;
    return isObject(value ?? undefined) && value ? [value] : [];
  });
}

/** What the object has put into the cluster and would not render any more. */
async function abandoned(
  target: Cluster,
  { object }: Tracked,
  rendered: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{ readonly pruned: readonly Drift[]; readonly kept: ReadonlySet<string> }> {
  const kept = new Set<string>();
  const gone = managedBy(object).filter((resource) => !rendered.has(idOf(resource)));
  const pruned = await inTurns(gone, async (resource): Promise<Drift[]> => {
    const found = await target.resources.find(resource.group, resource.kind, resource.version || undefined, signal);
    const live = found && (await readLive(target, found, resource, signal));
    if (!live) return [];
    if (isKept(object, live)) kept.add(idOf(resource));
    return [{ name: resource, change: { kind: 'prune', live: comparable(live) } }];
  });
  return { pruned: pruned.flat(), kept };
}

/** Whether a controller leaves what Git no longer has: the object does not prune, or the resource says so. */
function isKept(owner: LiveObject, live: JsonObject): boolean {
  const metadata = isObject(live['metadata']) ? live['metadata'] : {};
  const annotations = isObject(metadata['annotations']) ? metadata['annotations'] : {};
  if (owner.kind === 'Application') {
    const said = [annotations['argocd.argoproj.io/sync-options'], annotations['argocd.argoproj.io/compare-options']].join(',');
    return said.includes('Prune=false') || said.includes('IgnoreExtraneous');
  }
  const doesPrune = owner.kind === 'HelmRelease' || (owner.spec as { readonly prune?: boolean } | undefined)?.prune === true;
  return !doesPrune || annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled' || annotations['helm.sh/resource-policy'] === 'keep';
}

async function inTurns<From, To>(all: readonly From[], work: (each: From) => Promise<To>): Promise<To[]> {
  const results = new Array<To>(all.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) results[index] = await work(all[index] as From);
  };
  await Promise.all(Array.from({ length: Math.min(sideBySide, all.length) }, worker));
  return results;
}

/** The context's cluster that an Application deploys to, by its address; undefined when no kubeconfig file has it. */
export function targetOf(object: LiveObject, own: Cluster, others: readonly Cluster[]): Cluster | undefined {
  if (object.kind !== 'Application') return (object as FluxObject).spec?.kubeConfig === undefined ? own : undefined;
  const { server, name } = (object as Application).spec.destination;
  if (server === 'https://kubernetes.default.svc' || name === 'in-cluster') return own;
  return others.find(({ context }) => (server === undefined ? context.name === name : context.server === server));
}
