// Runs files of node:test, each in a process of its own, and passes on what becomes of each test.
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type EventData, run } from 'node:test';
import { root } from '../cache.ts';
import type { Report } from './tier.ts';

// By itself Node leaves one core free, which on two of them means one file after the other.
const everyCore = Math.max(2, availableParallelism());
// Milliseconds after which a file has failed: one that waits in vain must not keep all others. Some compile a controller first.
const longest = 40 * 60_000;

/** Runs the files that match `patterns`, relative to the checkout, so many of them at a time: unless given, as there are cores. */
export async function runNodeTests(patterns: readonly string[], report: Report, concurrency = everyCore): Promise<void> {
  const files = globSync(patterns, { cwd: root, exclude: ['**/node_modules/**'] })
    .sort()
    .map((file) => path.join(root, file));
  const errors = new Map<string, string>();
  const tests = run({ files, cwd: root, concurrency, timeout: longest });
  tests.on('test:stderr', ({ file, message }) => errors.set(file, (errors.get(file) ?? '') + message));
  tests.on('test:pass', (data) => {
    if (isTest(data)) report({ ...named(data), ...passedOrSkipped(data) });
  });
  tests.on('test:fail', (data) => {
    const { cause, failureType } = data.details.error as Error & { readonly failureType?: string };
    // Of a suite only what goes wrong before or after its tests is news.
    if (!isTest(data) && failureType !== 'hookFailed') return;
    const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    report({ ...named(data), outcome: 'failed', details: [reason, errors.get(data.file ?? '')].join('\n') });
  });
  await finished(tests.resume());
}

/** A suite ends as its tests do, and a file is not a test unless it could not be run. */
function isTest(data: EventData.TestPass | EventData.TestFail): boolean {
  if (data.details.type === 'suite') return false;
  return data.details.type === 'test' || 'error' in data.details;
}

function named({ name, file, details }: EventData.TestPass | EventData.TestFail): { title: string; ms: number } {
  const place = file === undefined ? '' : path.relative(root, file).replaceAll(path.sep, '/');
  return { title: place === '' || name === file ? name : `${place}: ${name}`, ms: details.duration_ms };
}

function passedOrSkipped({ skip, todo }: EventData.TestPass): { outcome: 'passed' } | { outcome: 'skipped'; details: string } {
  const reason = skip ?? todo;
  if (reason === undefined || reason === false) return { outcome: 'passed' };
  return { outcome: 'skipped', details: typeof reason === 'string' ? reason : 'not said why' };
}
