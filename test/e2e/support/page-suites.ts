// Runs the page suites here, against windows of a real VS Code in a browser.
import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../../scripts/cache.ts';
import type { Report } from '../../../scripts/tiers/tier.ts';
import { runMocha } from './mocha-run.ts';
import { closeSharedEditor, failures } from './window.ts';

/** Runs test/e2e/page/*.test.ts; the extension must have been built. `report` hears of each test when it ends. */
export async function runPageSuites(report: Report): Promise<void> {
  const suites = globSync('test/e2e/page/*.test.ts', { cwd: root });
  await rm(failures, { recursive: true, force: true });
  try {
    await runMocha(
      suites.sort().map((suite) => path.join(root, suite)),
      report,
    );
  } finally {
    await closeSharedEditor();
  }
}
