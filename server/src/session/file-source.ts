import type { FileSource, PathState } from '../engine/file-source.ts';
import { type Copies, type Source, askedAt } from '../engine/source.ts';
import type { FileSystem } from '../workspace/file-system.ts';

/** The engine's view of the files: open buffers in front of the disk, and the copies of sources that lie elsewhere. */
export function fileSource(files: FileSystem, copies: Copies): FileSource {
  return {
    async look(path): Promise<PathState> {
      const asked = askedAt(path);
      if (asked === 'folder') return { kind: 'unreadable', reason: 'no folder of the disk' };
      if (asked) return asked.about === 'copy' ? copyOf(copies, asked.source) : commitOf(copies, asked.source);
      const state = await files.look(path);
      if (path === '/' && state.kind === 'directory') return { kind: 'directory', entries: [...state.entries, '.drydock'] };
      if (state.kind !== 'file') return state;
      const content = await files.read(path);
      return content ? { kind: 'file', content } : { kind: 'unreadable', reason: 'permission denied' };
    },
  };
}

async function copyOf(copies: Copies, source: Source): Promise<PathState> {
  const copy = await copies.find(source);
  return copy === undefined ? { kind: 'absent' } : { kind: 'link', target: copy };
}

async function commitOf(copies: Copies, source: Source): Promise<PathState> {
  const commit = await copies.commit(source);
  return commit === undefined ? { kind: 'absent' } : { kind: 'file', content: new TextEncoder().encode(commit) };
}
