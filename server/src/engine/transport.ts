// How the host reaches an engine, whichever build it is.
import type { Frame } from './frames.ts';
import type { FromEngine, ToEngine } from './messages.ts';

/** A running engine. */
export interface Transport {
  send(frame: Frame<ToEngine>): void;
  /** Ends the engine at once. No event follows. */
  kill(): void;
}

/** Why an engine ended by itself. */
export interface Exit {
  readonly reason: 'memory' | 'crash';
  /** What it said last, for people. */
  readonly message: string;
  /** Everything it said, for the log. */
  readonly details: string;
}

/** What an engine does by itself. Nothing is called before `connect` has returned. */
export interface TransportEvents {
  message(frame: Frame<FromEngine>): void;
  exit(exit: Exit): void;
}

/** Starts an engine. */
export type Connect = (events: TransportEvents) => Transport;
