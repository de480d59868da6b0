// Runs inside the extension host: the module that VS Code's `extensionTestsPath` names, bundled beside the suites.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from './mocha-run.ts';
import { type ReportLine, reportVariable } from './report.ts';

/** Called by VS Code. Rejects when a test failed, which is how test-electron hears of it. */
export async function run(): Promise<void> {
  const file = process.env[reportVariable];
  let failed = 0;
  const tell = (line: ReportLine): void => {
    if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
    else console.log(JSON.stringify(line));
  };
  try {
    const folder = import.meta.dirname;
    const suites = readdirSync(folder).filter((name) => name.endsWith('.test.cjs'));
    await runMocha(
      suites.map((name) => path.join(folder, name)),
      (result) => {
        if (result.outcome === 'failed') failed += 1;
        tell({ kind: 'test', result });
      },
    );
    tell({ kind: 'end' });
  } catch (error) {
    tell({ kind: 'crash', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    throw error;
  }
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
