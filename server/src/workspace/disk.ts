import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { FileState, FileSystem } from './file-system.ts';
import { fromNativePath, nativePath } from './paths.ts';

/** The files of this machine. */
export const disk: FileSystem = { look, read };

async function look(place: string): Promise<FileState> {
  const native = nativePath(place);
  try {
    const stats = await lstat(native);
    if (stats.isFile()) return { kind: 'file', size: stats.size };
    if (stats.isDirectory()) return { kind: 'directory', entries: (await readdir(native)).sort() };
    if (stats.isSymbolicLink()) return { kind: 'link', target: linkTarget(await readlink(native)) };
    return { kind: 'unreadable', reason: 'not a regular file' };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'unreadable', reason: reasons[code] ?? message };
  }
}

async function read(place: string): Promise<Uint8Array | undefined> {
  return readFile(nativePath(place)).catch(() => undefined); // gone since it was looked at, or closed to us
}

// A relative target stays relative: it is meant from the folder of the link.
function linkTarget(native: string): string {
  return path.isAbsolute(native) ? fromNativePath(native) : native.replaceAll(path.sep, '/');
}

// The system's own words, which are also those that kustomize prints.
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
};
