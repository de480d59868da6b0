// What of a folder of a working tree can't be deployed yet, since it is on this machine only.
import path from 'node:path';
import { gitIn } from './program.ts';

/** What of a folder is on this machine only. */
export interface Undelivered {
  /** Changed or new files below the folder that are not committed, from the top folder of the working tree. */
  readonly uncommitted: readonly string[];
  /** Changed or new files of the working tree that are elsewhere: what the folder uses may be among them. */
  readonly uncommittedElsewhere: number;
  /** The commits, the latest first, as `hash subject`, that the remote branch did not have when it was fetched last. */
  readonly unpushed: readonly string[];
  /** The branch that is checked out; undefined when a commit is. */
  readonly branch: string | undefined;
  /** `origin/main`; undefined when the remote branch was never fetched, or nothing of that name was. */
  readonly remoteBranch: string | undefined;
}

/**
 * Asks git about a folder. Nothing is fetched.
 *
 * @param root Top folder of the working tree, and `folder` in it, as the platform writes them.
 * @param revision The branch that is tracked; `HEAD` for the remote's own.
 * @throws Error when git can't say.
 */
export async function undelivered(root: string, folder: string, revision: string, signal: AbortSignal): Promise<Undelivered> {
  const git = gitIn(root, signal);
  const ask = async (...words: readonly string[]): Promise<string> =>
    git.raw('--no-optional-locks', ...words).then((text) => text.trimEnd());
  const within = path.relative(root, folder).replaceAll(path.sep, '/');
  const changed = pathsIn(await ask('status', '--porcelain=v1', '-z', '--untracked-files=all'));
  const isBelow = (file: string): boolean => within === '' || file === within || file.startsWith(`${within}/`);
  const branch = await ask('symbolic-ref', '--quiet', '--short', 'HEAD').catch(() => undefined);
  const remoteBranch = await remoteBranchOf(ask, revision);
  const log = remoteBranch === undefined ? '' : await ask('log', '--format=%h %s', `refs/remotes/${remoteBranch}..HEAD`, '--');
  return {
    uncommitted: changed.filter(isBelow),
    uncommittedElsewhere: changed.filter((file) => !isBelow(file)).length,
    unpushed: log === '' ? [] : log.split('\n'),
    branch,
    remoteBranch,
  };
}

async function remoteBranchOf(ask: (...words: readonly string[]) => Promise<string>, revision: string): Promise<string | undefined> {
  const remotes = (await ask('remote')).split('\n').filter((name) => name !== '');
  for (const remote of ['origin', ...remotes].filter((name, index, all) => remotes.includes(name) && all.indexOf(name) === index)) {
    const name = `${remote}/${revision}`;
    const found = await ask('rev-parse', '--verify', '--quiet', `refs/remotes/${name}^{commit}`).catch(() => '');
    if (found !== '') return name;
  }
  return undefined;
}

// `XY path`, each ended by a NUL; a renamed one is followed by the path that it had (git-status, "Porcelain Format Version 1").
function pathsIn(status: string): string[] {
  const entries = status.split('\0');
  const paths: string[] = [];
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] ?? '';
    if (entry.length < 4) continue;
    paths.push(entry.slice(3));
    if (/^[RC]|^.[RC]/.test(entry)) index += 1;
  }
  return paths;
}
