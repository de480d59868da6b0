import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { run } from '../../scripts/process.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { serveGit } from './git-server.ts';

const git = (cwd: string, ...args: readonly string[]): Promise<string> =>
  run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd });

test('a copied repository takes what is pushed to it, is found without ".git" too, and the folder that it was copied from stays as it is', async () => {
  using scratch = temporaryFolder('git-server');
  const [original, clone] = [path.join(scratch.path, 'original'), path.join(scratch.path, 'clone')];
  await git(scratch.path, 'init', '--quiet', '--initial-branch=main', original);
  writeFileSync(path.join(original, 'version'), '1');
  await git(original, 'add', '--all');
  await git(original, 'commit', '--quiet', '--message=one');
  const first = (await git(original, 'rev-parse', 'HEAD')).trim();

  await using server = await serveGit();
  await server.copy(original, 'acme/copy.git');
  assert.equal(await server.git('acme/copy.git', 'rev-parse', 'HEAD'), first);

  await git(scratch.path, 'clone', '--quiet', `${server.url}/acme/copy.git`, clone);
  writeFileSync(path.join(clone, 'version'), '2');
  await git(clone, 'commit', '--quiet', '--all', '--message=two');
  await git(clone, 'push', '--quiet', 'origin', 'main');
  assert.equal(await server.git('acme/copy.git', 'rev-parse', 'HEAD'), (await git(clone, 'rev-parse', 'HEAD')).trim());
  assert.equal(await server.git('acme/copy.git', 'status', '--porcelain'), '', 'its working tree follows');

  await git(scratch.path, 'ls-remote', '--exit-code', `${server.url}/acme/copy`, 'refs/heads/main');

  assert.equal((await git(original, 'rev-parse', 'HEAD')).trim(), first);
  assert.equal(readFileSync(path.join(original, 'version'), 'utf8'), '1');
});
