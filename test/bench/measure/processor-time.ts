// How much of the processors this process and those that it started have used: on a machine that others use too, it says more than
// the clock.
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const tick = 10;

/**
 * Gives milliseconds of processor time since this process began: its own, that of the processes that it started and that ended, and
 * that of those that run. undefined where the system has no /proc.
 */
export function processorTime(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const own = statOf('self');
  if (!own) return undefined;
  const { user, system } = process.cpuUsage();
  const running = readdirSync('/proc')
    .map((name) => (/^\d+$/.test(name) ? statOf(name) : undefined))
    .filter((stat) => stat?.parent === process.pid)
    .reduce((sum, stat) => sum + (stat?.used ?? 0), 0);
  return (user + system) / 1000 + own.ofEnded + running;
}

interface Stat {
  readonly parent: number;
  /** Milliseconds. */
  readonly used: number;
  /** Milliseconds that its children used that ended. */
  readonly ofEnded: number;
}

/** What proc(5) tells of a process; undefined when it has ended. */
function statOf(name: string): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the program's name may have spaces
  const ticks = (first: number): number => (Number(fields[first]) + Number(fields[first + 1])) * tick;
  return { parent: Number(fields[1]), used: ticks(11), ofEnded: ticks(13) };
}
