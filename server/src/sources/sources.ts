// The room's front door: where the copy of a source is, and how one is made. Nothing here is fetched but by `fetchSource`, which is
// called when the user has asked for it.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type FindCopy, type Source, sourcePlace } from '../engine/source.ts';
import { fromNativePath } from '../workspace/paths.ts';
import type { AskEngine } from './chart-package.ts';
import { fetchChart } from './chart-repository.ts';
import { type Kept, findKept, note } from './copies.ts';
import { fetchFile } from './file.ts';
import { fetchRepository } from './git.ts';
import { type Mappings, mappedPlace } from '../workspace/mappings.ts';
import { fetchOciChart } from './oci.ts';
import { SourceError, reasonOf } from './source-error.ts';

/** What copies are looked for in. */
export interface CopyPlaces {
  /** The cache's folder, a native path. */
  readonly cache: string;
  readonly mappings: () => Mappings;
  /** The folder that mappings are relative to; undefined when none is open. */
  readonly folder: () => string | undefined;
  /** Is told of each source whose copy of the cache is used. */
  readonly used: (source: Source) => void;
}

/** Finds copies: what the user has mapped, then what the cache holds. Never asks the network. */
export function copyFinder({ cache, mappings, folder, used }: CopyPlaces): FindCopy {
  return async (source) => {
    const mapped = mappedPlace(mappings(), folder() ?? '/', source);
    if (mapped !== undefined) return mapped;
    const kept = await findKept(cache, source);
    if (kept === undefined) return undefined;
    used(source);
    return fromNativePath(kept);
  };
}

/**
 * Fetches a source into the cache, also when it is there: its revision may mean something newer. What missed it is stale from
 * then on.
 *
 * @returns What was found under the source's revision: a commit, a version, a digest.
 * @throws SourceError saying why it can't be had.
 */
export async function fetchSource(cache: string, engine: AskEngine, source: Source, signal: AbortSignal): Promise<string> {
  await mkdir(cache, { recursive: true }).catch((error: unknown) => {
    throw new SourceError(`Copies can't be kept in ${cache}: ${reasonOf(error)}. DRYDOCK_SOURCES names another folder.`, { cause: error });
  });
  const kept = await fetchInto(cache, engine, source, signal);
  await note(cache, source, kept);
  // Nobody watches the cache: its folders may have been seen without the copy.
  engine.changed([sourcePlace(source), fromNativePath(path.join(cache, ...kept.copy.split('/')))]);
  return kept.exact;
}

function fetchInto(cache: string, engine: AskEngine, source: Source, signal: AbortSignal): Promise<Kept> {
  switch (source.kind) {
    case 'git':
    case 'git-alone':
      return fetchRepository(cache, source, signal);
    case 'file':
      return fetchFile(cache, source, signal);
    case 'chart':
      return fetchChart(cache, engine, source, signal);
    case 'oci':
      return fetchOciChart(cache, engine, source, signal);
  }
}
