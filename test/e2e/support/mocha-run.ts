// Runs Mocha and passes on what becomes of each test.
import Mocha from 'mocha';
import type { Report, TestResult } from '../../../scripts/tiers/tier.ts';

/**
 * Runs suites to their end; none is left out because another one failed.
 *
 * @param files Absolute paths.
 */
export async function runMocha(files: readonly string[], report: Report): Promise<void> {
  // Patience, not an expectation: a busy machine may take its time.
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, slow: 60_000, reporter: Silent });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const tell = (outcome: TestResult['outcome']) => (test: Mocha.Runnable, error?: Error) => {
      const details = error ? { details: error.stack ?? error.message } : {};
      report({ title: test.titlePath().join(' › '), outcome, ms: test.duration ?? 0, ...details });
    };
    runner.on('pass', tell('passed')).on('fail', tell('failed')).on('pending', tell('skipped'));
  });
}

/** Mocha wants a reporter, and writes to the screen if it gets none; ours listens to the runner instead. */
class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    // nothing: the runner's caller tells the result
  }
}
