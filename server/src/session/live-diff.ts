// What a sync would change in a cluster, if the files were pushed as they are here.
import { parseAllDocuments } from 'yaml';
import type { ArgoConfiguration } from '../cluster/argocd/marking.ts';
import { comparable } from '../cluster/diff/comparable.ts';
import { applyingOf, isHook, pruningOf } from '../cluster/diff/applying.ts';
import { labelOf } from '../cluster/diff/difference.ts';
import { type Comparing, type Drift, driftOf, readLive } from '../cluster/diff/drift.ts';
import { withHelmMarks } from '../cluster/diff/helm-marks.ts';
import { type TakeOut, ignoreRulesOf, withoutIgnored } from '../cluster/diff/ignored.ts';
import { type JsonObject, isObject } from '../cluster/diff/json.ts';
import { idOf, managedBy } from '../cluster/tree/inventory.ts';
import type { HelmReleaseDetails } from '../engine/engine.ts';
import { type LiveOwner, type LiveRendering, renderLive } from './live-rendering.ts';
import type { Session } from './session.ts';

/** How all resources of an object differ. */
export type LiveDrift =
  | {
      readonly kind: 'compared';
      /** In the order of the rendering; what Git no longer has comes last. */
      readonly drifts: readonly Drift[];
      readonly notes: readonly string[];
      /** Values that came from Secrets: they are masked wherever a difference is shown. */
      readonly secrets: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

// Dry runs that are asked for side by side; a server takes some hundreds.
const sideBySide = 8;

/**
 * Compares what an object has deployed with what it would deploy from the files here. Changes nothing.
 *
 * @param told Is told how many resources are compared, of how many.
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function liveDrift(
  session: Session,
  owner: LiveOwner,
  told: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<LiveDrift | undefined> {
  const rendering = await renderLive(session, owner, signal);
  if (!rendering || rendering.kind === 'unknown') return rendering;
  const notes = new Set(rendering.notes);
  const { object } = owner.tracked;
  const rendered = resourcesIn(rendering, owner);
  const resources = rendered.filter((each) => !isHook(object, each));
  const hooks = rendered.length - resources.length;
  if (hooks > 0) notes.add(`${hooks === 1 ? 'A hook is' : `${hooks} hooks are`} not compared: a sync makes them anew.`);
  const { namespace = '' } = (rendering.details ?? {}) as Partial<HelmReleaseDetails>;
  const comparing: Comparing = {
    ...applyingOf(object, resources, namespace),
    ignored: ignoring(session, owner, rendering.configuration, (note) => notes.add(note), signal),
  };
  let done = 0;
  told(0, resources.length);
  const drifts = await inTurns(resources, async (each) => {
    const drift = await driftOf(owner.target, each, comparing, signal);
    told(++done, resources.length);
    return drift;
  });
  for (const { name, change } of drifts) if (change.kind === 'left') notes.add(`${labelOf(name)} is left as it is: ${change.reason}`);
  const pruned = await abandoned(owner, new Set(drifts.map(({ name }) => idOf(name))), signal);
  return { kind: 'compared', drifts: [...drifts, ...pruned], notes: [...notes], secrets: rendering.secrets };
}

type Rendered = Extract<LiveRendering, { readonly kind: 'rendered' }>;

function resourcesIn({ yaml, details }: Rendered, { tracked: { object } }: LiveOwner): JsonObject[] {
  return parseAllDocuments(yaml).flatMap((document) => {
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

/** What the object has put into the cluster and would not render any more. */
async function abandoned({ target, tracked: { object } }: LiveOwner, rendered: ReadonlySet<string>, signal: AbortSignal): Promise<Drift[]> {
  const gone = managedBy(object).filter((resource) => !rendered.has(idOf(resource)));
  const pruned = await inTurns(gone, async (resource): Promise<Drift[]> => {
    const found = await target.resources.find(resource.group, resource.kind, resource.version || undefined, signal);
    const live = found && (await readLive(target, found, resource, signal));
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
