// The one place where the workspace changes. It takes what happens (a folder opened, a key pressed, a file changed on
// disk) and gives snapshots.
import { directoryOf, isWithin } from './paths.ts';
import type { FileSystem } from './file-system.ts';
import { type Found, placeAt } from './places.ts';
import { type Snapshot, fileAt } from './snapshot.ts';
import { type SourceFile, fileWithoutDocuments, sourceFile } from './source-file.ts';
import { scan } from './scan.ts';
import { withOpenFiles } from './open-files.ts';

/** Holds the current snapshot and makes the next one. */
export class Workspace {
  #snapshot: Snapshot = { revision: 0, folders: [], saved: new Map(), open: new Map(), places: new Map(), skipped: [] };
  readonly #behind: FileSystem;
  readonly #maxSize: () => number;
  #lastLook: Promise<Snapshot> = Promise.resolve(this.#snapshot);

  /**
   * @param disk Where saved files are read; asked only inside the folders that are opened and for renders.
   * @param maxSize Larger files are left out; bytes, asked at every scan.
   */
  constructor(disk: FileSystem, maxSize: () => number) {
    this.#behind = disk;
    this.#maxSize = maxSize;
  }

  /** The workspace as it is now. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Files as the user sees them: open buffers in front of the disk. */
  readonly files: FileSystem = withOpenFiles(
    { look: (path) => this.#behind.look(path), read: (path) => this.#behind.read(path) },
    (path) => this.#snapshot.open.get(path)?.text,
    () => this.#snapshot.open.keys(),
  );

  /** Looks through `folders`, which become the workspace's only ones. */
  openFolders(folders: readonly string[]): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const { places, files, skipped } = await scan(this.#behind, folders, { maxSize: this.#maxSize(), folders });
      return this.#next({ folders, places, saved: files, skipped });
    });
  }

  /** An editor opened `path`, or its text changed. */
  setBuffer(path: string, text: string): Snapshot {
    const tooLarge = text.length > this.#maxSize();
    const file = tooLarge ? fileWithoutDocuments(path, text) : sourceFile(path, text, fileAt(this.#snapshot, path));
    return this.#next({ open: new Map(this.#snapshot.open).set(path, file) });
  }

  /** The editor on `path` was closed: what is saved counts again. */
  closeBuffer(path: string): Snapshot {
    const open = new Map(this.#snapshot.open);
    open.delete(path);
    return this.#next({ open });
  }

  /** These paths were created, changed or deleted on disk. */
  refresh(paths: readonly string[]): Promise<Snapshot> {
    return this.#inTurn(() => this.#lookAgain(paths));
  }

  async #lookAgain(paths: readonly string[]): Promise<Snapshot> {
    const { folders, places: before } = this.#snapshot;
    const isLookedAt = (path: string): boolean => folders.some((folder) => isWithin(folder, path)) && placeAt(before, path) !== 'unknown';
    const watched = paths.filter((path) => folders.includes(path) || isLookedAt(path));
    const found = await scan(this.#behind, watched, { maxSize: this.#maxSize(), folders });
    const saved = new Map(this.#snapshot.saved);
    const places = new Map(this.#snapshot.places);
    for (const path of watched) forget(path, saved, places);
    for (const [path, { text }] of found.files) saved.set(path, sourceFile(path, text, fileAt(this.#snapshot, path)));
    for (const [path, kind] of found.places) {
      places.set(path, kind);
      this.#nameFoldersAbove(path, places);
    }
    const skipped = this.#snapshot.skipped.filter(({ path }) => !watched.some((changed) => isWithin(changed, path)));
    return this.#next({ saved, places, skipped: [...skipped, ...found.skipped] });
  }

  // One look at the disk after the other: the older of two could end later and bring back what it saw.
  #inTurn(look: () => Promise<Snapshot>): Promise<Snapshot> {
    const turn = this.#lastLook.then(look, look);
    this.#lastLook = turn;
    return turn;
  }

  #nameFoldersAbove(path: string, places: Map<string, Found>): void {
    const root = this.#snapshot.folders.find((folder) => isWithin(folder, path));
    for (let at = path; root !== undefined && at !== root;) {
      at = directoryOf(at);
      if (!places.has(at)) places.set(at, 'directory');
    }
  }

  #next(change: Partial<Snapshot>): Snapshot {
    this.#snapshot = { ...this.#snapshot, ...change, revision: this.#snapshot.revision + 1 };
    return this.#snapshot;
  }
}

function forget(path: string, saved: Map<string, SourceFile>, places: Map<string, Found>): void {
  const wasDirectory = places.get(path) === 'directory';
  saved.delete(path);
  places.delete(path);
  if (!wasDirectory) return;
  for (const place of [...places.keys()]) {
    if (!isWithin(path, place)) continue;
    places.delete(place);
    saved.delete(place);
  }
}
