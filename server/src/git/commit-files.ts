// The files of a commit where the working tree has its own: nothing is checked out.
import type { FileState, FileSystem } from '../workspace/file-system.ts';
import { isWithin, nativePath, relativeTo } from '../workspace/paths.ts';
import { gitReading } from './program.ts';

/** What a commit has at a path. */
type Entry = { readonly kind: 'file' | 'link'; readonly id: string; readonly size: number } | { readonly kind: 'submodule' };

/**
 * A file system that has the files of a commit below the top folder of a working tree, and what `behind` has elsewhere. What is in a
 * submodule is another repository's, and can't be read.
 *
 * @param root Top folder of the working tree.
 * @param commit The commit's full id.
 * @param signal Ends the reading of files too.
 * @returns undefined when the repository does not have the commit, whole, or there is no git.
 */
export async function commitFiles(root: string, commit: string, behind: FileSystem, signal: AbortSignal): Promise<FileSystem | undefined> {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) return undefined;
  const git = gitReading(nativePath(root), signal);
  const entries = await git.raw('ls-tree', '-r', '-z', '--long', '--full-tree', commit).then(entriesIn, () => undefined);
  if (!entries) return undefined;
  const folders = foldersOf(entries.keys());
  const contents = new Map<string, Promise<Uint8Array | undefined>>();
  const contentOf = (id: string): Promise<Uint8Array | undefined> => {
    const known = contents.get(id);
    if (known) return known;
    const read = git.binaryCatFile(['blob', id]).then(
      (content: Buffer) => new Uint8Array(content),
      () => undefined,
    );
    contents.set(id, read);
    return read;
  };
  return {
    async look(path): Promise<FileState> {
      if (!isWithin(root, path)) return behind.look(path);
      const name = path === root ? '' : relativeTo(root, path);
      const folder = folders.get(name);
      if (folder) return { kind: 'directory', entries: [...folder].sort() };
      const entry = entries.get(name);
      if (!entry) return { kind: 'absent' };
      if (entry.kind === 'submodule') return { kind: 'unreadable', reason: 'a submodule, whose files are in another repository' };
      if (entry.kind === 'file') return { kind: 'file', size: entry.size };
      const target = await contentOf(entry.id);
      return target ? { kind: 'link', target: new TextDecoder().decode(target) } : { kind: 'absent' };
    },
    async read(path) {
      if (!isWithin(root, path)) return behind.read(path);
      const entry = entries.get(relativeTo(root, path));
      return entry?.kind === 'file' ? contentOf(entry.id) : undefined;
    },
  };
}

// `<mode> <type> <id> <size>\t<path>`, each ended by a NUL (git-ls-tree, "OUTPUT FORMAT").
function entriesIn(listing: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of listing.split('\0')) {
    const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path === '') continue;
    entries.set(path, mode === '160000' ? { kind: 'submodule' } : { kind: mode === '120000' ? 'link' : 'file', id, size: Number(size) });
  }
  return entries;
}

/** The names in each folder; the top folder is the empty path. */
function foldersOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  for (const path of paths) {
    for (let at = path; at !== '';) {
      const end = at.lastIndexOf('/');
      const folder = at.slice(0, Math.max(0, end));
      const names = folders.get(folder) ?? new Set();
      const isKnown = names.has(at.slice(end + 1));
      names.add(at.slice(end + 1));
      folders.set(folder, names);
      if (isKnown) break;
      at = folder;
    }
  }
  return folders;
}
