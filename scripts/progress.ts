// Tells the person at the terminal what is going on.

/** Milliseconds after which work is worth a line. */
const noticeable = 300;
const heartbeat = 20_000;

/**
 * Does a piece of work. When it takes a while, prints a line about it, and one with its time when it is done.
 *
 * @param what The work, as a noun phrase: "engine for linux-x64".
 */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const announce = setTimeout(() => say(`${what} …`), noticeable);
  const remind = setInterval(() => say(`${what} … (${seconds(start)})`), heartbeat);
  try {
    const result = await work();
    if (performance.now() - start > noticeable) say(`${what}: done (${seconds(start)})`);
    return result;
  } finally {
    clearTimeout(announce);
    clearInterval(remind);
  }
}

/** Prints one line of progress. */
export function say(line: string): void {
  console.log(`  ${line}`);
}

/** The time since `start`, for people. */
export function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
