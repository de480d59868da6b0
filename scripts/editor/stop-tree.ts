// Ends a program together with all that it started.
import { type ChildProcess, spawnSync } from 'node:child_process';

/** How a program must be spawned so that {@link stopTree} reaches what it starts: on POSIX, as the head of a group. */
export const ownTree = { detached: process.platform !== 'win32' } as const;

/** Ends a program that was spawned with {@link ownTree}, and everything below it. Synchronous, so that it works while exiting. */
export function stopTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: it has ended by itself
  }
}
