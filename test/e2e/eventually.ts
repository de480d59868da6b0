import { isDeepStrictEqual } from 'node:util';
import assert from 'node:assert/strict';

const interval = 25;
const patience = 20_000;

/**
 * Asks `probe` again and again until it gives something.
 *
 * @param what Completes the sentence "waited in vain for …".
 * @throws Error after 20 s, caused by what `probe` threw last, if it did.
 */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
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
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(what, async () => ((await holds()) ? true : undefined));
}

/** Waits until `probe` gives `expected`; after 20 s the difference is the error. */
export async function becomes<T>(probe: () => T | Promise<T>, expected: T): Promise<void> {
  let last: T | undefined;
  await until('it', async () => isDeepStrictEqual((last = await probe()), expected)).catch(() => assert.deepEqual(last, expected));
}
