// Git repositories: fetched shallow with the machine's own git, as kustomize does it (kustomize api v0.21.2,
// internal/git/cloner.go), and checked out into a folder named by the commit.
import { readdir, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SimpleGit } from 'simple-git';
import { type Source, sourceLabel } from '../engine/source.ts';
import { gitIn, gitPatience } from '../git/program.ts';
import { type Kept, keep, staging, stepsOf } from './copies.ts';
import { SourceError, reasonOf } from './source-error.ts';

/**
 * Fetches a repository at a revision into the cache.
 *
 * @throws SourceError when git can't, or when what it fetched is not to be used.
 */
export async function fetchRepository(cache: string, source: Source, signal: AbortSignal): Promise<Kept> {
  const { url, revision, kind } = source;
  // git would take it for an option, or for the name of a program to start.
  if (/^-|^[\w+.-]+::/.test(url) || revision.startsWith('-'))
    throw new SourceError(`${sourceLabel(source)} is no address of a Git repository.`);
  await using stage = await staging(cache);
  const git = gitIn(stage.folder, signal);
  try {
    await git.raw('init', '--quiet');
    await git.raw('remote', 'add', 'origin', url); // relative submodules are found from it
    const commit = await fetchCommit(git, url, revision);
    const copy = `git/${stepsOf(url)}/${commit}${kind === 'git' ? '' : '-alone'}`;
    await git.raw('-c', 'advice.detachedHead=false', 'checkout', '--quiet', commit);
    if (kind === 'git') await git.raw('submodule', 'update', '--init', '--recursive', '--depth', '1');
    await removeGitFolders(stage.folder);
    await refuseLinksOut(stage.folder, source);
    await keep(cache, stage.folder, copy);
    return { copy, exact: commit };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`${sourceLabel(source)} could not be fetched: ${explain(error, signal)}`, { cause: error });
  }
}

async function fetchCommit(git: SimpleGit, url: string, revision: string): Promise<string> {
  try {
    await git.raw('fetch', '--quiet', '--depth=1', url, revision || 'HEAD');
    return (await git.raw('rev-parse', 'FETCH_HEAD^{commit}')).trim();
  } catch (error) {
    // Some servers give a commit only as part of a branch's history, and none gives one by the start of its name.
    if (!/^[0-9a-f]{7,40}$/.test(revision)) throw error;
    await git.raw('fetch', '--quiet', '--tags', url, '+refs/heads/*:refs/remotes/origin/*');
    return (await git.raw('rev-parse', `${revision}^{commit}`)).trim();
  }
}

async function removeGitFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.name === '.git') await rm(path.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

// A copy is read as part of the user's own workspace: a link in it must not show it anything else of the machine.
async function refuseLinksOut(folder: string, source: Source): Promise<void> {
  const top = await realpath(folder);
  for (const entry of await readdir(top, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = path.join(entry.parentPath, entry.name);
    const written = path.resolve(entry.parentPath, await readlink(link));
    const target = await realpath(link).catch(() => written); // it leads nowhere yet
    if (target === top || target.startsWith(top + path.sep)) continue;
    const name = path.relative(top, link).replaceAll(path.sep, '/');
    throw new SourceError(`${sourceLabel(source)} is not used: ${name} in it is a link to a place outside of the repository.`);
  }
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it was cancelled.';
  const reason = reasonOf(error);
  if (reason.includes('ENOENT')) return 'there is no program `git`. Install Git, and put it on PATH.';
  if (reason.includes('block timeout reached'))
    return `git said nothing for ${gitPatience / 1000} s. Is the server to be reached from here?`;
  if (/could not read (Username|Password)|Authentication failed|Permission denied|terminal prompts disabled/i.test(reason))
    return `the server wants credentials that git does not have (${reason}). Sign in with git, by its credential helper or an SSH agent, and fetch again.`;
  if (/couldn't find remote ref|not our ref|unknown revision|bad revision/.test(reason))
    return `the repository has no such branch, tag or commit (${reason}).`;
  return reason;
}
