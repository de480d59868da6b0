import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atExit } from './at-exit.ts';

/** An empty folder, deleted when it goes out of scope or the process ends. */
export interface TemporaryFolder extends Disposable {
  /** Absolute, without links. */
  readonly path: string;
}

/**
 * Makes a folder.
 *
 * @param purpose Part of its name, for people who find it.
 * @param parent Absolute path of the folder, made when it is not there, that holds it; the system's own for temporary files when not given.
 */
export function temporaryFolder(purpose: string, parent = tmpdir()): TemporaryFolder {
  mkdirSync(parent, { recursive: true });
  const folder = realpathSync(mkdtempSync(path.join(parent, `drydock-${purpose}-`)));
  // What a program leaves behind that was ended a moment ago may take a moment.
  const removal = atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return { path: folder, [Symbol.dispose]: () => removal[Symbol.dispose]() };
}
