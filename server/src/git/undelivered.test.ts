import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import { undelivered } from './undelivered.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;

describe('undelivered', () => {
  const folder = temporaryFolder('undelivered');
  const origin = path.join(folder.path, 'origin.git');
  const root = path.join(folder.path, 'clone');
  const git = (...words: string[]) => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: root });
  const write = (name: string, text: string) => writeFile(path.join(root, name), text);
  const asked = (revision = 'main') => undelivered(root, path.join(root, 'apps'), revision, signal);

  before(async () => {
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
    await run('git', ['clone', '--quiet', origin, root], { cwd: folder.path });
    await git('checkout', '--quiet', '-b', 'main');
    await mkdir(path.join(root, 'apps'));
    await write('apps/web.yaml', 'a: 1\n');
    await git('add', '--all');
    await git('commit', '--quiet', '--message=first');
    await git('push', '--quiet', 'origin', 'main');
  });
  after(() => folder[Symbol.dispose]());

  it('has nothing to say of what is pushed', async () => {
    assert.deepEqual(await asked(), {
      uncommitted: [],
      uncommittedElsewhere: 0,
      unpushed: [],
      branch: 'main',
      remoteBranch: 'origin/main',
    });
  });

  it('tells changed, new and renamed files below the folder from those elsewhere', async () => {
    await git('mv', 'apps/web.yaml', 'apps/shop.yaml');
    await write('apps/new one.yaml', 'b: 1\n');
    await write('elsewhere.yaml', 'c: 1\n');
    const { uncommitted, uncommittedElsewhere } = await asked();
    assert.deepEqual([uncommitted.toSorted(), uncommittedElsewhere], [['apps/new one.yaml', 'apps/shop.yaml'], 1]);
  });

  it('lists the commits that nobody else has', async () => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message=second');
    const { unpushed } = await asked();
    assert.match(unpushed.join('|'), /^[0-9a-f]+ second$/);
  });

  it('knows no remote branch of a tag or of what was never fetched', async () => {
    const { remoteBranch, unpushed } = await asked('v1.2.3');
    assert.deepEqual([remoteBranch, unpushed], [undefined, []]);
  });
});
