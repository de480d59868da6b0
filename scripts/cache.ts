// Build products live outside the checkout, in a folder named by what they were made from, so that a
// second checkout, a second run and CI share them, and a changed input never meets a stale product.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Folder of all cached products: `DRYDOCK_CACHE`, else the platform's own cache folder. */
export function cacheRoot(): string {
  const { DRYDOCK_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (own) return path.resolve(own);
  if (process.platform === 'win32' && local) return path.join(local, 'drydock', 'cache');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'drydock');
  return path.join(xdg || path.join(homedir(), '.cache'), 'drydock');
}

/** Milliseconds that a product is kept after its last use. */
const keptUnused = 7 * 24 * 60 * 60 * 1000;

/** What decides whether a product is current: files and folders of the checkout, and free text (versions, flags). */
export interface Inputs {
  /** Paths relative to the checkout; a folder counts with every file below it. */
  readonly paths: readonly string[];
  /** Anything else that changes the product: tool versions, flags, platform. */
  readonly facts: readonly string[];
}

/**
 * Gives the folder that holds a build product, making it when no folder with the same inputs exists.
 *
 * @param name What is made, as it appears in the cache and on the screen, for example `engine-linux-x64`.
 * @param make Fills the empty folder it is given; throws when the product can't be made, and nothing is kept.
 * @returns Absolute path of the finished folder. It is shared: never write into it.
 */
export async function product(name: string, inputs: Inputs, make: (folder: string) => Promise<void>): Promise<string> {
  const finished = path.join(cacheRoot(), name, await keyOf(inputs));
  if (await markUsed(finished)) return finished;
  await mkdir(path.dirname(finished), { recursive: true });
  const unfinished = await mkdtemp(`${finished}.making-`);
  try {
    await make(unfinished);
    await chmod(unfinished, 0o755); // temporary folders are closed to others, products are not
    await rename(unfinished, finished).catch((error: unknown) => {
      if (!existsSync(finished)) throw error; // otherwise another process made the same product first
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeUnused(path.dirname(finished));
  return finished;
}

async function markUsed(folder: string): Promise<boolean> {
  const now = new Date();
  return utimes(folder, now, now).then(
    () => true,
    () => false, // it does not exist
  );
}

async function removeUnused(products: string): Promise<void> {
  for (const name of await readdir(products)) {
    const folder = path.join(products, name);
    const used = await stat(folder).catch(() => undefined); // another process may be removing it too
    if (used && Date.now() - used.mtimeMs > keptUnused) await rm(folder, { recursive: true, force: true });
  }
}

async function keyOf({ paths, facts }: Inputs): Promise<string> {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`fact ${fact}\0`);
  for (const relative of paths) {
    for (const file of await filesBelow(relative)) {
      hash
        .update(`file ${file}\0`)
        .update(await readFile(path.join(root, file)))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 24);
}

async function filesBelow(relative: string): Promise<string[]> {
  const entries = await readdir(path.join(root, relative), { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) return [relative];
  const names = entries
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort();
  return (await Promise.all(names.map((name) => filesBelow(path.posix.join(relative, name))))).flat();
}
