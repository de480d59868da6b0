// What a failed render complains of, in the form that every tool's dialect gives it.
import type { Range } from '../../../protocol/src/range.ts';

/** A stretch of a file, which need not be one of the workspace's YAML files: a chart has others. */
export interface SourcePlace {
  readonly path: string;
  readonly range: Range;
}

/** One thing that a tool refuses: where, in which words, and what to do. */
export interface Blame {
  readonly place: SourcePlace;
  /** False where the tool's words name no place: then it is the beginning of what was rendered. */
  readonly named: boolean;
  /** The tool's own words, without those of the steps that led there. */
  readonly words: string;
  /** What to do; undefined where the words say it themselves, or nobody knows. */
  readonly hint: string | undefined;
  /** Whether the sources are wrong whatever happens, or only with the values that a chart was given. */
  readonly cause: 'source' | 'values';
  /** The entries that lead from what was rendered to the place, the first one first. */
  readonly way: readonly SourcePlace[];
}
