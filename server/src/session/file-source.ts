import type { FileSource, PathState } from '../engine/file-source.ts';
import { type FindCopy, sourceAt } from '../engine/source.ts';
import type { FileSystem } from '../workspace/file-system.ts';

/** The engine's view of the files: open buffers in front of the disk, and the copies of sources that lie elsewhere. */
export function fileSource(files: FileSystem, findCopy: FindCopy): FileSource {
  return {
    async look(path): Promise<PathState> {
      const source = sourceAt(path);
      if (source === 'folder') return { kind: 'unreadable', reason: 'no folder of the disk' };
      if (source) {
        const copy = await findCopy(source);
        return copy === undefined ? { kind: 'absent' } : { kind: 'link', target: copy };
      }
      const state = await files.look(path);
      if (path === '/' && state.kind === 'directory') return { kind: 'directory', entries: [...state.entries, '.drydock'] };
      if (state.kind !== 'file') return state;
      const content = await files.read(path);
      return content ? { kind: 'file', content } : { kind: 'unreadable', reason: 'permission denied' };
    },
  };
}
