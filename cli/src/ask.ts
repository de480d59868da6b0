// Questions to the person at the terminal.
import { createInterface } from 'node:readline/promises';

/** Whether a person can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on standard error; gives what was typed, nothing when the input ends or `signal` ends it. */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
    lines.once('SIGINT', () => lines.close());
  });
  try {
    return await Promise.race([lines.question(question, { signal }).catch(() => ''), closed]);
  } finally {
    lines.close();
  }
}
