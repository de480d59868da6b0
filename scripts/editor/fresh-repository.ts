// A copy of a folder as a git repository of its own, so that what is tried in the editor changes nothing here.
import { cp, mkdir } from 'node:fs/promises';
import { run } from '../process.ts';

/** Where the repository of samples/ would be, if it were hosted: its manifests name this address. */
export const sampleRemote = 'https://github.com/acme/fleet.git';

/**
 * Copies the folder `source` to `target`, which is new or empty, and commits everything to the branch `main` of a new repository there.
 *
 * @param remote The address of its remote `origin`, which is never contacted.
 */
export async function freshRepository(source: string, target: string, remote: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(source, target, { recursive: true });
  const git = (...args: string[]): Promise<string> => run('git', args, { cwd: target, env: identity });
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', remote);
  await git('add', '--all', '--force');
  await git('commit', '--quiet', '--no-gpg-sign', '--no-verify', '--message', 'Begin');
}

/** Whatever is configured on this machine, a commit can be made, and is the same everywhere. */
const identity = {
  GIT_AUTHOR_NAME: 'Drydock',
  GIT_AUTHOR_EMAIL: 'drydock@example.com',
  GIT_COMMITTER_NAME: 'Drydock',
  GIT_COMMITTER_EMAIL: 'drydock@example.com',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
};
