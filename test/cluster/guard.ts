// Ends what a cluster consists of also when this process has no time to: when it is killed, or runs out of memory.
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { atExit } from '../../scripts/at-exit.ts';

// Reads process groups until its input ends, which it does with this process, and kills them.
const script = 'groups=; while read -r group; do groups="$groups $group"; done; for group in $groups; do kill -9 "-$group"; done';

let tell: ((group: number) => void) | undefined;

/** Has a process group killed at the latest when this process has ended. */
export function guard(group: number): void {
  tell ??= startGuard();
  tell(group);
}

function startGuard(): (group: number) => void {
  // A group of its own: Ctrl-C is for those who can end in good order.
  const child = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  atExit(() => child.kill('SIGKILL')); // everything has been ended by others by then
  child.stdin.on('error', () => {});
  (child.stdin as Socket).unref(); // nothing waits for it
  return (group) => child.stdin.write(`${group}\n`);
}
