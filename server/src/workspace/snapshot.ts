import { type Place, type Places, placeAt } from './places.ts';
import type { SkippedFile } from './scan.ts';
import type { SourceFile } from './source-file.ts';
import { isWithin } from './paths.ts';

/**
 * The workspace as it was at one moment. It never changes: a request that began on it sees no half edit.
 * Saved and open files stand apart so that a keystroke makes a snapshot at the cost of the open files alone.
 */
export interface Snapshot {
  /** Grows with every change. */
  readonly revision: number;
  /** The workspace's folders. */
  readonly folders: readonly string[];
  /** The YAML files on disk; the map's identity changes only when the disk does. */
  readonly saved: ReadonlyMap<string, SourceFile>;
  /** The open buffers, which stand in front of the saved files. */
  readonly open: ReadonlyMap<string, SourceFile>;
  /** Which paths exist, below the folders. */
  readonly places: Places;
  /** Files that were left out. */
  readonly skipped: readonly SkippedFile[];
}

/** The YAML file at `path`, as the user sees it. */
export function fileAt(snapshot: Snapshot, path: string): SourceFile | undefined {
  return snapshot.open.get(path) ?? snapshot.saved.get(path);
}

/** Every YAML file, each once, as the user sees it. */
export function* filesOf(snapshot: Snapshot): Generator<SourceFile> {
  for (const [path, file] of snapshot.saved) if (!snapshot.open.has(path)) yield file;
  yield* snapshot.open.values();
}

/** The workspace folder that holds `path`: the innermost where they nest. */
export function folderOf({ folders }: Snapshot, path: string): string | undefined {
  return folders.filter((folder) => isWithin(folder, path)).sort((a, b) => b.length - a.length)[0];
}

/** What is at `path`; open buffers that were never saved exist, and so do the folders above them. */
export function existing({ open, places }: Snapshot, path: string): Place {
  if (open.has(path)) return 'file';
  const saved = placeAt(places, path);
  return saved === 'absent' && open.keys().some((unsaved) => isWithin(path, unsaved)) ? 'directory' : saved;
}
