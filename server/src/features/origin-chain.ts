// The chain of steps that a rendered value came through, in words.
import type { Trace, TracedStep } from '../engine/trace.ts';

/** A place as the engine tells it: lines and columns from 1, columns in code points; 0 where only the file is known. */
export interface TracedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One link of a chain. */
export interface OriginLink {
  /** What touched the value: `patches[0] of overlays/prod/kustomization.yaml`. */
  readonly text: string;
  readonly place: TracedPlace | undefined;
  /** Keys of the chart's values. */
  readonly values: readonly string[];
}

/** An origin of a trace, by its number. */
export interface TracedOrigin {
  readonly step: TracedStep | undefined;
  readonly place: TracedPlace | undefined;
  readonly before: number;
  readonly via: number;
}

/** The origin of this number; undefined for what is unknown. */
export function tracedOrigin(trace: Trace, number: number): TracedOrigin | undefined {
  const row = trace.origins[number];
  if (number === 0 || !row) return undefined;
  const [step = 0, file = 0, line = 0, column = 0, before = 0, via = 0] = row;
  const path = trace.files[file - 1];
  return { step: trace.steps?.[step - 1], place: path === undefined ? undefined : { file: path, line, column }, before, via };
}

/** Every origin that an origin was made from, the last first: itself, what stood there before, what it was taken from. */
export function* originsBehind(trace: Trace, number: number): Generator<TracedOrigin> {
  const origin = tracedOrigin(trace, number);
  if (!origin) return;
  yield origin;
  yield* originsBehind(trace, origin.via);
  yield* originsBehind(trace, origin.before);
}

/**
 * The chain of an origin, the first step first.
 *
 * @param nameOf What a file is called, for people.
 */
export function originChain(trace: Trace, number: number, nameOf: (path: string) => string): OriginLink[] {
  const origin = tracedOrigin(trace, number);
  if (!origin) return [];
  const { step, place, before, via } = origin;
  const earlier = [...originChain(trace, before, nameOf), ...originChain(trace, via, nameOf)];
  if (!step) return earlier;
  return [...earlier, { text: describe(trace, step, place, nameOf), place, values: step.field === 'action' ? (step.values ?? []) : [] }];
}

function describe(trace: Trace, step: TracedStep, place: TracedPlace | undefined, nameOf: (path: string) => string): string {
  switch (step.field) {
    case 'template':
    case 'action': {
      const where = place ? `${nameOf(place.file)}:${place.line}` : (step.name ?? 'a template');
      const definition = step.name === undefined || step.name.includes('/') ? '' : ` ("${step.name}")`;
      return step.field === 'action' ? `action at ${where}${definition}` : `${where}${definition}`;
    }
    case 'hash':
      return 'hash of the content';
    case 'nameReference':
      return 'follows the name of what it refers to';
    case 'substitute':
      return ['substitution', ...(step.values ?? []).map((name) => `\${${name}}`)].join(' of ').replaceAll('} of ', '}, ');
    case 'directory':
      return place ? nameOf(place.file) : 'a manifest';
    case 'tracking':
      return 'Argo CD marks it as the Application’s';
    case 'ownerLabels':
      return 'Flux marks it as the object’s';
  }
  const field = step.index < 0 ? step.field : `${step.field}[${step.index}]`;
  // An option of a file beside the source, such as .argocd-source.yaml, and not of the object.
  if (step.kustomization < 0 && step.field.startsWith('kustomize.') && place) return `${field} of ${nameOf(place.file)}`;
  return step.kustomization < 0 ? field : `${field} of ${kustomizationName(trace, step.kustomization, nameOf)}`;
}

function kustomizationName(trace: Trace, index: number, nameOf: (path: string) => string): string {
  const path = trace.files[trace.kustomizations?.[index]?.file ?? -1];
  return path === undefined ? 'a kustomization' : nameOf(path);
}
