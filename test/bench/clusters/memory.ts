/** Megabytes of heap in use after a collection; wants `--expose-gc`. */
export function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Prints a figure. */
export function print(what: string, figure: number, unit: 'ms' | 'MB'): void {
  console.log(`  ${what.padEnd(50)} ${figure.toFixed(1)} ${unit}`);
}
