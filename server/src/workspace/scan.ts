// Looks through the workspace's folders once: which paths there are, and the YAML files among them.
import type { FileState, FileSystem } from './file-system.ts';
import { type SourceFile, sourceFile } from './source-file.ts';
import { baseName, directoryOf, resolveFrom } from './paths.ts';
import type { Found } from './places.ts';

/** A file that was left out, and why, in words for the user. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** What a scan found. */
export interface ScanResult {
  readonly places: Map<string, Found>;
  readonly files: Map<string, SourceFile>;
  readonly skipped: readonly SkippedFile[];
}

/** Limits of a scan. */
export interface ScanLimits {
  /** Larger files are skipped; bytes. */
  readonly maxSize: number;
  /** The workspace's folders: entered whatever their name, and when they are links. */
  readonly folders: readonly string[];
}

// Folders that hold no manifests of the user's own and may be very large.
const closedFolders = new Set(['.git', 'node_modules', '.terraform', '.terragrunt-cache']);

// Enough to keep a disk busy, few enough to leave other work its turn.
const atOnce = 32;

/** Looks at the paths `from` and all below them. Links to folders are named and not entered, so that a loop of links ends. */
export async function scan(fileSystem: FileSystem, from: readonly string[], limits: ScanLimits): Promise<ScanResult> {
  const result = { places: new Map<string, Found>(), files: new Map<string, SourceFile>(), skipped: [] as SkippedFile[] };
  const waiting = [...from];
  const visit = async (path: string): Promise<void> => {
    const state = await follow(fileSystem, path);
    switch (state.kind) {
      case 'absent':
        if (state.linked && isYaml(path)) result.skipped.push({ path, reason: 'a link to something that does not exist' });
        return;
      case 'unreadable':
        if (isYaml(path) || limits.folders.includes(path)) result.skipped.push({ path, reason: state.reason });
        result.places.set(path, 'closed');
        return;
      case 'directory': {
        const closed = !limits.folders.includes(path) && (state.linked || closedFolders.has(baseName(path)));
        result.places.set(path, closed ? 'closed' : 'directory');
        if (!closed) waiting.push(...state.entries.map((name) => resolveFrom(path, name)));
        return;
      }
      case 'file': {
        result.places.set(path, 'file');
        if (!isYaml(path)) return;
        const read = await readSource(fileSystem, path, state.size, limits);
        if (typeof read === 'string') result.skipped.push({ path, reason: read });
        else result.files.set(path, sourceFile(path, read.text));
      }
    }
  };
  while (waiting.length > 0) await Promise.all(waiting.splice(-atOnce).map(visit));
  // Disks answer in any order; what is listed first must not depend on it.
  return { places: sorted(result.places), files: sorted(result.files), skipped: result.skipped.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The text of a YAML file, or the reason why it is left out. */
export async function readSource(
  fileSystem: FileSystem,
  path: string,
  size: number,
  limits: ScanLimits,
): Promise<{ text: string } | string> {
  if (size > limits.maxSize) return `larger than ${limits.maxSize / 1e6} MB (setting drydock.files.maxSize)`;
  const bytes = await fileSystem.read(path);
  if (!bytes) return 'cannot be read';
  if (/^(?:fffe|feff)/.test(Buffer.from(bytes.subarray(0, 2)).toString('hex'))) return 'UTF-16 text; save it as UTF-8';
  if (bytes.includes(0)) return 'a binary file';
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return 'not UTF-8 text';
  }
}

/** Whether a file of this name holds YAML documents. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path) || baseName(path) === 'Kustomization';
}

/** The state behind the links at `path`, and whether there were any. */
export async function follow(fileSystem: FileSystem, path: string): Promise<Exclude<FileState, { kind: 'link' }> & { linked: boolean }> {
  // Linux itself gives up after 40.
  for (let hops = 0, at = path; hops < 40; hops++) {
    const state = await fileSystem.look(at);
    if (state.kind !== 'link') return { ...state, linked: hops > 0 };
    at = resolveFrom(directoryOf(at), state.target);
  }
  return { kind: 'unreadable', reason: 'too many levels of symbolic links', linked: true };
}
