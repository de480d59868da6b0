import type { FileState, FileSystem } from '../../server/src/workspace/file-system.ts';
import { directoryOf } from '../../server/src/workspace/paths.ts';

/** A disk in memory: thousands of them are made and thrown away. Folders stay when they are empty, as on a real one. */
export class MemoryFiles implements FileSystem {
  readonly #entries: Map<string, Uint8Array | 'directory'>;

  constructor(entries: Iterable<readonly [string, Uint8Array | 'directory']> = [['/', 'directory']]) {
    this.#entries = new Map(entries);
  }

  paths(): string[] {
    return [...this.#entries].flatMap(([path, entry]) => (entry === 'directory' ? [] : [path]));
  }

  write(path: string, text: string): void {
    for (let at = path; at !== '/'; at = directoryOf(at)) if (at !== path) this.#entries.set(at, 'directory');
    this.#entries.set(path, new TextEncoder().encode(text));
  }

  remove(path: string): void {
    this.#entries.delete(path);
  }

  async look(path: string): Promise<FileState> {
    const entry = this.#entries.get(path);
    if (entry === undefined) return { kind: 'absent' };
    if (entry !== 'directory') return { kind: 'file', size: entry.length };
    const names = [...this.#entries.keys()]
      .filter((each) => each !== '/' && directoryOf(each) === path)
      .map((each) => each.slice(each.lastIndexOf('/') + 1));
    return { kind: 'directory', entries: names.sort() };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(path);
    return entry === 'directory' ? undefined : entry;
  }
}
