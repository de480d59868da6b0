/** Times of one thing done many times, in milliseconds. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
}

const warmUps = 3;

/** Does something `rounds` times, after a few that do not count. */
export async function figures(rounds: number, once: (round: number) => Promise<void>): Promise<Figures> {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUps; round++) {
    const start = performance.now();
    await once(round);
    times.push(performance.now() - start);
  }
  return figuresOf(times);
}

/** The figures of times that were measured elsewhere; the first few do not count. */
export function figuresOf(times: readonly number[]): Figures {
  const counted = times.slice(warmUps).sort((a, b) => a - b);
  const at = (share: number): number => counted[Math.min(counted.length - 1, Math.floor(counted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

/** Prints figures beside each other; the ratio is to the last one, the peer. */
export function report(title: string, rows: Readonly<Record<string, Figures>>): void {
  console.log(title);
  const peer = Object.values(rows).at(-1)?.median ?? 1;
  for (const [name, { median, p95 }] of Object.entries(rows)) {
    console.log(`  ${name.padEnd(36)} median ${median.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   × ${(median / peer).toFixed(2)}`);
  }
}
