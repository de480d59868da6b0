// Chart packages, from wherever they come: checked before they are kept.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChartIdentity } from '../engine/chart.ts';
import type { Engine, Outcome, RenderRequest } from '../engine/engine.ts';
import { type Source, sourceLabel } from '../engine/source.ts';
import { fromNativePath } from '../workspace/paths.ts';
import { type Kept, keep, staging } from './copies.ts';
import { SourceError } from './source-error.ts';

/** What is needed of the engine. */
export type AskEngine = Pick<Engine, 'render' | 'changed'>;

/** Asks the engine about a file that was written a moment ago. */
export async function askAbout(engine: AskEngine, file: string, request: RenderRequest, signal: AbortSignal): Promise<Outcome> {
  engine.changed([file]); // it may have seen the folder without it
  try {
    return await engine.render(request, signal);
  } finally {
    engine.changed([file]); // it is gone soon, and need not be kept in memory
  }
}

/** Bytes that a package may have. */
export const largestPackage = 100e6;

/** SHA-256 in hexadecimal. */
export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Checks that a package is whole and is the chart that was asked for, and puts it into the cache.
 *
 * @param digest SHA-256 that it must have, with or without `sha256:` in front; empty when nobody has said.
 * @param version The version that was chosen.
 * @throws SourceError when it is not.
 */
export async function keepPackage(
  cache: string,
  engine: AskEngine,
  source: Source,
  content: Uint8Array,
  { digest, version }: { readonly digest: string; readonly version: string },
  signal: AbortSignal,
): Promise<Kept> {
  const found = sha256(content);
  const wanted = digest.replace(/^sha256:/, '').toLowerCase();
  if (wanted !== '' && wanted !== found)
    throw new SourceError(
      `${sourceLabel(source)} is not used: its SHA-256 is ${found}, and it should be ${wanted}. It was damaged on its way, or replaced.`,
    );
  await using stage = await staging(cache);
  const file = path.join(stage.folder, 'chart.tgz');
  await writeFile(file, content);
  const place = fromNativePath(file);
  const outcome = await askAbout(engine, place, { op: 'chartPackage', render: { file: place } }, signal);
  if (outcome.kind !== 'rendered') throw new SourceError(`${sourceLabel(source)} is not used: ${whyNot(outcome)}`);
  const chart = outcome.details as ChartIdentity;
  if (chart.name !== source.name || (version !== '' && chart.version.replace(/^v/, '') !== version.replace(/^v/, '')))
    throw new SourceError(`${sourceLabel(source)} is not used: what came is the chart ${chart.name} ${chart.version}.`);
  const copy = `charts/${chart.name}/${chart.version}-${found.slice(0, 16)}.tgz`;
  await keep(cache, file, copy);
  return { copy, exact: `${chart.version} sha256:${found}` };
}

/** Why the engine has no answer. */
export function whyNot(outcome: Exclude<Outcome, { kind: 'rendered' }>): string {
  return outcome.kind === 'cancelled' ? 'it was cancelled.' : outcome.message;
}
