// Runs the API suites inside the extension host of a real VS Code.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import type { Report } from '../../../scripts/tiers/tier.ts';
import { startEditor } from './editor.ts';
import { bundleForHost } from './host-bundle.ts';
import { type ReportLine, reportVariable } from './report.ts';

/** Milliseconds without a finished test after which the extension host counts as hung; longer than any test may take. */
const patience = 150_000;
const interval = 100;

/**
 * Runs test/e2e/api/*.test.ts; the extension must have been built.
 *
 * @param report Hears of each test when it ends.
 * @throws Error when the suites could not run to their end.
 */
export async function runApiSuites(report: Report): Promise<void> {
  using host = await bundleForHost();
  using temporary = temporaryFolder('report');
  const file = path.join(temporary.path, 'report.jsonl');
  await using editor = await startEditor({ kind: 'checkout' }, { [reportVariable]: file });
  const over = new AbortController();
  void editor.ended.then(() => over.abort());
  await editor.openWindow(await editor.copyOfSamples(), host.module);
  let told = 0;
  for (let heard = Date.now(); !over.signal.aborted;) {
    // Asked before the report is read, so that what the host said last is heard.
    const exit = await hostExit(editor.log);
    const lines = await linesOf(file);
    for (const line of lines.slice(told)) {
      if (line.kind === 'end') return;
      if (line.kind === 'crash') throw new Error(`The suites could not be run: ${line.error}`);
      report(line.result);
      heard = Date.now();
    }
    told = lines.length;
    if (exit !== undefined) throw new Error(`The extension host ended before the suites did.\n${await readFile(editor.log, 'utf8')}`);
    if (Date.now() - heard > patience)
      throw new Error(`Nothing was heard from the extension host for ${patience / 1000} s.\n${await readFile(editor.log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  throw new Error("VS Code's server ended before the suites did.");
}

/** What VS Code's server writes into its log when an extension host has ended; undefined while it runs. */
async function hostExit(log: string): Promise<string | undefined> {
  return /Extension Host Process exited.*/.exec(await readFile(log, 'utf8'))?.[0];
}

async function linesOf(file: string): Promise<ReportLine[]> {
  const text = await readFile(file, 'utf8').catch(() => ''); // it comes with the first test
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ReportLine);
}
