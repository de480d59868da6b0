// Starts the tools that the build needs (go, npm, node), quietly: what they print is shown when they fail.
import { spawn } from 'node:child_process';
import { root } from './cache.ts';

export interface RunOptions {
  /** Working folder; the checkout when not given. */
  readonly cwd?: string;
  /** Variables added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 *
 * @returns What it printed on standard output.
 * @throws Error with the command line, the exit code and everything it printed, when it fails or can't be started.
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  const outcome = await new Promise<string | number | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  if (outcome !== 0) throw new Error(`${program} ${args.join(' ')} failed (${outcome ?? 'unknown'}):\n${all.trim()}`);
  return output;
}
