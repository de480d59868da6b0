// How long the properties are tried. DRYDOCK_FUZZ=100 tries them a hundred times as often; a failure prints a seed, and
// DRYDOCK_FUZZ_SEED tries exactly that again.
import type { Parameters } from 'fast-check';

/** Parameters of a property that is tried `usual` times in the ordinary tests. */
export function runs<Values>(usual: number): Parameters<Values> {
  const { DRYDOCK_FUZZ: times, DRYDOCK_FUZZ_SEED: seed } = process.env;
  return { numRuns: usual * Number(times ?? 1), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
