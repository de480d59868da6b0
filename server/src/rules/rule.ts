// The shape of a rule. One file holds one rule: what it finds, why that matters, and an example that is both the
// documentation and a test.
import type { Range } from '../../../protocol/src/range.ts';
import type { Reference } from '../model/reference.ts';
import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';

/** How bad a finding is: an error stops the controller, a warning surprises, an information leads to one of them elsewhere. */
export type Severity = 'error' | 'warning' | 'information';

/** A place elsewhere that a finding is about. */
export interface RelatedPlace {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** Something to tell about a place in a file. */
export interface Finding {
  /** The rule's id, a code of server/src/schemas/finding.ts, or `render`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly range: Range;
  readonly related?: readonly RelatedPlace[];
  /** What a quick fix needs to know, by the code's own rules. */
  readonly data?: unknown;
}

/** A check that needs no rendering. */
export interface Rule {
  /** `tool/what-is-wrong`. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence for the list of rules. */
  readonly summary: string;
  /** What the controller does about it. */
  readonly why: string;
  /**
   * A small repository: `-- path --` lines begin its files, and `# ^^^ severity[id]: message` marks what is found on the
   * line above.
   */
  readonly example: string;
  /** What the rule finds in a file; pure. */
  check(view: View, file: SourceFile): readonly Problem[];
}

/** A finding before its rule's id is added, and its severity where it has none of its own. */
export type Problem = Pick<Finding, 'message' | 'range'> & Partial<Pick<Finding, 'severity'>>;

/** A problem at the place where a reference is written. */
export function problemAt(file: SourceFile, { placed, span }: Reference, message: string): Problem {
  return { message, range: rangeOf(file, placed, span) };
}
