// Asks Flux's controllers to reconcile, as `flux reconcile` does, and waits until they have.
import type { Cluster } from '../cluster.ts';
import { type ArtifactGenerator, generatorSources } from '../flux/artifact-generator.ts';
import { type FluxObject, type FluxReference, fluxInventory, fluxState, sourceOf } from '../flux/flux-object.ts';
import { watchedKinds } from '../kinds.ts';
import { changeObject, followObject, readObject } from '../objects.ts';
import type { ObjectName } from '../tree/row.ts';
import { ActionRefused, type Progress, type Result } from './action.ts';

/** How an object is reconciled; the words are those of `flux reconcile`. */
export interface ReconcileOptions {
  /** Whether its source is reconciled first. */
  readonly withSource: boolean;
  /** HelmReleases: install or upgrade even when nothing changed. */
  readonly force: boolean;
  /** HelmReleases: forget earlier failures. */
  readonly reset: boolean;
}

const requestedAt = 'reconcile.fluxcd.io/requestedAt';
const forceAt = 'reconcile.fluxcd.io/forceAt';
const resetAt = 'reconcile.fluxcd.io/resetAt';

/**
 * Reconciles an object, its source before it when that is wanted.
 *
 * @throws ActionRefused when it, or its source, is suspended: it would note the request and do nothing. ClusterError; the reason of
 * `signal`, which ends only the waiting.
 */
export async function reconcile(
  cluster: Cluster,
  name: ObjectName,
  options: ReconcileOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  if (options.withSource) {
    const object = await readObject<FluxObject>(cluster, name, signal);
    for (const source of await sourcesOf(cluster, object, signal)) {
      const result = await reconcileOne(cluster, source, {}, progress, signal);
      if (!result.succeeded) return result;
    }
  }
  return reconcileOne(cluster, name, { [forceAt]: options.force, [resetAt]: options.reset }, progress, signal);
}

/** What an object delivers from, the farthest first: a chart's repository comes before the chart. */
async function sourcesOf(cluster: Cluster, object: FluxObject, signal: AbortSignal): Promise<ObjectName[]> {
  const reference = sourceOf(object);
  if (!reference) return [];
  const source = nameOfSource(reference);
  if (reference.kind === 'ExternalArtifact') return makersOf(cluster, source, signal);
  if (reference.kind === 'HelmChart') {
    const chart = await readObject<FluxObject>(cluster, source, signal);
    return [...(await sourcesOf(cluster, chart, signal)), source];
  }
  if (object.spec?.chart === undefined) return [source];
  // What helm-controller makes of `spec.chart` (helm-controller v1.6, `HelmRelease.GetHelmChartName`).
  const chart = `${object.metadata.namespace ?? ''}-${object.metadata.name}`;
  return [source, { group: groupOfSource('HelmChart'), kind: 'HelmChart', namespace: reference.namespace, name: chart }];
}

/** What makes an artifact, which no controller is told to look at, and what that copies from. */
async function makersOf(cluster: Cluster, artifact: ObjectName, signal: AbortSignal): Promise<ObjectName[]> {
  const made = await readObject<FluxObject>(cluster, artifact, signal);
  const maker = sourceOf(made);
  if (maker?.kind !== 'ArtifactGenerator') return [];
  const generator = await readObject<ArtifactGenerator>(cluster, nameOfSource(maker), signal);
  return [...generatorSources(generator), maker].map(nameOfSource);
}

function nameOfSource({ kind, namespace = '', name }: FluxReference): ObjectName {
  return { group: groupOfSource(kind), kind, namespace, name };
}

function groupOfSource(kind: string): string {
  return watchedKinds.find((each) => each.tool === 'flux' && each.kind === kind)?.group ?? '';
}

async function reconcileOne(
  cluster: Cluster,
  name: ObjectName,
  marks: Readonly<Record<string, boolean>>,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const token = new Date().toISOString();
  const wanted = Object.entries(marks).flatMap(([mark, isWanted]) => (isWanted ? [[mark, token]] : []));
  await changeObject<FluxObject>(
    cluster,
    name,
    (object) => {
      if (fluxState(object).suspended)
        throw new ActionRefused(`${name.kind} ${name.namespace}/${name.name} is suspended: resume it first.`);
      return { metadata: { annotations: { [requestedAt]: token, ...(Object.fromEntries(wanted) as Record<string, string>) } } };
    },
    signal,
  );
  progress(`${name.kind}/${name.name}: waits for its controller`);
  const result = await followReconciliation(cluster, name, token, 'ends', progress, signal);
  if (result !== 'waits') return result;
  const unmet = await followDependencies(cluster, name, progress, signal);
  if (unmet) return unmet;
  // Its controller looks at what it depends on again by itself.
  const later = await followReconciliation(cluster, name, token, 'goesOn', progress, signal);
  return later === 'waits' ? { succeeded: false, message: 'It waits for what it depends on.', failures: [] } : later;
}

/**
 * Follows an object until its controller has handled what `token` asks for.
 *
 * @param unmet What it means that something it depends on is not ready: `ends` the following with `waits`, or it goes on.
 */
function followReconciliation(
  cluster: Cluster,
  name: ObjectName,
  token: string,
  unmet: 'ends' | 'goesOn',
  progress: Progress,
  signal: AbortSignal,
): Promise<Result | 'waits'> {
  return followObject<Result | 'waits'>(
    cluster,
    name,
    (found) => {
      const object = found as FluxObject | undefined;
      if (!object) throw new ActionRefused(`${name.kind} ${name.namespace}/${name.name} was deleted meanwhile.`);
      if (fluxState(object).suspended) throw new ActionRefused(`${name.kind} ${name.namespace}/${name.name} was suspended meanwhile.`);
      const { health, words, message } = fluxState(object);
      progress(`${name.kind}/${name.name}: ${message || words}`);
      if (object.status?.lastHandledReconcileAt !== token || health === 'progressing' || health === 'unknown') return undefined;
      if (words === dependencyNotReady) return unmet === 'ends' ? 'waits' : undefined;
      const failures = health === 'healthy' ? [] : failuresOf(object, name, message);
      return { succeeded: health === 'healthy', message: message || words, failures };
    },
    signal,
  );
}

// The reason that kustomize- and helm-controller give (fluxcd/pkg/apis/meta, `DependencyNotReadyReason`).
const dependencyNotReady = 'DependencyNotReady';

/** Waits until all that an object depends on is ready; gives how it ends when one of it fails. */
async function followDependencies(
  cluster: Cluster,
  name: ObjectName,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result | undefined> {
  const { spec } = await readObject<FluxObject>(cluster, name, signal);
  for (const { name: needed, namespace = name.namespace } of spec?.dependsOn ?? []) {
    const dependency = { ...name, namespace, name: needed };
    const failure = await followObject<{ readonly reason: string }>(
      cluster,
      dependency,
      (found) => {
        if (!found) return { reason: 'it is not there' };
        const { health, words, message } = fluxState(found as FluxObject);
        progress(`${name.kind}/${name.name}: waits for ${needed}: ${message || words}`);
        if (health === 'healthy') return { reason: '' };
        return health === 'suspended' || (health === 'degraded' && words !== dependencyNotReady) ? { reason: message || words } : undefined;
      },
      signal,
    );
    if (failure.reason !== '') {
      const message = `It depends on ${name.kind} ${needed}, which is not ready: ${failure.reason}`;
      return { succeeded: false, message, failures: [{ ...dependency, message: failure.reason }] };
    }
  }
  return undefined;
}

/** What an object's message says that it failed at, of what it manages; else the object itself. */
function failuresOf(object: FluxObject, own: ObjectName, message: string): Result['failures'] {
  const failed = fluxInventory(object)
    .filter(({ kind, namespace, name }) => [`${kind}/${namespace}/${name}`, `${kind}/${name}`].some((each) => names(message, each)))
    .map(({ group, kind, namespace, name }) => ({ group, kind, namespace, name, message }));
  return failed.length > 0 ? failed : [{ ...own, message }];
}

function names(message: string, name: string): boolean {
  return message.split(/[\s,;'"[\]()]+/).some((word) => word.replace(/[.:]+$/, '') === name);
}
