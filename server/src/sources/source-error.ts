/** A source could not be had: the message says what, where and what to do about it. */
export class SourceError extends Error {}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  // Node's fetch says "fetch failed" and keeps the reason to itself.
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return reason.trim().replaceAll(/\s*\n\s*/g, '; ');
}
