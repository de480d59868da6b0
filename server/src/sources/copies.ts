// The copies that are kept: a folder or file each, named by its content, and a small file for each source that says which copy
// it is. Copies are never changed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Source, sourcePlace } from '../engine/source.ts';

const day = 24 * 60 * 60 * 1000;

/** Milliseconds that a copy is kept after its last use. */
export const keptUnused = 30 * day;

// What lies in the cache's folder: the copies, the notes on them, and what is not finished.
const copyFolders = ['git', 'files', 'charts'];
const notesFolder = 'known';
const unfinished = 'unfinished-';

/** What is kept of a source. */
export interface Kept {
  /** The copy's path below the cache's folder, `/`-separated. */
  readonly copy: string;
  /** What was found under the source's revision: a commit, a version, a digest. */
  readonly exact: string;
}

interface Note extends Kept {
  readonly source: Source;
  /** When, as ISO 8601. */
  readonly fetched: string;
}

/** The native path of a source's copy in the cache, which counts as used from then on; undefined when there is none. */
export async function findKept(cache: string, source: Source): Promise<string | undefined> {
  const place = notePlace(cache, source);
  const text = await readFile(place, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const copy = path.join(cache, ...(JSON.parse(text) as Note).copy.split('/'));
  if (!existsSync(copy)) return undefined;
  await markUsed(place);
  return copy;
}

// Not at every look: whoever renders only reads. A cache that can't be written to is never tidied up either.
async function markUsed(note: string): Promise<void> {
  const now = new Date();
  const { mtimeMs } = await stat(note).catch(() => ({ mtimeMs: now.getTime() }));
  if (now.getTime() - mtimeMs > day) await utimes(note, now, now).catch(() => undefined);
}

/** Notes which copy a source has from now on. */
export async function note(cache: string, source: Source, kept: Kept): Promise<void> {
  const place = notePlace(cache, source);
  const content: Note = { source, ...kept, fetched: new Date().toISOString() };
  await mkdir(path.dirname(place), { recursive: true });
  await using stage = await staging(cache);
  const written = path.join(stage.folder, 'note.json');
  await writeFile(written, `${JSON.stringify(content, null, 2)}\n`);
  await rename(written, place);
}

/**
 * Puts a finished folder or file in its place, unless the same copy is there already.
 *
 * @param made Native path in a {@link staging} folder of the same cache.
 * @param copy Where it belongs, below the cache's folder, `/`-separated.
 */
export async function keep(cache: string, made: string, copy: string): Promise<void> {
  const place = path.join(cache, ...copy.split('/'));
  if (existsSync(place)) return;
  await mkdir(path.dirname(place), { recursive: true });
  await rename(made, place).catch((error: unknown) => {
    if (!existsSync(place)) throw error; // otherwise someone else fetched the same at the same time
  });
}

/**
 * Removes what nobody has used for {@link keptUnused}: notes and the copies that no note names any more, and what was begun and never finished.
 *
 * @param inUse Sources that count as used now.
 * @param now Milliseconds since 1970.
 */
export async function removeUnused(cache: string, inUse: readonly Source[], now: number): Promise<void> {
  for (const source of inUse) await utimes(notePlace(cache, source), new Date(now), new Date(now)).catch(() => undefined);
  const isOld = async (place: string, age: number): Promise<boolean> => {
    const stats = await lstat(place).catch(() => undefined);
    return stats !== undefined && now - stats.mtimeMs > age;
  };
  const named = new Set<string>();
  for (const file of await entriesOf(path.join(cache, notesFolder))) {
    if (await isOld(file, keptUnused)) await rm(file, { force: true });
    else {
      const text = await readFile(file, 'utf8').catch(() => undefined); // another process may tidy up too
      if (text !== undefined) named.add((JSON.parse(text) as Note).copy);
    }
  }
  for (const copy of await copiesIn(cache)) {
    const place = path.join(cache, ...copy.split('/'));
    if (!named.has(copy) && (await isOld(place, keptUnused))) await rm(place, { recursive: true, force: true, maxRetries: 3 });
  }
  for (const entry of await entriesOf(cache)) {
    if (path.basename(entry).startsWith(unfinished) && (await isOld(entry, day)))
      await rm(entry, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The copies, below the cache's folder, `/`-separated: files, and folders named by a commit. */
async function copiesIn(cache: string): Promise<string[]> {
  const below = async (folder: string): Promise<string[]> => {
    const entries = await readdir(path.join(cache, ...folder.split('/')), { withFileTypes: true }).catch(() => []);
    const found = entries.map((entry) => {
      const place = `${folder}/${entry.name}`;
      return entry.isDirectory() && !/^[0-9a-f]{40}(?:[0-9a-f]{24})?(?:-alone)?$/.test(entry.name)
        ? below(place)
        : Promise.resolve([place]);
    });
    return (await Promise.all(found)).flat();
  };
  return (await Promise.all(copyFolders.map(below))).flat();
}

/** How much room all copies take, in bytes. */
export async function sizeOfCopies(cache: string): Promise<number> {
  let bytes = 0;
  for (const entry of await ourEntries(cache)) {
    for (const file of await readdir(entry, { withFileTypes: true, recursive: true }).catch(() => [])) {
      if (file.isFile())
        bytes += await stat(path.join(file.parentPath, file.name)).then(
          ({ size }) => size,
          () => 0,
        );
    }
  }
  return bytes;
}

/** Removes all copies, and nothing else that may lie in the folder. */
export async function clearCopies(cache: string): Promise<void> {
  for (const entry of await ourEntries(cache)) await rm(entry, { recursive: true, force: true, maxRetries: 3 });
}

async function ourEntries(cache: string): Promise<string[]> {
  const isOurs = (name: string): boolean => [...copyFolders, notesFolder].includes(name) || name.startsWith(unfinished);
  return (await entriesOf(cache)).filter((entry) => isOurs(path.basename(entry)));
}

async function entriesOf(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).map((entry) => path.join(folder, entry));
}

/** A folder in the cache for what is not finished; gone when it goes out of scope. */
export async function staging(cache: string): Promise<AsyncDisposable & { readonly folder: string }> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, unfinished));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A URL as steps of a path, for people who look into the cache: no step leads out of it, and none is odd on any platform. */
export function stepsOf(url: string): string {
  const address = url.replace(/^[a-z+]+:\/\//i, '').replace(/^[^/@]*@/, '');
  const steps = address.split(/[/:]/).map((step) => step.replaceAll(/[^\w.-]/g, '_').replace(/^\.+|\.+$/g, '_'));
  return steps.filter(Boolean).join('/').slice(0, 150) || '_';
}

function notePlace(cache: string, source: Source): string {
  return path.join(cache, notesFolder, `${createHash('sha256').update(sourcePlace(source)).digest('hex')}.json`);
}
