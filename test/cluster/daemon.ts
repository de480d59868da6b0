// A program of the cluster that runs until it is stopped.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { atExit } from '../../scripts/at-exit.ts';
import { ownTree, stopTree } from '../../scripts/editor/stop-tree.ts';
import { guard } from './guard.ts';

/** How a program is started. */
export interface DaemonOptions {
  /** What it is called in messages and, with `.log`, in the folder. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Variables added to this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs and its log lies. */
  readonly folder: string;
}

/** A program that was started. */
export interface Daemon extends AsyncDisposable {
  /**
   * Waits until `probe` answers true; it is asked again when it answers false or throws.
   *
   * @throws Error with the end of the program's log when it ends, or is not ready after three minutes.
   */
  ready(probe: () => Promise<boolean>): Promise<void>;
}

const interval = 100;
// A machine that compiles something else meanwhile takes long.
const patience = 180_000;
const tailLines = 25;

/** Starts a program in a group of its own. It is ended, with everything that it has started, at the latest with this process. */
export function startDaemon({ name, program, args, env, folder }: DaemonOptions): Daemon {
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, 'a');
  // The name is what Argo CD's program goes by.
  const child = spawn(program, args, {
    ...ownTree,
    argv0: name,
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const stopping = atExit(() => stopTree(child));
  if (child.pid !== undefined) guard(child.pid);
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => resolve(void (end = error.message)));
    child.once('exit', (code, signal) => resolve(void (end = `it ended with ${code ?? signal ?? 'nothing'}`)));
  });
  return {
    async ready(probe) {
      const deadline = Date.now() + patience;
      let last: unknown;
      while (end === undefined && Date.now() < deadline) {
        const answer = await probe().catch((error: unknown) => void (last = error));
        if (answer === true) return;
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, interval))]);
      }
      const why = end ?? `it was not ready after ${patience / 1000} s${last instanceof Error ? ` (${last.message})` : ''}`;
      throw new Error(`${name} does not run: ${why}. The end of its log:\n${tail(log)}`);
    },
    async [Symbol.asyncDispose]() {
      stopping[Symbol.dispose]();
      await ended;
    },
  };
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
}
