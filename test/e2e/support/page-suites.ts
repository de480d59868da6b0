// Runs the page suites here, against windows of a real VS Code in a browser.
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../../scripts/cache.ts';
import { runMocha } from './mocha-run.ts';
import type { ReportLine } from './report.ts';
import { closeSharedEditor } from './window.ts';

/** Runs test/e2e/page/*.test.ts; the extension must have been built. `report` hears of each test when it ends. */
export async function runPageSuites(report: (line: ReportLine) => void): Promise<void> {
  const suites = await Array.fromAsync(glob('test/e2e/page/*.test.ts', { cwd: root }));
  try {
    await runMocha(
      suites.sort().map((suite) => path.join(root, suite)),
      report,
    );
  } finally {
    await closeSharedEditor();
  }
}
