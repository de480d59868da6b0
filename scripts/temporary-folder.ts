import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atExit } from './at-exit.ts';

/** An empty folder, deleted when it goes out of scope or the process ends. */
export interface TemporaryFolder extends Disposable {
  /** Absolute, without links. */
  readonly path: string;
}

/** Makes a folder. `purpose` is part of its name, for people who find it. */
export function temporaryFolder(purpose: string): TemporaryFolder {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), `drydock-${purpose}-`)));
  // What a program leaves behind that was ended a moment ago may take a moment.
  const removal = atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return { path: folder, [Symbol.dispose]: () => removal[Symbol.dispose]() };
}
