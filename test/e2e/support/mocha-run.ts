// Runs Mocha and passes on what becomes of each test.
import Mocha from 'mocha';
import type { ReportLine } from './report.ts';

/**
 * Runs suites to their end; none is left out because another one failed.
 *
 * @param files Absolute paths.
 * @param hooks Root hooks, around all suites.
 */
export async function runMocha(files: readonly string[], report: (line: ReportLine) => void, hooks: Mocha.RootHookObject = {}): Promise<void> {
  // Patience, not an expectation: a busy machine may take its time.
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, slow: 60_000, rootHooks: hooks, reporter: silent });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const tell = (outcome: 'passed' | 'failed' | 'skipped') => (test: Mocha.Runnable, error?: Error) => {
      const details = error ? { error: error.stack ?? error.message } : {};
      report({ kind: 'test', title: test.titlePath().join(' › '), outcome, ms: test.duration ?? 0, ...details });
    };
    runner.on('pass', tell('passed')).on('fail', tell('failed')).on('pending', tell('skipped'));
  });
}

/** Mocha wants a reporter; ours listens to the runner. */
class silent {}
