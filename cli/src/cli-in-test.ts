// The command as users start it: the bundle, with the build products beside it.
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { distParts } from '../../scripts/dist.ts';
import { thisPlatform } from '../../scripts/engine.ts';

/** What came of a run. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command in a folder of its own, gone when it goes out of scope. */
export interface Command extends AsyncDisposable {
  /** Its script, which Node runs. */
  readonly program: string;
  /** The environment that it runs in. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs it with `args` in the folder `cwd`. */
  run(cwd: string, ...args: readonly string[]): Promise<Run>;
}

/** Lays out the command as the package does; `changes` are laid over the environment that it runs in. */
export async function installCommand(changes: Readonly<Record<string, string>> = {}): Promise<Command> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'drydock-command-')));
  const program = path.join(folder, 'cli.mjs');
  const env = { ...process.env, ...changes };
  for (const [part, product] of Object.entries(await distParts({ native: thisPlatform(), wasm: 'without' }))) {
    await mkdir(path.dirname(path.join(folder, part)), { recursive: true });
    // Node takes a program to be where the link to it leads, so that one is copied.
    await (part === 'cli.mjs' ? copyFile(product, program) : symlink(product, path.join(folder, part)));
  }
  return {
    program,
    env,
    async run(cwd, ...args) {
      const child = spawn(process.execPath, [program, ...args], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        env,
      });
      const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
      const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { code, stdout, stderr };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
