// What the engine was told about paths, so that it is told what is new only, and forgets what changed.
import type { FileSource, PathState } from './file-source.ts';

/** Files up to this size (bytes) are told before they are asked for, when their folder is. */
const smallFile = 256 * 1024;
/** A folder of more candidates than this is no kustomization's own: its files are told when asked for. */
const manyFiles = 64;
/** What kustomizations and charts read. */
const likelyRead = /\.(ya?ml|json|env|properties|conf|ini|toml|txt|tpl|lock)$|^Kustomization$|^\.helmignore$/i;

/** The engine's knowledge, seen from the host. Ends with the engine. */
export class Told {
  readonly #files: FileSource;
  readonly #kinds = new Map<string, PathState['kind']>();
  /** Files that were read in vain: too large to be told before they are asked for. */
  readonly #tooLarge = new Set<string>();
  #changes = 0;

  constructor(files: FileSource) {
    this.#files = files;
  }

  /**
   * Finds what the engine asks for, and what it will likely ask for next: the folders on the way, and small files
   * beside it.
   *
   * @param tell Sends the states to the engine; called once, and with nothing between finding and telling.
   */
  async answer(path: string, tell: (states: ReadonlyMap<string, PathState>) => void): Promise<void> {
    for (;;) {
      const before = this.#changes;
      const states = await this.#gather(path);
      if (before !== this.#changes) continue; // something was read before it changed
      for (const [found, state] of states) this.#kinds.set(found, state.kind);
      tell(states);
      return;
    }
  }

  /** Notes that paths changed, and gives the paths that the engine must forget. */
  changed(paths: readonly string[]): readonly string[] {
    this.#changes++;
    const forgotten = new Set<string>();
    for (const path of paths) {
      forgotten.add(path);
      this.#tooLarge.delete(path);
      if (this.#kinds.get(path) === 'directory') {
        for (const told of this.#kinds.keys()) if (told.startsWith(`${path}/`)) forgotten.add(told);
      }
      // It may be new or gone, so the folder's entries may have changed; so may what stands in that folder's place.
      for (const ancestor of ancestors(path).reverse()) {
        const kind = this.#kinds.get(ancestor);
        if (kind) forgotten.add(ancestor);
        if (kind === 'directory') break;
      }
    }
    return [...forgotten].filter((path) => this.#kinds.delete(path));
  }

  async #gather(path: string): Promise<ReadonlyMap<string, PathState>> {
    const states = new Map<string, PathState>();
    for (const ancestor of ancestors(path)) {
      const kind = this.#kinds.get(ancestor) ?? (await this.#look(ancestor, states)).kind;
      // Behind a link the engine asks again, by the real path.
      if (kind !== 'directory' && kind !== 'unreadable') return states;
    }
    const state = await this.#look(path, states);
    const folder = state.kind === 'directory' ? path : parent(path);
    const listed = states.get(folder);
    if (listed?.kind === 'directory') await this.#lookAround(folder, listed.entries, states);
    return states;
  }

  async #lookAround(folder: string, entries: readonly string[], states: Map<string, PathState>): Promise<void> {
    const candidates = entries
      .filter((entry) => likelyRead.test(entry))
      .map((entry) => join(folder, entry))
      .filter((path) => !this.#kinds.has(path) && !this.#tooLarge.has(path) && !states.has(path));
    if (candidates.length > manyFiles) return;
    await Promise.all(
      candidates.map(async (path) => {
        const state = await this.#files.look(path);
        if (state.kind === 'file' && state.content.length > smallFile) this.#tooLarge.add(path);
        else states.set(path, state);
      }),
    );
  }

  async #look(path: string, states: Map<string, PathState>): Promise<PathState> {
    const state = await this.#files.look(path);
    states.set(path, state);
    return state;
  }
}

/** The folders above an absolute path, from the root down. */
function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let folder = path; folder !== '/';) {
    folder = parent(folder);
    found.unshift(folder);
  }
  return found;
}

function parent(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function join(folder: string, entry: string): string {
  return folder === '/' ? `/${entry}` : `${folder}/${entry}`;
}
