import type { Finding } from '../rules/rule.ts';
import type { View } from '../model/view.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Blame, SourcePlace } from '../model/blame.ts';
import { type Deployed, deployedBy, writtenObject } from '../model/deployed.ts';
import type { Source } from '../engine/source.ts';
import { fixtureBlame } from '../dialects/argocd/blame.ts';
import { artifactBlame } from '../dialects/flux/artifact-blame.ts';
import { chartBlames } from '../dialects/helm/blame.ts';
import { fluxBlame } from '../dialects/flux/blame.ts';
import { fieldPlace, objectPlace } from './object-place.ts';
import { kustomizationBlame, kustomizeWords } from '../dialects/kustomize/blame.ts';
import { placeLabel } from './object-tree.ts';
import { sourceFields } from './source-fields.ts';
import { baseName } from '../workspace/paths.ts';

/** A finding and the file that it is in. */
export interface FindingIn {
  readonly path: string;
  readonly finding: Finding;
}

/** The code of findings that come from rendering. */
export const renderCode = 'render';

const notFetched = 'Not rendered: this lies elsewhere, and there is no copy of it yet.';

/** Whether a fetch may mend what a finding says: clients that don't keep a finding's data have its words. */
export function isNotFetched({
  code,
  message,
  data,
}: {
  readonly code?: unknown;
  readonly message: unknown;
  readonly data?: unknown;
}): boolean {
  return code === renderCode && (message === notFetched || (data as { readonly fetch?: unknown } | undefined)?.fetch === true);
}

/** Says at a place that what it names was not fetched. */
export function notFetchedFinding({ path, range }: SourcePlace): FindingIn {
  return { path, finding: { code: renderCode, severity: 'warning', message: notFetched, range, data: { fetch: true } } };
}

/** Says that something was not fetched where a pipeline's object names it, else where the object is told about. */
export function notFetchedAt(view: View, pipeline: Pipeline, missing: readonly Source[]): FindingIn[] {
  const written = pipeline.kind === 'object' ? writtenObject(view.graph, pipeline) : undefined;
  const places =
    written && pipeline.kind === 'object' ? sourceFields(written.object, missing).map((field) => fieldPlace(view, pipeline, field)) : [];
  return (places.length > 0 ? places : [objectPlace(view, pipeline)]).flatMap((place) => (place ? [notFetchedFinding(place)] : []));
}

// What kustomize could render, and Drydock does not: no mistake of the sources, and there is nothing to mend.
const limits: readonly (readonly [RegExp, string])[] = [
  [/(?:^|: )not fetched: /, notFetched],
  [
    /HelmChartInflationGenerator[^]*must specify --enable-helm$/,
    'Not rendered: helmCharts are inflated when the setting "drydock.render.enableHelm" is on, as by `kustomize build --enable-helm`.',
  ],
];

/**
 * A failed render as findings: an error where it comes from, in the tool's own words with a hint, and a hint at it wherever something on the
 * way there includes it. None when what was to be rendered is not there.
 *
 * @param failure The tool's words.
 * @param missing What it could not be rendered without.
 * @param deployed What the pipeline renders in the end, where its own fields don't tell.
 */
export function renderFindings(
  view: View,
  pipeline: Pipeline,
  failure: string,
  missing: readonly Source[] = [],
  deployed = deployedBy(view, pipeline),
): FindingIn[] {
  // A library is no mistake, and is rendered by the charts that depend on it.
  if (pipeline.kind === 'chart' && failure.startsWith('library charts are not installable')) return [];
  const ofOther =
    pipeline.kind === 'object' ? (fixtureBlame(view, pipeline, failure) ?? artifactBlame(view, pipeline, failure)) : undefined;
  const blames = ofOther ? [ofOther] : deployed ? blamesOf(view, deployed, failure) : [];
  if (pipeline.kind !== 'object') return blames.flatMap((blame) => findingsOf(view, pipeline, blame, failure));
  const object = objectPlace(view, pipeline);
  // Words that name nothing in the sources are about what the object asks for.
  const inSources = blames.filter(({ named }) => named);
  if (inSources.length === 0) {
    if (limitOf(failure) === notFetched) return notFetchedAt(view, pipeline, missing);
    const { words, hint } = deployed?.kind === 'chart' ? { words: failure.trim(), hint: undefined } : kustomizeWords(failure);
    const told = { severity: 'error', message: withHint(withoutFolders(view, words), hint) } as const;
    return object ? [{ path: object.path, finding: { code: renderCode, ...told, range: object.range } }] : [];
  }
  const hints = object ? inSources.slice(0, 1).map((blame) => hintAt(view, object, 'Does not render:', blame)) : [];
  return [...inSources.flatMap((blame) => findingsOf(view, pipeline, blame, failure)), ...hints];
}

function blamesOf({ graph }: View, deployed: Deployed, failure: string): Blame[] {
  // Argo CD says first which of several sources it was.
  const ofSource = failure.replace(/^failed to generate manifest for source \d+ of \d+: /, '');
  if (deployed.kind === 'chart') return chartBlames(graph.snapshot, deployed, ofSource);
  const blame = fluxBlame(graph, deployed.directory, ofSource) ?? kustomizationBlame(graph, deployed.directory, ofSource);
  return blame ? [blame] : [];
}

function findingsOf(view: View, pipeline: Pipeline, blame: Blame, failure: string): FindingIn[] {
  const { place, way } = blame;
  const limit = limitOf(failure);
  if (limit !== undefined)
    return [{ path: place.path, finding: { code: renderCode, severity: 'warning', message: limit, range: place.range } }];
  // Whoever deploys a chart may give the values that it needs.
  const values = pipeline.kind === 'chart' && mayBeGiven(pipeline, blame) ? pipeline.values : undefined;
  const given = values === undefined ? '' : values === '' ? " (with the chart's own values)" : ` (with ${placeLabel(view, values)} alone)`;
  const message = withHint(`${withoutFolders(view, blame.words)}${given}`, blame.hint);
  const finding: Finding = { code: renderCode, severity: values === undefined ? 'error' : 'warning', message, range: place.range };
  return [{ path: place.path, finding }, ...way.map((step) => hintAt(view, step, 'Fails in', blame))];
}

function limitOf(failure: string): string | undefined {
  return limits.find(([words]) => words.test(failure))?.[1];
}

// A value that is missing may be in another file of whoever deploys the chart; one that is laid over the chart's own and is wrong stays wrong.
function mayBeGiven({ values }: { readonly values: string }, { cause, place }: Blame): boolean {
  return cause === 'values' && (values === '' || (place.path !== values && baseName(place.path) !== 'values.yaml'));
}

function hintAt(view: View, { path, range }: SourcePlace, what: string, { place, words }: Blame): FindingIn {
  const told = withoutFolders(view, words);
  const message = `${what} ${placeLabel(view, place.path)}:${place.range.start.line + 1}: ${told}`;
  return { path, finding: { code: renderCode, severity: 'information', message, range, related: [{ ...place, message: told }] } };
}

function withHint(words: string, hint: string | undefined): string {
  if (hint === undefined) return words;
  return `${words}${/[.!?:]$/.test(words) ? '' : '.'} ${hint}`;
}

// Some errors print whole objects. The preview tells all of it.
const longest = 500;

// The tools name files by absolute path, which a workspace's reader knows without.
function withoutFolders(view: View, words: string): string {
  const folders = [...view.graph.snapshot.folders].filter((folder) => folder !== '/').sort((a, b) => b.length - a.length);
  const told = folders.reduce((text, folder) => {
    const below = placeLabel(view, `${folder}/x`).slice(0, -1);
    return text.replaceAll(`${folder}/`, below).replaceAll(`'${folder}'`, `'${below.slice(0, -1) || '.'}'`);
  }, words);
  return told.length > longest ? `${told.slice(0, longest)}…` : told;
}
