// Runs one tier, tells the person how it goes, and counts.
import { stripVTControlCharacters } from 'node:util';
import { seconds } from '../progress.ts';
import type { TestResult, Tier } from './tier.ts';

/** How many tests ended how, and what is to be read of those that failed. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  /** How long it took. */
  readonly time: string;
}

const maxLines = 80;
const maxColumns = 300;
const heartbeat = 15_000;
const marks = { passed: '✓', failed: '✗', skipped: '-' } as const;

/** Runs a tier to its end. Never rejects: a tier that can't be run counts as one failure. */
export async function runTier({ name, what, shows, run }: Tier): Promise<Outcome> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const start = performance.now();
  console.log(`\n${name}: ${what}`);
  const remind = setInterval(() => console.log(`  … ${counts.passed + counts.failed} tests (${seconds(start)})`), heartbeat);
  const report = (result: TestResult): void => {
    counts[result.outcome] += 1;
    if (shows === 'failures' && result.outcome === 'passed') return;
    const line = lineOf(result);
    console.log(line);
    if (result.outcome === 'failed') failures.push(line);
    remind.refresh(); // it is seen that something is going on
  };
  try {
    await run(report);
  } catch (error) {
    report({
      title: `${name} could not be run`,
      outcome: 'failed',
      ms: performance.now() - start,
      details: String(error instanceof Error ? error.stack : error),
    });
  } finally {
    clearInterval(remind);
  }
  if (counts.passed + counts.failed + counts.skipped === 0) report({ title: `${name} has no tests`, outcome: 'failed', ms: 0 });
  const time = seconds(start);
  console.log(`  ${counts.passed} passed, ${counts.failed} failed (${time})`);
  return { ...counts, failures, time };
}

/** A terminal's worth of text: what compares long values can print a novel. */
function shortened(text: string): string {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => (line.length > maxColumns ? `${line.slice(0, maxColumns)} …` : line));
  return lines.length > maxLines ? [...lines.slice(0, maxLines), `… ${lines.length - maxLines} more lines`].join('\n') : lines.join('\n');
}

function lineOf({ title, outcome, ms, details }: TestResult): string {
  const line = `  ${marks[outcome]} ${title} (${ms.toFixed(0)} ms)`;
  if (details === undefined) return line;
  return outcome === 'skipped' ? `${line}: ${details.trim()}` : `${line}\n${shortened(details.trim()).replace(/^/gm, '      ')}`;
}
