import path from 'node:path';
import { nativePath } from '../../server/src/workspace/paths.ts';

/** A file as the command line names it: from the current folder. */
export function relativePath(file: string): string {
  return path.relative(process.cwd(), nativePath(file)).replaceAll(path.sep, '/');
}
