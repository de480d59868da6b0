// Durations as Go writes them.

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a duration: `1h30m`, `10s`. https://pkg.go.dev/time#ParseDuration, without fractions of milliseconds. */
export function milliseconds(duration: string): number {
  return [...duration.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}
