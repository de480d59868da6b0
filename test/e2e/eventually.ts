import { isDeepStrictEqual } from 'node:util';
import assert from 'node:assert/strict';

/** How long something may take, and how often it is asked for, in milliseconds. */
export interface Patience {
  readonly patience: number;
  readonly interval: number;
}

const editor: Patience = { patience: 20_000, interval: 25 };

/**
 * Asks `probe` again and again until it gives something.
 *
 * @param what Completes the sentence "waited in vain for …".
 * @throws Error after `patience` (20 s unless given), caused by what `probe` threw last, if it did.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  { patience, interval } = editor,
): Promise<T> {
  const end = Date.now() + patience;
  let cause: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  } while (Date.now() < end);
  throw new Error(`Waited in vain for ${what}.${cause instanceof Error ? ` At the end: ${cause.message}` : ''}`, { cause });
}

/** As {@link eventually}, for something that either holds or doesn't yet. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = editor): Promise<void> {
  await eventually(what, async () => ((await holds()) ? true : undefined), patience);
}

/** Waits until `probe` gives `expected`; after 20 s the difference is the error. */
export async function becomes<T>(probe: () => T | Promise<T>, expected: T): Promise<void> {
  let last: T | undefined;
  await until('it', async () => isDeepStrictEqual((last = await probe()), expected)).catch(() => assert.deepEqual(last, expected));
}
