// A small repository in memory, for the tests of this room.
import type { FileSource, PathState } from './file-source.ts';

/** Text of a file, or where a link points. */
export type Entry = string | { readonly link: string };

/** Files by absolute path, which a test may change while an engine asks for them. */
export class Tree implements FileSource {
  readonly #entries: Map<string, Entry>;
  /** Every path that was asked for, in order. */
  readonly asked: string[] = [];

  constructor(entries: Readonly<Record<string, Entry>>) {
    this.#entries = new Map(Object.entries(entries));
  }

  write(path: string, entry: Entry): void {
    this.#entries.set(path, entry);
  }

  /** Removes a file, or a folder with everything in it. */
  remove(path: string): void {
    for (const known of this.#entries.keys()) if (known === path || known.startsWith(`${path}/`)) this.#entries.delete(known);
  }

  async look(path: string): Promise<PathState> {
    this.asked.push(path);
    const entry = this.#entries.get(path);
    if (typeof entry === 'string') return { kind: 'file', content: new TextEncoder().encode(entry) };
    if (entry) return { kind: 'link', target: entry.link };
    const folder = path === '/' ? '/' : `${path}/`;
    const below = [...this.#entries.keys()].filter((known) => known.startsWith(folder)).map((known) => known.slice(folder.length));
    if (below.length === 0) return { kind: 'absent' };
    return { kind: 'directory', entries: [...new Set(below.map((rest) => rest.replace(/\/.*/, '')))] };
  }
}

/** The text of a ConfigMap. */
export function configMap(name: string, data: Readonly<Record<string, string>> = {}): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: ${JSON.stringify(data)}\n`;
}
