const interval = 25;
const patience = 30_000;

/**
 * Asks `probe` again and again until it gives something.
 *
 * @param what Completes the sentence "waited in vain for …".
 * @throws Error after 30 s, with what `probe` threw last, if it did.
 */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  let cause: unknown;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
  throw new Error(`Waited in vain for ${what}.`, { cause });
}

/** As {@link eventually}, for something that either holds or doesn't yet. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(what, async () => ((await holds()) ? true : undefined));
}
