/** Times of one thing done many times, in milliseconds. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
}

/** Does something once. Gives the milliseconds that it took when it knows better than the clock around it. */
export type Once = (round: number) => Promise<unknown>;

const warmUps = 2;

/** Does something `rounds` times, after a few that do not count. */
export async function figures(rounds: number, once: Once): Promise<Figures> {
  const { only } = await sideBySide(rounds, { only: once });
  return only;
}

/**
 * Does several things in turn, `rounds` times, after a few that do not count. Whatever else the machine has to do at a time is in
 * the way of all of them.
 */
export async function sideBySide<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Once>>,
): Promise<Record<Name, Figures>> {
  const names = Object.keys(contenders) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const name of names) {
      const start = performance.now();
      const known = await contenders[name](round);
      times.get(name)?.push(typeof known === 'number' ? known : performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, figuresOf(times.get(name) ?? [])])) as Record<Name, Figures>;
}

/** The figures of times, of which the first few do not count. */
function figuresOf(times: readonly number[]): Figures {
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
