// The values that charts are rendered with, and where each comes from.
import type { PlacedValue, PlacedValues } from '../features/annotated-values.ts';
import type { ChartValues, RenderRequest, ValueLeaf, ValuesDetails, ValuesRequest } from '../engine/engine.ts';
import { isMadeByHelm } from '../engine/values.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Planned } from '../model/planning.ts';
import { type NameValues, valueNames } from './value-names.ts';
import { splitDocuments } from '../workspace/yaml-document.ts';
import type { Session } from './session.ts';

/** The merged values of a pipeline's charts, or why they can't be told. */
export type EffectiveValues =
  | {
      readonly kind: 'merged';
      /** One, but for an Application with several sources that Helm renders. */
      readonly charts: readonly PlacedValues[];
      /** What a user must know about them, a line each. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The values that a pipeline's charts are rendered with as the files are now; undefined when `signal` ended it first.
 *
 * @param nameOf What a file is called, for people.
 */
export async function effectiveValues(
  session: Session,
  pipeline: Pipeline,
  nameOf: (path: string) => string,
  signal: AbortSignal,
): Promise<EffectiveValues | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const planned = await rendering.renders.plan(pipeline, signal);
  if (!planned) return undefined;
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  return plannedValues(session, pipeline, planned, nameOf, signal);
}

/** The same for what was planned for a pipeline. */
export async function plannedValues(
  session: Session,
  pipeline: Pipeline,
  planned: Planned<RenderRequest>,
  nameOf: (path: string) => string,
  signal: AbortSignal,
): Promise<EffectiveValues | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const { notes } = planned;
  const request = inflating(planned.request);
  if (!hasValues(request)) return { kind: 'unknown', reason: 'it is not rendered from a chart.' };
  const outcome = await rendering.renders.ask({ op: 'values', render: request }, signal);
  switch (outcome.kind) {
    case 'cancelled':
      return undefined;
    case 'rendered': {
      const names = valueNames(session, pipeline, { ...planned, request }, nameOf, signal);
      const documents = splitDocuments(outcome.yaml);
      const charts = (outcome.details as ValuesDetails).charts.map(async (chart, index): Promise<PlacedValues> => {
        const { start, end } = documents[index] ?? { start: 0, end: 0 };
        const yaml = outcome.yaml.slice(start, end).replace(/^---\n/, '');
        const values = await Promise.all((chart.leaves ?? []).map((leaf) => placedValue(leaf, names, planned.secrets)));
        return { heading: await headingOf(chart, names), yaml, values };
      });
      return { kind: 'merged', charts: await Promise.all(charts), notes: [...new Set([...notes, ...outcome.warnings])] };
    }
    default:
      return { kind: 'unknown', reason: outcome.message };
  }
}

function hasValues(request: RenderRequest): request is ValuesRequest {
  return request.op === 'build' || request.op === 'template' || request.op === 'helmRelease' || request.op === 'application';
}

/** The request with the charts of kustomizations, which builds leave out as long as the settings say so: whoever asks for values means them. */
function inflating(request: RenderRequest): RenderRequest {
  return request.op === 'build' ? { ...request, render: { ...request.render, enableHelm: true } } : request;
}

async function headingOf({ name, version, source, entry }: ChartValues, { nameOf }: NameValues): Promise<string> {
  return `${entry ? await nameOf(entry) : `Source ${source + 1}`}: chart ${name} ${version}`;
}

// As in previews, what is shorter stands everywhere and hides nothing.
const shortestSecret = 4;

async function placedValue(leaf: ValueLeaf, { nameOf, lineOf, isSecret }: NameValues, secrets: readonly string[]): Promise<PlacedValue> {
  const { path, value, origin, overrode } = leaf;
  const holdsSecret = typeof value === 'string' && secrets.some((secret) => secret.length >= shortestSecret && value.includes(secret));
  return {
    path,
    origin: origin ? await nameOf(origin) : isMadeByHelm(leaf) ? 'made by Helm' : '',
    place: origin ? await lineOf(origin) : undefined,
    over: await Promise.all(overrode.map((each) => nameOf(each.origin))),
    shown: holdsSecret || (origin && isSecret(origin)) ? 'masked' : 'plain',
  };
}
