// A running VS Code server on this machine, reached with a browser.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { atExit } from '../at-exit.ts';
import { nodeProgram } from '../install.mjs';
import { codeServer } from './code-server.ts';
import { ownTree, stopTree } from './stop-tree.ts';

/** How a server is started. */
export interface ServerOptions {
  /** A port, or a range such as `8310-8330` of which the first free one is taken; 0 for any. */
  readonly port: string;
  /** Folder for what VS Code keeps: user data and logs. */
  readonly data: string;
  /** Folder of installed extensions. */
  readonly extensions: string;
  /** Further switches of VS Code's server. */
  readonly switches: readonly string[];
  /** Variables that extensions find in their environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** VS Code, until it goes out of scope. */
export interface RunningServer extends Disposable {
  readonly port: number;
  /** What it printed, also when it has ended. */
  readonly log: string;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
}

/**
 * Starts VS Code's server on 127.0.0.1, installing it first if need be.
 *
 * @throws Error with the end of its log when it ends before it listens.
 */
export async function startServer({ port: wanted, data, extensions, switches, env }: ServerOptions): Promise<RunningServer> {
  const vscode = await codeServer();
  const log = path.join(data, 'server.log');
  await mkdir(data, { recursive: true });
  const args = ['--host', '127.0.0.1', '--port', wanted, '--without-connection-token', '--accept-server-license-terms'];
  const places = ['--user-data-dir', data, '--extensions-dir', extensions];
  const child = spawn(
    nodeProgram,
    [path.join(vscode, 'out', 'server-main.js'), ...args, '--telemetry-level', 'off', ...places, ...switches],
    {
      ...ownTree,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stopping = atExit(() => stopTree(child));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const file = createWriteStream(log);
  child.stderr.pipe(file);
  child.stdout.pipe(file, { end: false });
  let printed = '';
  const port = await new Promise<number>((resolve, reject) => {
    const listen = (text: string): void => {
      printed += text;
      const [, found] = /Extension host agent listening on (\d+)/.exec(printed) ?? [];
      if (found === undefined) return;
      child.stdout.off('data', listen);
      resolve(Number(found));
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`VS Code's server ended before it listened; ${log} says why.\n${printed}`)));
  });
  return { port, log, ended, [Symbol.dispose]: () => stopping[Symbol.dispose]() };
}
