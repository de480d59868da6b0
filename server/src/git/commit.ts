// What is written in a commit of a working tree here: read from its objects, by the machine's own git.
import { nativePath } from '../workspace/paths.ts';
import { gitReading } from './program.ts';

/** A commit, as far as people ask for it. */
export interface Commit {
  readonly subject: string;
  readonly author: string;
}

/**
 * Reads a commit; undefined when the repository does not have it, or there is no git.
 *
 * @param root Top folder of the working tree.
 * @param id The commit's full id.
 */
export async function readCommit(root: string, id: string, signal: AbortSignal): Promise<Commit | undefined> {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(id)) return undefined;
  try {
    // `cat-file` starts no other program, as `log` may.
    return commitIn(await gitReading(nativePath(root), signal).raw('cat-file', 'commit', id));
  } catch {
    return undefined; // most often it is another repository's
  }
}

function commitIn(text: string): Commit {
  const end = text.indexOf('\n\n');
  const author = /^author (.*) <[^>]*> \d+ [+-]\d+$/m.exec(text.slice(0, end))?.[1] ?? '';
  return { subject: text.slice(end + 2).split('\n', 1)[0] ?? '', author };
}
