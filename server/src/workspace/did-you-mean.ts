import { distance } from 'fastest-levenshtein';

/** The candidate that was probably meant by `written`: it goes on from there, or a third of the letters differ at most. */
export function didYouMean(written: string, candidates: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const longer = candidates.filter((candidate) => written.length > 2 && candidate.toLowerCase().startsWith(lower));
  if (longer.length === 1) return longer[0];
  const ranked = candidates
    .map((candidate) => ({ candidate, away: distance(lower, candidate.toLowerCase()) }))
    .sort((one, other) => one.away - other.away);
  const best = ranked[0];
  return best && best.away <= Math.max(1, Math.floor(written.length / 3)) ? best.candidate : undefined;
}
