// Decides what is rendered when: open previews at once, then, when the user pauses, the other overlays that the open
// files take part in, and those that failed. A newer change abandons what is still running.
import type { OverlayRendering, Renders } from '../session/renders.ts';
import type { Background } from './background.ts';
import type { Session } from '../session/session.ts';
import { overlaysOf } from '../model/reach.ts';
import { quiet } from './quiet.ts';

// A pause of typing, in milliseconds: longer than between two keys, shorter than patience.
const pause = 400;

/** What comes of rendering. */
export interface RenderLoopEvents {
  /** An overlay was rendered; said also when the outcome did not change. */
  rendered(directory: string, rendering: OverlayRendering): void;
  /** The open preview of an overlay has another rendering, or its first since it was opened. */
  previewChanged(directory: string, rendering: OverlayRendering): void;
}

/** Renders overlays as files change. */
export class RenderLoop {
  readonly #session: Session;
  readonly #renders: Renders;
  readonly #events: RenderLoopEvents;
  readonly #background: Background;
  /** The open previews by their overlay's folder, with the rendering that was told last. */
  readonly #previews = new Map<string, OverlayRendering | undefined>();
  #running = new AbortController();

  constructor(session: Session, renders: Renders, events: RenderLoopEvents, background: Background) {
    this.#session = session;
    this.#renders = renders;
    this.#events = events;
    this.#background = background;
  }

  /** A preview of the overlay is open from now on. */
  openPreview(directory: string): void {
    this.#previews.set(directory, undefined);
    this.changed();
  }

  /** The preview of the overlay is closed. */
  closePreview(directory: string): void {
    this.#previews.delete(directory);
  }

  /** Something changed: what is stale and wanted is rendered. */
  changed(): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#background('rendering', this.#run(this.#running.signal));
  }

  /** Nothing is rendered any more. */
  dispose(): void {
    this.#running.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#render([...this.#previews.keys()], signal);
    await quiet(pause, signal);
    const { graph } = this.#session.view;
    const reached = [...graph.snapshot.open.keys()].flatMap((path) => overlaysOf(graph, path).map(({ directory }) => directory));
    // A failure was found while a file was open that is closed now; its finding must not outlive it.
    const wanted = new Set([...reached, ...this.#renders.failing()]);
    await this.#render([...wanted.difference(this.#previews)], signal);
  }

  async #render(directories: readonly string[], signal: AbortSignal): Promise<void> {
    await Promise.all(
      directories.map(async (directory) => {
        const rendering = await this.#renders.render(directory, signal);
        if (!rendering || signal.aborted) return;
        this.#events.rendered(directory, rendering);
        if (!this.#previews.has(directory) || this.#previews.get(directory) === rendering) return;
        this.#previews.set(directory, rendering);
        this.#events.previewChanged(directory, rendering);
      }),
    );
  }
}
