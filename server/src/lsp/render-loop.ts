// Decides what is rendered when: open previews at once, then, when the user pauses, the other pipelines that the open
// files take part in, and those that failed. A newer change abandons what is still running.
import type { PipelineRendering, Renders } from '../session/renders.ts';
import type { Background } from './background.ts';
import type { Session } from '../session/session.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { pipelinesOf } from '../features/pipelines-of.ts';
import { previewUri } from '../model/preview-uri.ts';
import { quiet } from './quiet.ts';

// A pause of typing, in milliseconds: longer than between two keys, shorter than patience.
const pause = 400;

/** What comes of rendering. */
export interface RenderLoopEvents {
  /** A pipeline was rendered; said also when the outcome did not change. */
  rendered(pipeline: Pipeline, rendering: PipelineRendering): void;
  /** The open preview of a pipeline has another rendering, or its first since it was opened. */
  previewChanged(pipeline: Pipeline, rendering: PipelineRendering): void;
}

/** Renders pipelines as files change. */
export class RenderLoop {
  readonly #session: Session;
  readonly #renders: Renders;
  readonly #events: RenderLoopEvents;
  readonly #background: Background;
  /** The open previews by their URI, with the rendering that was told last. */
  readonly #previews = new Map<string, { readonly pipeline: Pipeline; told?: PipelineRendering }>();
  #running = new AbortController();

  constructor(session: Session, renders: Renders, events: RenderLoopEvents, background: Background) {
    this.#session = session;
    this.#renders = renders;
    this.#events = events;
    this.#background = background;
  }

  /** A preview of the pipeline is open from now on. */
  openPreview(pipeline: Pipeline): void {
    this.#previews.set(previewUri(pipeline), { pipeline });
    this.changed();
  }

  /** The preview of the pipeline is closed. */
  closePreview(pipeline: Pipeline): void {
    this.#previews.delete(previewUri(pipeline));
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
    await this.#render(
      [...this.#previews.values()].map(({ pipeline }) => pipeline),
      signal,
    );
    await quiet(pause, signal);
    const { view } = this.#session;
    const reached = [...view.graph.snapshot.open.keys()].flatMap((path) => pipelinesOf(view, path));
    // A failure was found while a file was open that is closed now; its finding must not outlive it.
    const wanted = new Map([...reached, ...this.#renders.failing()].map((pipeline) => [previewUri(pipeline), pipeline]));
    await this.#render(
      [...wanted].flatMap(([uri, pipeline]) => (this.#previews.has(uri) ? [] : [pipeline])),
      signal,
    );
  }

  async #render(pipelines: readonly Pipeline[], signal: AbortSignal): Promise<void> {
    await Promise.all(
      pipelines.map(async (pipeline) => {
        const rendering = await this.#renders.render(pipeline, signal);
        if (!rendering || signal.aborted) return;
        this.#events.rendered(pipeline, rendering);
        const preview = this.#previews.get(previewUri(pipeline));
        if (!preview || preview.told === rendering) return;
        preview.told = rendering;
        this.#events.previewChanged(pipeline, rendering);
      }),
    );
  }
}
