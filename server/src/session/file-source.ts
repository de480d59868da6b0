import type { FileSource, PathState } from '../engine/file-source.ts';
import type { FileSystem } from '../workspace/file-system.ts';

/** The engine's view of the files: open buffers in front of the disk. */
export function fileSource(files: FileSystem): FileSource {
  return {
    async look(path): Promise<PathState> {
      const state = await files.look(path);
      if (state.kind !== 'file') return state;
      const content = await files.read(path);
      return content ? { kind: 'file', content } : { kind: 'unreadable', reason: 'permission denied' };
    },
  };
}
