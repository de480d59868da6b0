// What `npm test` is made of: tiers, each of which reports its tests.

/** What became of one test. */
export interface TestResult {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What a person needs to know about a failure, or why it was skipped. */
  readonly details?: string;
}

/** Takes a result when a test ends. */
export type Report = (result: TestResult) => void;

/** A kind of tests that is run as a whole. */
export interface Tier {
  /** How it is called on the command line. */
  readonly name: string;
  /** What it tests, for the screen. */
  readonly what: string;
  /** Whether each passed test is worth a line: when they are few and slow. */
  readonly shows: 'each test' | 'failures';
  /** Runs to the end, whatever fails. Rejects when it can't be run at all, which counts as one failure. */
  run(report: Report): Promise<void>;
}

/** Reports one check as a test: passed when `check` settles, else failed with the error's message. */
export async function reportCheck(report: Report, title: string, check: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  try {
    await check();
    report({ title, outcome: 'passed', ms: performance.now() - start });
  } catch (error) {
    report({ title, outcome: 'failed', ms: performance.now() - start, details: error instanceof Error ? error.message : String(error) });
  }
}
