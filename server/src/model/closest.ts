import { distance } from 'fastest-levenshtein';

/** The candidate most like `name`, when it is like enough to have been meant: a third of the letters may differ. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map((candidate) => ({ candidate, away: distance(name, candidate) })).sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away > 0 && best.away <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}
