// What overlays render to, kept until a file that the rendering read changes.
import type { Engine, LoadRestrictor, Outcome, TemplateRequest } from '../engine/engine.ts';
import { isWithin } from '../workspace/paths.ts';

/** The outcome of rendering an overlay as the files are now. */
export interface OverlayRendering {
  /** What `kustomize build` prints; while the sources are broken the last that it printed, if ever. */
  readonly yaml: string | undefined;
  /** Why the sources don't render, in kustomize's words; undefined when they do. */
  readonly failure: string | undefined;
  /** What kustomize warns of, a line each. */
  readonly warnings: readonly string[];
  /** How long the render took in the engine. */
  readonly milliseconds: number;
}

interface Entry {
  readonly rendering: OverlayRendering;
  /** The paths that decided the outcome; unknown when the render did not come to an end. */
  readonly reads: ReadonlySet<string> | undefined;
  fresh: boolean;
}

/** Renders overlays, and knows which renderings a changed file makes stale. */
export class Renders {
  readonly #start: () => Engine;
  readonly #loadRestrictor: () => LoadRestrictor;
  #engine: Engine;
  readonly #entries = new Map<string, Entry>();
  readonly #changedMeanwhile = new Set<string[]>();

  /** @param start Makes an engine with the settings of now. */
  constructor(start: () => Engine, loadRestrictor: () => LoadRestrictor) {
    this.#start = start;
    this.#engine = start();
    this.#loadRestrictor = loadRestrictor;
  }

  /** Renders the overlay at `directory` unless what is known is fresh; undefined when `signal` ended it first. */
  async render(directory: string, signal: AbortSignal): Promise<OverlayRendering | undefined> {
    const known = this.#entries.get(directory);
    if (known?.fresh) return known.rendering;
    const changed: string[] = [];
    this.#changedMeanwhile.add(changed);
    const outcome = await this.#engine.render({ op: 'build', render: { directory, loadRestrictor: this.#loadRestrictor() } }, signal);
    this.#changedMeanwhile.delete(changed);
    const last = this.#entries.get(directory)?.rendering.yaml;
    switch (outcome.kind) {
      case 'cancelled':
        return undefined;
      case 'broken':
        return this.#keep(directory, { yaml: last, failure: outcome.message, warnings: [], milliseconds: 0 }, undefined, changed);
      case 'failed':
        return this.#keep(
          directory,
          { yaml: last, failure: outcome.message, warnings: outcome.warnings, milliseconds: 0 },
          new Set(outcome.reads),
          changed,
        );
      case 'rendered': {
        const { yaml, warnings, milliseconds } = outcome;
        return this.#keep(directory, { yaml, failure: undefined, warnings, milliseconds }, new Set(outcome.reads), changed);
      }
    }
  }

  /** Renders a chart, each time anew. */
  template(request: TemplateRequest, signal: AbortSignal): Promise<Outcome> {
    return this.#engine.render({ op: 'template', render: request }, signal);
  }

  /** What was last known of an overlay, fresh or not. */
  known(directory: string): OverlayRendering | undefined {
    return this.#entries.get(directory)?.rendering;
  }

  /** The overlays that did not render when they were tried last, and may since their sources changed. */
  failing(): string[] {
    return [...this.#entries].flatMap(([directory, { rendering, reads, fresh }]) =>
      // One that broke the engine is not tried at every change: each time may take as long as a render is allowed to.
      rendering.failure !== undefined && reads && !fresh ? [directory] : [],
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

  #keep(directory: string, rendering: OverlayRendering, reads: Entry['reads'], changed: readonly string[]): OverlayRendering {
    const fresh = !touches(reads, changed);
    // A render that began later, and saw newer files, may have ended before.
    if (fresh || !this.#entries.get(directory)?.fresh) this.#entries.set(directory, { rendering, reads, fresh });
    return rendering;
  }
}

function touches(reads: Entry['reads'], paths: readonly string[]): boolean {
  if (!reads) return paths.length > 0;
  return paths.some((path) => reads.has(path) || reads.values().some((read) => isWithin(path, read)));
}
