// Open editors in front of the disk: what the user sees is what is checked and rendered, saved or not.
import type { FileState, FileSystem } from './file-system.ts';
import { baseName, directoryOf, isWithin } from './paths.ts';

/**
 * A file system in which open buffers stand in front of what `behind` holds. A buffer that was never saved exists,
 * and so do the folders above it.
 *
 * @param openText The text of the open buffer at a path; undefined when none is open there.
 * @param openPaths The paths of all open buffers.
 */
export function withOpenFiles(
  behind: FileSystem,
  openText: (path: string) => string | undefined,
  openPaths: () => Iterable<string>,
): FileSystem {
  return {
    async look(path): Promise<FileState> {
      const text = openText(path);
      if (text !== undefined) return { kind: 'file', size: Buffer.byteLength(text) };
      const state = await behind.look(path);
      if (state.kind !== 'directory' && state.kind !== 'absent') return state;
      const unsaved = namesBelow(path, openPaths());
      if (unsaved.length === 0) return state;
      const saved = state.kind === 'directory' ? state.entries : [];
      return { kind: 'directory', entries: [...new Set([...saved, ...unsaved])].sort() };
    },
    async read(path) {
      const text = openText(path);
      return text === undefined ? behind.read(path) : new TextEncoder().encode(text);
    },
  };
}

function namesBelow(directory: string, paths: Iterable<string>): string[] {
  const names: string[] = [];
  for (const path of paths) {
    if (path === directory || !isWithin(directory, path)) continue;
    let child = path;
    while (directoryOf(child) !== directory) child = directoryOf(child);
    names.push(baseName(child));
  }
  return names;
}
