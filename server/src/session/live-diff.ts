// What a sync would change in a cluster, if the files were pushed as they are here.
import { parseAllDocuments } from 'yaml';
import { groupOf } from '../cluster/api-resources.ts';
import type { Application } from '../cluster/argocd/application.ts';
import type { ArgoConfiguration } from '../cluster/argocd/marking.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import { comparable } from '../cluster/diff/comparable.ts';
import { applyingOf, isHook, pruningOf } from '../cluster/diff/applying.ts';
import { labelOf } from '../cluster/diff/difference.ts';
import { type Comparing, type Drift, driftOf, readLive } from '../cluster/diff/drift.ts';
import { withHelmMarks } from '../cluster/diff/helm-marks.ts';
import { type TakeOut, ignoreRulesOf, withoutIgnored } from '../cluster/diff/ignored.ts';
import { type JsonObject, isObject, text } from '../cluster/diff/json.ts';
import { withLiveFields } from '../cluster/diff/live-fields.ts';
import { asControllersRead } from '../cluster/diff/yaml.ts';
import type { ManagedResource } from '../cluster/object-state.ts';
import { idOf, managedBy } from '../cluster/tree/inventory.ts';
import type { HelmReleaseDetails } from '../engine/engine.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import type { Compared } from './live-compared.ts';
import type { LiveOwner, LiveRendering } from './render-in-cluster.ts';
import type { Session } from './session.ts';

/** How all resources of an object differ. */
export type LiveDrift =
  | {
      readonly kind: 'compared';
      /** In the order of the rendering; what Git no longer has comes last. */
      readonly drifts: readonly Drift[];
      readonly notes: readonly string[];
      /** What live objects are compared with is called so. */
      readonly called: string;
      /** Values that came from Secrets: they are masked wherever a difference is shown. */
      readonly secrets: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

// Dry runs that are asked for side by side; a server takes some hundreds.
const sideBySide = 8;

/**
 * Compares what an object has deployed with what it would deploy from the files here, or has deployed last. Changes nothing.
 *
 * @param told Is told how many resources are compared, of how many.
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function liveDrift(
  session: Session,
  owner: LiveOwner,
  { render, wants, managed }: Compared,
  told: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<LiveDrift | undefined> {
  if (owner.target.argocd) {
    const reason =
      "Argo CD's API server can't be asked what an apply would change: compare through the Kubernetes context of that cluster.";
    const told = await managed?.(owner.target.argocd, owner, signal);
    if (told?.kind !== 'compared') return told ?? { kind: 'unknown', reason };
    return { ...told, drifts: told.drifts.filter(({ name }) => wants(name)), notes: [], secrets: [] };
  }
  const rendering = await render(session, owner, signal);
  if (!rendering || rendering.kind === 'unknown') return rendering;
  const notes = new Set(rendering.notes);
  const { object } = owner.tracked;
  const rendered = resourcesIn(rendering, owner);
  const resources = rendered.filter((each) => !isHook(object, each));
  const hooks = rendered.length - resources.length;
  if (hooks > 0) notes.add(`${hooks === 1 ? 'A hook is' : `${hooks} hooks are`} not compared: a sync makes them anew.`);
  const { namespace = '' } = (rendering.details ?? {}) as Partial<HelmReleaseDetails>;
  const ignored = ignoring(session, owner, rendering.configuration, (note) => notes.add(note), signal);
  const comparing: Comparing = {
    ...applyingOf(object, resources, namespace),
    ignored,
    applied: respectsIgnored(object)
      ? async (each, live) => withLiveFields(await ignored(each, live), live, await ignored(live, live))
      : (each) => each,
  };
  let done = 0;
  const wanted = resources.filter((each) => wants(writtenName(each)));
  told(0, wanted.length);
  const drifts = await inTurns(wanted, async (each) => {
    const drift = await driftOf(owner.target, each, comparing, signal);
    told(++done, wanted.length);
    return drift;
  });
  for (const { name, change } of drifts) if (change.kind === 'left') notes.add(`${labelOf(name)} is left as it is: ${change.reason}`);
  const gone = managedBy(object).filter((each) => wants(each) && !drifts.some(({ name }) => idOf(name) === idOf(each)));
  const pruned = await abandoned(owner, gone, signal);
  const { called, secrets } = rendering;
  return { kind: 'compared', drifts: [...drifts, ...pruned], called, notes: [...notes], secrets };
}

function writtenName({ apiVersion, kind, metadata }: JsonObject): ObjectName {
  const { namespace, name } = isObject(metadata) ? metadata : {};
  return { group: groupOf(text(apiVersion)), kind: text(kind), namespace: text(namespace), name: text(name) };
}

type Rendered = Extract<LiveRendering, { readonly kind: 'rendered' }>;

function resourcesIn({ yaml, details }: Rendered, { tracked: { object } }: LiveOwner): JsonObject[] {
  return parseAllDocuments(yaml, asControllersRead).flatMap((document) => {
    const resource = document.toJS() as JsonObject | null;
    if (resource === null || !isObject(resource)) return [];
    if (object.kind !== 'HelmRelease') return [resource];
    // What lies in a chart's crds/ is put there once, and is no part of the release.
    if (/^ ?Source: \S+\/crds\//m.test(`${document.commentBefore ?? ''}\n${document.contents?.commentBefore ?? ''}`)) return [];
    const { release, namespace } = details as HelmReleaseDetails;
    return [isHook(object, resource) ? resource : withHelmMarks(resource, release, namespace)];
  });
}

/** Takes out what the controller does not compare; what fails of it is noted, and leaves the object as it is. */
function ignoring(
  { rendering }: Session,
  { tracked: { object } }: LiveOwner,
  configuration: ArgoConfiguration | undefined,
  note: (text: string) => void,
  signal: AbortSignal,
): Comparing['ignored'] {
  const rules = ignoreRulesOf(object, configuration);
  const takeOut: TakeOut = async (resource, { jsonPointers, jqPathExpressions }) => {
    if (rendering.kind === 'off') return resource;
    const request = { op: 'ignore', render: { object: JSON.stringify(resource), jsonPointers, jqPathExpressions } } as const;
    const outcome = await rendering.renders.ask(request, signal);
    if (outcome.kind === 'rendered') {
      for (const warning of outcome.warnings) note(warning);
      return JSON.parse(outcome.yaml) as JsonObject;
    }
    if (outcome.kind !== 'cancelled') note(`What is ignored can't be left out: ${outcome.message}`);
    return resource;
  };
  return (side, live) => withoutIgnored(side, live, rules, takeOut);
}

/** Whether what is ignored is left as it is live by syncs too. */
function respectsIgnored({ kind, spec }: LiveObject): boolean {
  return (
    kind === 'Application' && (spec as Application['spec']).syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true') === true
  );
}

/** Those that are in the cluster although the object would not render them any more. */
async function abandoned(
  { target, tracked: { object } }: LiveOwner,
  gone: readonly ManagedResource[],
  signal: AbortSignal,
): Promise<Drift[]> {
  const pruned = await inTurns(gone, async (resource): Promise<Drift[]> => {
    const found = await target.resources.find(resource.group, resource.kind, resource.version || undefined, signal);
    // Argo CD lists also what it can't place.
    if (!found || (found.namespaced && resource.namespace === '')) return [];
    const live = await readLive(target, found, resource, signal);
    if (!live || isHook(object, live)) return [];
    const { group, kind, namespace, name } = resource;
    return [{ name: { group, kind, namespace, name }, change: { ...pruningOf(object, live), live: comparable(live) } }];
  });
  return pruned.flat();
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
