// How long ago something was, in words.
const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

const format = new Intl.RelativeTimeFormat('en');

/** `3 minutes ago`; `just now` for less than one. Times in milliseconds since 1970. */
export function ago(then: number, now: number): string {
  const passed = Math.max(0, now - then);
  const found = units.find(({ ms }) => passed >= ms);
  return found ? format.format(-Math.floor(passed / found.ms), found.unit) : 'just now';
}
