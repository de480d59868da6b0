// Single files, by http(s).
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Source } from '../engine/source.ts';
import { sha256 } from './chart-package.ts';
import { type Kept, keep, staging, stepsOf } from './copies.ts';
import { download } from './download.ts';

/** Bytes that a file may have. */
const largestFile = 50e6;

/**
 * Fetches what an address answers into the cache.
 *
 * @throws SourceError when it answers with an error, or not at all.
 */
export async function fetchFile(cache: string, { url }: Source, signal: AbortSignal): Promise<Kept> {
  const content = await download(url, largestFile, signal);
  const digest = sha256(content);
  const copy = `files/${stepsOf(url.replace(/[?#].*$/, ''))}/${digest}`;
  await using stage = await staging(cache);
  const made = path.join(stage.folder, 'file');
  await writeFile(made, content);
  await keep(cache, made, copy);
  return { copy, exact: `sha256:${digest}` };
}
