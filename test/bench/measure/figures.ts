import { processorTime } from './processor-time.ts';

/** Times of one thing done many times, in milliseconds. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
  /** The mean of what all processes used, to a hundredth of a second in all; undefined where the system does not tell. */
  readonly processor: number | undefined;
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
  const used = new Map(names.map((name) => [name, [] as (number | undefined)[]]));
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const name of names) {
      const usedBefore = processorTime();
      const start = performance.now();
      const known = await contenders[name](round);
      times.get(name)?.push(typeof known === 'number' ? known : performance.now() - start);
      const usedNow = processorTime();
      used.get(name)?.push(usedBefore === undefined || usedNow === undefined ? undefined : usedNow - usedBefore);
    }
  }
  return Object.fromEntries(names.map((name) => [name, figuresOf(times.get(name) ?? [], used.get(name) ?? [])])) as Record<Name, Figures>;
}

/** The figures of times, of which the first few do not count. */
function figuresOf(times: readonly number[], used: readonly (number | undefined)[]): Figures {
  const counted = times.slice(warmUps).sort((a, b) => a - b);
  const at = (share: number): number => counted[Math.min(counted.length - 1, Math.floor(counted.length * share))] ?? 0;
  const measured = used.slice(warmUps).filter((ms) => ms !== undefined);
  const processor = measured.length === 0 ? undefined : measured.reduce((sum, ms) => sum + ms, 0) / measured.length;
  return { median: at(0.5), p95: at(0.95), processor };
}

/** Prints figures beside each other; the ratios are to the last one, the peer. */
export function report(title: string, rows: Readonly<Record<string, Figures>>): void {
  console.log(title);
  const peer = Object.values(rows).at(-1);
  const over = (value: number, theirs: number | undefined): string => `× ${(value / (theirs || 1)).toFixed(2)}`;
  for (const [name, { median, p95, processor }] of Object.entries(rows)) {
    const clock = `median ${median.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   ${over(median, peer?.median)}`;
    const used = processor === undefined ? '' : `   processor ${processor.toFixed(1)} ms   ${over(processor, peer?.processor)}`;
    console.log(`  ${name.padEnd(36)} ${clock}${used}`);
  }
}
