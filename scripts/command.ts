// The frame of every command: what goes wrong is told in words, and with a stack only when a developer asks.
import { exitOnSignals } from './at-exit.ts';

/** Does the work of a command. A failure is printed and makes the exit code 1; `DRYDOCK_STACKS=1` shows where it came from. */
export async function command(work: () => Promise<void>): Promise<void> {
  exitOnSignals();
  try {
    await work();
  } catch (error) {
    const stacks = process.env['DRYDOCK_STACKS'] === '1';
    console.error(error instanceof Error && !stacks ? error.message : error);
    process.exitCode = 1;
  }
}
