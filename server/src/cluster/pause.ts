import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds, or until `signal` ends it. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Whether the signal was given by now. A call, since the compiler takes what it read of a signal before for what it is now. */
export function ended({ aborted }: AbortSignal): boolean {
  return aborted;
}
