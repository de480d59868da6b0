// Runs files of node:test, each in a process of its own, and passes on what becomes of each test.
import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';
import { root } from '../cache.ts';
import type { Report } from './tier.ts';

/** Runs the files that match `patterns`, relative to the checkout. */
export async function runNodeTests(patterns: readonly string[], report: Report): Promise<void> {
  const files = globSync(patterns, { cwd: root, exclude: ['**/node_modules/**'] }).sort().map((file) => path.join(root, file));
  const errors = new Map<string, string>();
  for await (const event of run({ files, cwd: root, concurrency: true })) {
    if (event.type === 'test:stderr') errors.set(event.data.file, (errors.get(event.data.file) ?? '') + event.data.message);
    if (event.type === 'test:pass' && isTest(event.data)) report({ ...named(event.data), ...passedOrSkipped(event.data) });
    if (event.type === 'test:fail' && isTest(event.data)) {
      const { cause } = event.data.details.error;
      const details = [cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), errors.get(event.data.file ?? '')].join('\n');
      report({ ...named(event.data), outcome: 'failed', details });
    }
  }
}

/** A suite fails with its tests, and a file is not a test unless it could not be run. */
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
