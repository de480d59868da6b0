// Copies of the Git repositories that sources name.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../scripts/process.ts';
import { SourceError } from './artifact.ts';

/** Which commit a GitRepository names. https://fluxcd.io/flux/components/source/gitrepositories/#reference */
export interface GitReference {
  readonly branch?: string;
  readonly tag?: string;
  readonly semver?: string;
  readonly name?: string;
  readonly commit?: string;
}

/** A commit, and how Flux names it. */
export interface Revision {
  readonly commit: string;
  readonly name: string;
}

/** A bare repository with everything that another one has. */
export interface GitMirror {
  /** Gets what is new, and finds the commit. Throws {@link SourceError}. */
  find(reference: GitReference): Promise<Revision>;
  /** Everything in a commit, as .tar.gz. */
  archive(commit: string): Promise<Buffer>;
  /** Writes everything in a commit to a folder. */
  checkOut(commit: string, folder: string): Promise<void>;
}

/** Gives the mirror of `url` in `folder`. One at a time may use it. */
export function gitMirror(url: string, folder: string): GitMirror {
  const place = path.join(folder, createHash('sha256').update(url).digest('hex').slice(0, 16));
  const git = (...args: readonly string[]): Promise<string> => run('git', args, { cwd: place, env: { GIT_TERMINAL_PROMPT: '0' } });
  return {
    async find(reference) {
      await mkdir(place, { recursive: true });
      await git('init', '--bare', '--quiet');
      const failure = (error: unknown): never => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new SourceError('GitOperationFailed', `failed to checkout and determine revision: unable to clone '${url}': ${reason}`);
      };
      await git('fetch', '--quiet', '--prune', '--force', url, '+refs/*:refs/*').catch(failure);
      const { pointer, name } = namesOf(reference);
      const commit = (await git('rev-parse', '--verify', '--quiet', `${pointer}^{commit}`).catch(failure)).trim();
      return { commit, name: `${name}${commit}` };
    },
    async archive(commit) {
      const file = path.join(place, `${commit}.tar.gz`);
      await git('archive', '--format=tar.gz', '-o', file, commit);
      return readFile(file);
    },
    async checkOut(commit, target) {
      await git('--work-tree', target, 'checkout', '--quiet', '--force', commit, '--', '.');
    },
  };
}

/** What Git is asked for, and what stands before the commit in Flux's name of the revision. */
function namesOf({ branch, tag, semver, name, commit }: GitReference): { readonly pointer: string; readonly name: string } {
  if (semver !== undefined) throw new SourceError('GitOperationFailed', 'the stand-in for source-controller knows no `semver`');
  if (commit !== undefined) return { pointer: commit, name: branch === undefined ? 'sha1:' : `${branch}@sha1:` };
  if (name !== undefined) return { pointer: name, name: `${name}@sha1:` };
  if (tag !== undefined) return { pointer: `refs/tags/${tag}`, name: `${tag}@sha1:` };
  return { pointer: `refs/heads/${branch ?? 'master'}`, name: `${branch ?? 'master'}@sha1:` };
}
