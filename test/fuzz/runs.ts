// How long the properties are tried. The ordinary tests try the same values every time, so that what fails for one fails
// for all; DRYDOCK_FUZZ=100 tries new ones, a hundred times as many. A failure prints a seed, and DRYDOCK_FUZZ_SEED tries
// exactly that again.
import type { Parameters } from 'fast-check';

/** Parameters of a property that is tried `usual` times in the ordinary tests. */
export function runs<Values>(usual: number): Parameters<Values> {
  const { DRYDOCK_FUZZ: times, DRYDOCK_FUZZ_SEED: seed } = process.env;
  if (seed === undefined && times !== undefined) return { numRuns: usual * Number(times) };
  return { numRuns: usual * Number(times ?? 1), seed: Number(seed ?? 1) };
}
