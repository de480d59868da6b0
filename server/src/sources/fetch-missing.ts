import { type Source, sourcePlace } from '../engine/source.ts';
import { SourceError } from './source-error.ts';

/** What a fetch is made of. */
export interface Fetching {
  /** Renders what is wanted, and gives what it misses. */
  readonly render: () => Promise<readonly Source[]>;
  /** Fetches one source; throws a SourceError when it can't be had. */
  readonly fetch: (source: Source) => Promise<void>;
}

/**
 * Fetches what renders miss until they miss nothing more that is to be had: a base may name others.
 *
 * @returns Why the rest can't be had, a sentence each.
 */
export async function fetchMissing({ render, fetch }: Fetching): Promise<string[]> {
  const tried = new Map<string, string | undefined>();
  for (;;) {
    // Several renders may miss the same.
    const missing = [...new Map((await render()).map((source) => [sourcePlace(source), source])).values()];
    const untried = missing.filter((source) => !tried.has(sourcePlace(source)));
    if (untried.length === 0) return missing.flatMap((source) => tried.get(sourcePlace(source)) ?? []);
    for (const [index, source] of untried.entries()) {
      // kustomize takes an address for a repository only when it answers with no file: both are missing, one behind the other.
      const before = untried[index - 1];
      if (source.kind.startsWith('git') && before?.kind === 'file' && tried.get(sourcePlace(before)) === undefined) continue;
      tried.set(sourcePlace(source), await failureOf(fetch(source)));
    }
  }
}

async function failureOf(fetching: Promise<void>): Promise<string | undefined> {
  try {
    await fetching;
    return undefined;
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}
