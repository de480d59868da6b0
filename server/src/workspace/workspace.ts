// The one place where the workspace changes. It takes what happens (a folder opened, a key pressed, a file changed on
// disk) and gives snapshots.
import { type ScanLimits, type SkippedFile, follow, isYaml, readSource, scan } from './scan.ts';
import { type SourceFile, sourceFile } from './source-file.ts';
import { directoryOf, isWithin } from './paths.ts';
import type { FileSystem } from './file-system.ts';
import type { Found } from './places.ts';
import type { Snapshot } from './snapshot.ts';
import { withOpenFiles } from './open-files.ts';

/** Holds the current snapshot and makes the next one. */
export class Workspace {
  #snapshot: Snapshot = { revision: 0, folders: [], saved: new Map(), open: new Map(), places: new Map(), skipped: [] };
  readonly #behind: FileSystem;
  readonly #limits: () => ScanLimits;

  /** @param disk Where saved files are read; asked only inside the folders that are opened and for renders. */
  constructor(disk: FileSystem, limits: () => ScanLimits) {
    this.#behind = disk;
    this.#limits = limits;
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
  async openFolders(folders: readonly string[]): Promise<Snapshot> {
    const { places, files, skipped } = await scan(this.#behind, folders, this.#limits());
    return this.#next({ folders, places, saved: files, skipped });
  }

  /** An editor opened `path`, or its text changed. */
  setBuffer(path: string, text: string): Snapshot {
    const previous = this.#snapshot.open.get(path) ?? this.#snapshot.saved.get(path);
    const open = new Map(this.#snapshot.open).set(path, sourceFile(path, text, previous));
    return this.#next({ open });
  }

  /** The editor on `path` was closed: what is saved counts again. */
  closeBuffer(path: string): Snapshot {
    const open = new Map(this.#snapshot.open);
    open.delete(path);
    return this.#next({ open });
  }

  /** These paths were created, changed or deleted on disk. */
  async refresh(paths: readonly string[]): Promise<Snapshot> {
    const inside = paths.filter((path) => this.#snapshot.folders.some((folder) => isWithin(folder, path)));
    const found = await Promise.all(inside.map((path) => this.#lookAgain(path)));
    const saved = new Map(this.#snapshot.saved);
    const places = new Map(this.#snapshot.places);
    const skipped = this.#snapshot.skipped.filter(({ path }) => !inside.includes(path));
    for (const [index, path] of inside.entries()) {
      forget(path, saved, places);
      const { places: now, files, skipped: left } = found[index] ?? nothing;
      for (const [place, kind] of now) places.set(place, kind);
      for (const [place, file] of files) saved.set(place, file);
      skipped.push(...left);
      if (now.size > 0) this.#nameFoldersAbove(path, places);
    }
    return this.#next({ saved, places, skipped });
  }

  async #lookAgain(path: string): Promise<{ places: Map<string, Found>; files: Map<string, SourceFile>; skipped: readonly SkippedFile[] }> {
    const state = await follow(this.#behind, path);
    if (state.kind !== 'file' || !isYaml(path)) return scan(this.#behind, [path], this.#limits());
    const previous = this.#snapshot.saved.get(path);
    const read = await readSource(this.#behind, path, state.size, this.#limits());
    const places = new Map<string, Found>([[path, 'file']]);
    if (typeof read === 'string') return { places, files: new Map(), skipped: [{ path, reason: read }] };
    return { places, files: new Map([[path, sourceFile(path, read.text, previous)]]), skipped: [] };
  }

  #nameFoldersAbove(path: string, places: Map<string, Found>): void {
    const root = this.#snapshot.folders.find((folder) => isWithin(folder, path));
    for (let at = path; root !== undefined && at !== root; ) {
      at = directoryOf(at);
      if (!places.has(at)) places.set(at, 'directory');
    }
  }

  #next(change: Partial<Snapshot>): Snapshot {
    this.#snapshot = { ...this.#snapshot, ...change, revision: this.#snapshot.revision + 1 };
    return this.#snapshot;
  }
}

const nothing = { places: new Map<string, Found>(), files: new Map<string, SourceFile>(), skipped: [] };

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
