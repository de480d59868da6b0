// Decides what is rendered when: open previews at once, then, when the user pauses, the other overlays that the open
// files take part in. A newer change abandons what is still running.
import type { OverlayRendering, Renders } from '../session/renders.ts';
import type { Session } from '../session/session.ts';
import { overlaysOf } from '../model/reach.ts';
import { quiet } from './quiet.ts';

// A pause of typing, in milliseconds: longer than between two keys, shorter than patience.
const pause = 400;

/** Renders overlays as files change. */
export class RenderLoop {
  readonly #session: Session;
  readonly #renders: Renders;
  readonly #onRendered: (directory: string, rendering: OverlayRendering) => void;
  readonly #previews = new Set<string>();
  #running = new AbortController();

  /** @param onRendered Takes every outcome, also one that did not change. */
  constructor(session: Session, renders: Renders, onRendered: (directory: string, rendering: OverlayRendering) => void) {
    this.#session = session;
    this.#renders = renders;
    this.#onRendered = onRendered;
  }

  /** A preview of the overlay is open from now on. */
  openPreview(directory: string): void {
    this.#previews.add(directory);
    this.changed();
  }

  /** The preview of the overlay is closed. */
  closePreview(directory: string): void {
    this.#previews.delete(directory);
  }

  /** Whether a preview of the overlay is open. */
  isPreviewed(directory: string): boolean {
    return this.#previews.has(directory);
  }

  /** Something changed: what is stale and wanted is rendered. */
  changed(): void {
    this.#running.abort();
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** Nothing is rendered any more. */
  dispose(): void {
    this.#running.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#render(this.#previews, signal);
    await quiet(pause, signal);
    const { graph } = this.#session.view;
    const reached = [...graph.snapshot.open.keys()].flatMap((path) => overlaysOf(graph, path).map(({ directory }) => directory));
    await this.#render(new Set(reached).difference(this.#previews), signal);
  }

  async #render(directories: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...directories].map(async (directory) => {
        const rendering = await this.#renders.render(directory, signal);
        if (rendering && !signal.aborted) this.#onRendered(directory, rendering);
      }),
    );
  }
}
