// How long a change takes to arrive.

const rounds = 20;

/**
 * Has the process above change an Application again and again.
 *
 * @param listen Is given what is to be called when a change has arrived.
 * @returns Milliseconds from the request to its arrival, the median.
 */
export async function changesArrive(listen: (tell: () => void) => void): Promise<number> {
  const arrivals: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const arrived = new Promise<void>(listen);
    const sent = performance.now();
    process.send?.('change');
    await arrived;
    arrivals.push(performance.now() - sent);
  }
  return middle(arrivals);
}

/** The median. */
export function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
