// The life of one engine, from start to end: what it was told, and the messages to and from it.
import type { FileSource, PathState } from './file-source.ts';
import { type Frame, joinBytes } from './frames.ts';
import type { FromEngine, RenderRequest, Result, ToEngine, ToldState } from './messages.ts';
import { Told } from './told.ts';
import type { Connect, Exit, Transport } from './transport.ts';

/** What a running engine tells its owner. */
export interface RunningEngineEvents {
  /** The engine takes builds from now on. */
  ready(kustomize: string): void;
  result(result: Result, body: Uint8Array): void;
  /** The engine ended by itself, and so did this. */
  exit(exit: Exit): void;
}

const nothing = new Uint8Array();

/** One running engine. */
export class RunningEngine {
  readonly #told: Told;
  readonly #events: RunningEngineEvents;
  readonly #transport: Transport;
  #ended = false;

  constructor(connect: Connect, files: FileSource, events: RunningEngineEvents) {
    this.#told = new Told(files);
    this.#events = events;
    this.#transport = connect({
      message: (frame) => this.#receive(frame),
      exit: (exit) => {
        this.#ended = true;
        events.exit(exit);
      },
    });
  }

  render(id: number, request: RenderRequest): void {
    this.#send({ id, ...request });
  }

  cancel(id: number): void {
    this.#send({ op: 'cancel', id });
  }

  /** Makes the engine ask again for what changed. */
  changed(paths: readonly string[]): void {
    const forgotten = this.#told.changed(paths);
    if (forgotten.length > 0) this.#send({ op: 'forget', paths: forgotten });
  }

  /** Ends the engine at once; nothing is reported any more. */
  kill(): void {
    this.#ended = true;
    this.#transport.kill();
  }

  #receive({ header, body }: Frame<FromEngine>): void {
    switch (header.op) {
      case 'ready':
        return this.#events.ready(header.kustomize);
      case 'need':
        return void this.#told.answer(header.path, (states) => this.#tell(header.path, states));
      case 'result':
        return this.#events.result(header, body);
    }
  }

  #tell(answers: string, states: ReadonlyMap<string, PathState>): void {
    const told: ToldState[] = [];
    const contents: Uint8Array[] = [];
    for (const [path, state] of states) {
      if (state.kind === 'file') {
        told.push({ path, kind: 'file', length: state.content.length });
        contents.push(state.content);
      } else {
        told.push({ path, ...state });
      }
    }
    this.#send({ op: 'files', answers, states: told }, joinBytes(contents));
  }

  #send(header: ToEngine, body: Uint8Array = nothing): void {
    if (!this.#ended) this.#transport.send({ header, body });
  }
}
