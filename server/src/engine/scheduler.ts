// Which render runs when, and which one is to blame when the engine breaks.
import { type Outcome, outcomeOf, toolOf } from './outcome.ts';
import type { FileSource } from './file-source.ts';
import type { RenderRequest, Result } from './messages.ts';
import { RunningEngine } from './running-engine.ts';
import type { Connect, Exit } from './transport.ts';

/** What all renders have in common. */
export interface SchedulerOptions {
  /** How many renders the engine is given at a time. */
  readonly width: number;
  readonly files: FileSource;
  /** Milliseconds after which a render is ended with an error. */
  readonly timeout: number;
  /** Takes what nobody but a developer can act on: stacks, restarts. */
  readonly log: (message: string) => void;
}

interface Job {
  readonly id: number;
  readonly request: RenderRequest;
  /** Set once the outcome is given; the render may still be running then, abandoned. */
  settled: boolean;
  readonly settle: (outcome: Outcome) => void;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Gives renders to an engine, a few at a time, and restarts it when one of them breaks it.
 *
 * When the engine ends while several renders run, none can be blamed: all become suspects, and are rendered again one at a
 * time. The one that breaks the engine alone is the culprit; the others never notice.
 */
export class Scheduler {
  readonly #connect: Connect;
  readonly #options: SchedulerOptions;
  readonly #waiting: Job[] = [];
  readonly #suspects: Job[] = [];
  readonly #running = new Map<number, Job>();
  #engine: RunningEngine | undefined;
  #ready = false;
  #lastId = 0;

  constructor(connect: Connect, options: SchedulerOptions) {
    this.#connect = connect;
    this.#options = options;
  }

  render(request: RenderRequest, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'cancelled' });
      const abort = (): void => this.#abandon(job);
      const job: Job = {
        id: ++this.#lastId,
        request,
        settled: false,
        settle: (outcome) => {
          if (job.settled) return;
          job.settled = true;
          signal.removeEventListener('abort', abort);
          resolve(outcome);
        },
      };
      signal.addEventListener('abort', abort);
      this.#waiting.push(job);
      this.#dispatch();
    });
  }

  changed(paths: readonly string[]): void {
    this.#engine?.changed(paths);
  }

  dispose(): void {
    for (const job of [...this.#stop(), ...this.#suspects.splice(0), ...this.#waiting.splice(0)]) job.settle({ kind: 'cancelled' });
  }

  #dispatch(): void {
    while (this.#suspects[0]?.settled) this.#suspects.shift();
    while (this.#waiting[0]?.settled) this.#waiting.shift();
    const suspected = this.#suspects.length > 0;
    if (!suspected && this.#waiting.length === 0) return;
    this.#engine ??= this.#start();
    if (!this.#ready || this.#running.size >= (suspected ? 1 : this.#options.width)) return;
    const job = suspected ? this.#suspects[0] : this.#waiting.shift();
    if (!job) return;
    this.#run(job, this.#engine);
    this.#dispatch();
  }

  #run(job: Job, engine: RunningEngine): void {
    const { timeout } = this.#options;
    this.#running.set(job.id, job);
    job.timer = setTimeout(() => this.#overdue(job), timeout);
    engine.render(job.id, job.request);
  }

  #start(): RunningEngine {
    return new RunningEngine(this.#connect, this.#options.files, {
      ready: () => {
        this.#ready = true;
        this.#dispatch();
      },
      result: (result, body) => this.#finished(result, body),
      exit: (exit) => this.#broken(exit),
    });
  }

  #finished(result: Result, body: Uint8Array): void {
    const job = this.#running.get(result.id);
    if (!job) return;
    this.#end(job);
    if (result.outcome === 'panicked') this.#options.log(`${placeOf(job.request)}: panic: ${result.message ?? ''}\n${result.stack ?? ''}`);
    job.settle(outcomeOf(job.request, result, body));
    this.#dispatch();
  }

  /** The engine can't be told to leave a render that reads no files, so it ends as a whole; the others begin again. */
  #overdue(job: Job): void {
    const others = this.#stop().filter((other) => other !== job);
    this.#waiting.unshift(...others);
    const { timeout } = this.#options;
    job.settle({ kind: 'broken', reason: 'timeout', message: `rendering took longer than ${timeout} ms and was ended` });
    this.#options.log(`${placeOf(job.request)}: ended after ${timeout} ms; the engine starts again`);
    this.#dispatch();
  }

  #broken(exit: Exit): void {
    const wasReady = this.#ready;
    const running = this.#stop();
    this.#options.log(`the engine ended: ${exit.message}\n${exit.details}`);
    const outcome = (job: Job): Outcome => ({ kind: 'broken', reason: exit.reason, message: explain(exit, job.request) });
    if (!wasReady) {
      // It never came up: starting it again and again helps nobody.
      for (const job of [...this.#suspects.splice(0), ...this.#waiting.splice(0)]) job.settle(outcome(job));
    }
    const [first, ...others] = running;
    if (first && others.length === 0) first.settle(outcome(first));
    else this.#suspects.push(...running);
    this.#dispatch();
  }

  #abandon(job: Job): void {
    job.settle({ kind: 'cancelled' });
    if (this.#running.has(job.id)) this.#engine?.cancel(job.id);
  }

  /** Ends the engine, and gives the jobs that it was running. */
  #stop(): Job[] {
    this.#engine?.kill();
    this.#engine = undefined;
    this.#ready = false;
    const running = [...this.#running.values()];
    for (const job of running) this.#end(job);
    return running;
  }

  #end(job: Job): void {
    clearTimeout(job.timer);
    this.#running.delete(job.id);
    if (this.#suspects[0] === job) this.#suspects.shift();
  }
}

function explain({ reason, message }: Exit, request: RenderRequest): string {
  return reason === 'memory'
    ? `rendering needs more memory than it is given (${message})`
    : `${toolOf(request)} crashed on this input (${message})`;
}

/** What is rendered, for the log. */
function placeOf(request: RenderRequest): string {
  switch (request.op) {
    case 'build':
      return request.render.directory;
    case 'template':
      return request.render.chart;
    case 'values':
      return `the values of ${placeOf(request.render)}`;
    case 'chartVersion':
      return `${request.render.name} ${request.render.version}`;
    case 'chartPackage':
      return request.render.file;
    case 'application':
      return request.render.sources.map(({ root }) => root).join(', ') || 'an Application';
    case 'flux':
      return `a Kustomization of ${request.render.root}`;
    case 'syncWindows':
      return `the sync windows of ${request.render.application}`;
    case 'health':
      return 'live objects';
    case 'applicationSet':
      return 'an ApplicationSet';
    case 'ignore':
      return 'what is not compared';
    case 'helmRelease':
      return `a HelmRelease of ${request.render.chart}`;
  }
}
