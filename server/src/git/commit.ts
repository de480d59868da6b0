// What is written in a commit of a working tree here: read from its objects, by the machine's own git.
import { simpleGit } from 'simple-git';
import { nativePath } from '../workspace/paths.ts';

/** A commit, as far as people ask for it. */
export interface Commit {
  readonly subject: string;
  readonly author: string;
}

/** Milliseconds without a word from git after which it is ended. */
const patience = 5000;

/**
 * Reads a commit; undefined when the repository does not have it, or there is no git.
 *
 * @param root Top folder of the working tree.
 * @param id The commit's full id.
 */
export async function readCommit(root: string, id: string, signal: AbortSignal): Promise<Commit | undefined> {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(id)) return undefined;
  try {
    const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_|^(EDITOR|PAGER|PREFIX|SSH_ASKPASS)$/.test(name));
    // What is absent from a partial clone is not fetched for this.
    const environment = { ...Object.fromEntries(inherited), GIT_NO_LAZY_FETCH: '1' };
    const allowEnvironment = Object.keys(environment);
    const git = simpleGit({ baseDir: nativePath(root), timeout: { block: patience }, abort: signal, allowEnvironment }).env(environment);
    // `cat-file` starts no other program, as `log` may.
    return commitIn(await git.raw('cat-file', 'commit', id));
  } catch {
    return undefined; // most often it is another repository's
  }
}

function commitIn(text: string): Commit {
  const end = text.indexOf('\n\n');
  const author = /^author (.*) <[^>]*> \d+ [+-]\d+$/m.exec(text.slice(0, end))?.[1] ?? '';
  return { subject: text.slice(end + 2).split('\n', 1)[0] ?? '', author };
}
