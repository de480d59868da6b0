// What explains why an object is not synced: a known message of a controller or of the API server, or a state.
import type { Evidence } from './evidence.ts';

/** Words that explain. */
export interface Words {
  /** What is wrong, in a few words. */
  readonly title: string;
  /** The usual cause. */
  readonly cause: string;
  /** What to do next. */
  readonly next: string;
}

/** Explains messages. */
export interface MessageExplanation extends Words {
  /** Fits the messages that it explains. */
  readonly says: RegExp;
  /** Messages as they are written; the tests see that this explanation, and no other, is given for them. */
  readonly examples: readonly string[];
}

/** Explains a state that nothing complains of. */
export interface StateExplanation extends Words {
  /** What shows it, in a sentence; undefined when it is not so. */
  readonly shown: (evidence: Evidence) => string | undefined;
}
