// What pipelines render to, kept until a file that the rendering read changes, or another thing is asked for.
import { isDeepStrictEqual } from 'node:util';
import type { Engine, Outcome, RenderRequest } from '../engine/engine.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Planned, Refusal } from '../model/planning.ts';
import type { TracedRendering } from '../features/origin.ts';
import type { Source } from '../engine/source.ts';
import { isWithin } from '../workspace/paths.ts';
import { previewUri } from '../model/preview-uri.ts';

/** The outcome of rendering a pipeline as the files are now. */
export interface PipelineRendering {
  /** What the tool prints; while the sources are broken the last that it printed, if ever. */
  readonly yaml: string | undefined;
  /** Why the sources don't render, in the tool's words; undefined when they do. */
  readonly failure: string | undefined;
  /** The failure is Drydock's own: something that the rendering needs can't be known here. It is no mistake of the sources. */
  readonly refused: boolean;
  /** What a user must know and what the tool warns of, a line each. */
  readonly warnings: readonly string[];
  /** Values that came from Secrets: they are masked wherever the rendering is shown. */
  readonly secrets: readonly string[];
  /** What lies elsewhere and would be needed. */
  readonly missing: readonly Source[];
  /** What the engine gives beside the YAML, in the form of the request's op. */
  readonly details: unknown;
  /** How long the render took in the engine. */
  readonly milliseconds: number;
}

/** Finds what to ask the engine for a pipeline. `rendered` renders another one for it. */
export type Plan = (
  pipeline: Pipeline,
  rendered: (other: Pipeline) => Promise<string | undefined>,
) => Promise<Planned<RenderRequest> | Refusal>;

interface Entry {
  readonly pipeline: Pipeline;
  readonly asked: Planned<RenderRequest> | Refusal;
  readonly rendering: PipelineRendering;
  /** The paths that decided the outcome; unknown when the render did not come to an end. */
  readonly reads: ReadonlySet<string> | undefined;
  fresh: boolean;
  /** Set once it was asked where the rendering comes from. */
  traced?: Promise<TracedRendering | undefined>;
}

/** Renders pipelines, and knows which renderings a changed file makes stale. */
export class Renders {
  readonly #start: () => Engine;
  readonly #plan: Plan;
  #engine: Engine;
  readonly #entries = new Map<string, Entry>();
  readonly #changedMeanwhile = new Set<string[]>();

  /** @param start Makes an engine with the settings of now. */
  constructor(start: () => Engine, plan: Plan) {
    this.#start = start;
    this.#engine = start();
    this.#plan = plan;
  }

  /** Renders a pipeline unless what is known is fresh; undefined when `signal` ended it first. */
  render(pipeline: Pipeline, signal: AbortSignal): Promise<PipelineRendering | undefined> {
    return this.#render(pipeline, signal, new Set());
  }

  /** What the engine is asked for a pipeline as the files are now; undefined when `signal` ended it first. */
  plan(pipeline: Pipeline, signal: AbortSignal): Promise<Planned<RenderRequest> | Refusal | undefined> {
    return this.#planned(pipeline, signal, new Set());
  }

  /**
   * Where what a pipeline renders to comes from, and that rendering; undefined while it does not render, for what can't be traced, and
   * when `signal` ended it first. Made when it is asked for, and kept as long as the rendering.
   */
  async trace(pipeline: Pipeline, signal: AbortSignal): Promise<TracedRendering | undefined> {
    const rendering = await this.render(pipeline, signal);
    const entry = this.#entries.get(previewUri(pipeline));
    if (rendering?.failure !== undefined || !entry || entry.rendering !== rendering || 'refused' in entry.asked) return undefined;
    entry.traced ??= this.#trace(entry.asked.request, rendering.yaml);
    return entry.traced;
  }

  // Whoever asked first may give up; the next one still wants it.
  async #trace(request: RenderRequest, rendered: string | undefined): Promise<TracedRendering | undefined> {
    const outcome = await this.#engine.render(
      { ...request, render: { ...request.render, trace: true } } as RenderRequest,
      new AbortController().signal,
    );
    if (outcome.kind !== 'rendered' || !outcome.trace || outcome.yaml !== rendered) return undefined;
    return { yaml: outcome.yaml, trace: outcome.trace };
  }

  /** Asks the engine for something that is no pipeline's rendering, each time anew. */
  ask(request: RenderRequest, signal: AbortSignal): Promise<Outcome> {
    return this.#engine.render(request, signal);
  }

  /** What was last known of a pipeline, fresh or not. */
  known(pipeline: Pipeline): PipelineRendering | undefined {
    return this.#entries.get(previewUri(pipeline))?.rendering;
  }

  /** Whether what is known of a pipeline was rendered from the file at `path`. */
  hasRead(pipeline: Pipeline, path: string): boolean {
    return this.#entries.get(previewUri(pipeline))?.reads?.has(path) === true;
  }

  /** The pipelines that did not render when they were tried last, and may since their sources changed. */
  failing(): Pipeline[] {
    return [...this.#entries.values()].flatMap(({ pipeline, rendering, reads, fresh, asked }) =>
      // One that broke the engine is not tried at every change: each time may take as long as a render is allowed to.
      rendering.failure !== undefined && reads && (!fresh || 'refused' in asked) ? [pipeline] : [],
    );
  }

  /** These paths were edited, created or deleted: renderings that read them are stale. */
  changed(paths: readonly string[]): void {
    this.#engine.changed(paths);
    for (const changed of this.#changedMeanwhile) changed.push(...paths);
    for (const entry of this.#entries.values()) entry.fresh &&= !touches(entry.reads, paths);
  }

  /** A setting changed: the engine starts anew with it, and everything is stale. */
  restart(): void {
    this.#engine.dispose();
    this.#engine = this.#start();
    for (const entry of this.#entries.values()) entry.fresh = false;
  }

  /** Ends the engine. */
  dispose(): void {
    this.#engine.dispose();
  }

  async #planned(
    pipeline: Pipeline,
    signal: AbortSignal,
    under: ReadonlySet<string>,
  ): Promise<Planned<RenderRequest> | Refusal | undefined> {
    const waiting = new Set([...under, previewUri(pipeline)]);
    const asked = await this.#plan(pipeline, async (other) => {
      // Only what renders as it is now is good enough to plan with.
      if (waiting.has(previewUri(other))) return undefined;
      const rendering = await this.#render(other, signal, waiting);
      return rendering?.failure === undefined ? rendering?.yaml : undefined;
    });
    return signal.aborted ? undefined : asked;
  }

  /** @param under The pipelines that wait for this one. */
  async #render(pipeline: Pipeline, signal: AbortSignal, under: ReadonlySet<string>): Promise<PipelineRendering | undefined> {
    const key = previewUri(pipeline);
    const asked = await this.#planned(pipeline, signal, under);
    if (!asked) return undefined;
    const known = this.#entries.get(key);
    if (known?.fresh && isDeepStrictEqual(known.asked, asked)) return known.rendering;
    const changed: string[] = [];
    this.#changedMeanwhile.add(changed);
    const outcome = 'refused' in asked ? refusal(asked) : await this.#engine.render(asked.request, signal);
    this.#changedMeanwhile.delete(changed);
    if (outcome.kind === 'cancelled') return undefined;
    const last = this.#entries.get(key);
    const reads = outcome.kind === 'broken' ? undefined : new Set(outcome.reads);
    const fresh = !touches(reads, changed);
    const rendering = renderingOf(outcome, asked, last?.rendering.yaml);
    // A render that began later, and saw newer files, may have ended before.
    if (fresh || !last?.fresh) this.#entries.set(key, { pipeline, asked, rendering, reads, fresh });
    return rendering;
  }
}

type Ended = Exclude<Outcome, { readonly kind: 'cancelled' }>;

function refusal({ refused }: Refusal): Ended {
  return { kind: 'failed', message: refused, details: undefined, missing: [], warnings: [], reads: [] };
}

/** @param last What it rendered to before. */
function renderingOf(outcome: Ended, asked: Planned<RenderRequest> | Refusal, last: string | undefined): PipelineRendering {
  const { notes, secrets } = 'refused' in asked ? { notes: [], secrets: [] } : asked;
  const nothing = { refused: 'refused' in asked, warnings: notes, missing: [], details: undefined, secrets, milliseconds: 0 };
  switch (outcome.kind) {
    case 'rendered': {
      const { yaml, warnings, missing, details, milliseconds } = outcome;
      return { ...nothing, yaml, failure: undefined, warnings: [...notes, ...warnings], missing, details, milliseconds };
    }
    case 'failed': {
      const { message, warnings, missing, details } = outcome;
      return { ...nothing, yaml: last, failure: message, warnings: [...notes, ...warnings], missing, details };
    }
    case 'broken':
      return { ...nothing, yaml: last, failure: outcome.message };
  }
}

function touches(reads: Entry['reads'], paths: readonly string[]): boolean {
  if (!reads) return paths.length > 0;
  return paths.some((path) => reads.has(path) || reads.values().some((read) => isWithin(path, read)));
}
