// The copies that are kept: a folder or file each, named by its content, and a small file for each source that says which copy
// it is. Copies are never changed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Source, sourcePlace } from '../engine/source.ts';

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

/** The native path of a source's copy in the cache, and what was found under its revision; undefined when there is none. */
export async function findKept(cache: string, source: Source): Promise<{ readonly place: string; readonly exact: string } | undefined> {
  const text = await readFile(notePlace(cache, source), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { copy, exact } = JSON.parse(text) as Note;
  const place = path.join(cache, ...copy.split('/'));
  return existsSync(place) ? { place, exact } : undefined;
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

/** Removes all copies, and nothing else that may lie in the folder. */
export async function clearCopies(cache: string): Promise<void> {
  const entries = await readdir(cache).catch(() => []);
  const ours = entries.filter((entry) => [...copyFolders, notesFolder].includes(entry) || entry.startsWith(unfinished));
  for (const entry of ours) await rm(path.join(cache, entry), { recursive: true, force: true, maxRetries: 3 });
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
