import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { run } from '../../../scripts/process.ts';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import { disk } from '../workspace/disk.ts';
import { fromNativePath } from '../workspace/paths.ts';
import { commitFiles } from './commit-files.ts';

it('has the files of a commit, whatever the working tree has, and the disk elsewhere', async () => {
  using folder = temporaryFolder('commit-files');
  const clone = path.join(folder.path, 'clone');
  const git = (...words: string[]) => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: clone });
  await mkdir(path.join(clone, 'apps/web'), { recursive: true });
  await git('init', '--quiet', '--initial-branch=main');
  const bytes = Uint8Array.from([0, 255, 10, 13, 128]);
  await writeFile(path.join(clone, 'apps/web/a b\tc.yaml'), 'a: 1\n');
  await writeFile(path.join(clone, 'apps/web/data.bin'), bytes);
  await writeFile(path.join(clone, 'Readme'), 'é\n');
  await symlink('web', path.join(clone, 'apps/same'));
  await git('add', '--all');
  await git('commit', '--quiet', '--message=first');
  const commit = (await git('rev-parse', 'HEAD')).trim();
  await rm(path.join(clone, 'apps'), { recursive: true });
  await writeFile(path.join(clone, 'new.yaml'), 'b: 1\n');
  await writeFile(path.join(folder.path, 'beside.yaml'), 'c: 1\n');

  const root = fromNativePath(clone);
  const { signal } = new AbortController();
  const files = await commitFiles(root, commit, disk, signal);
  assert.ok(files);
  assert.deepEqual(await files.look(root), { kind: 'directory', entries: ['Readme', 'apps'] });
  assert.deepEqual(await files.look(`${root}/apps`), { kind: 'directory', entries: ['same', 'web'] });
  assert.deepEqual(await files.look(`${root}/apps/web`), { kind: 'directory', entries: ['a b\tc.yaml', 'data.bin'] });
  assert.deepEqual(await files.look(`${root}/apps/web/data.bin`), { kind: 'file', size: 5 });
  assert.deepEqual(await files.look(`${root}/apps/same`), { kind: 'link', target: 'web' });
  assert.deepEqual(await files.look(`${root}/new.yaml`), { kind: 'absent' });
  assert.deepEqual(await files.read(`${root}/apps/web/data.bin`), bytes);
  assert.equal(new TextDecoder().decode(await files.read(`${root}/apps/web/a b\tc.yaml`)), 'a: 1\n');
  assert.equal(await files.read(`${root}/new.yaml`), undefined);
  assert.equal(new TextDecoder().decode(await files.read(fromNativePath(path.join(folder.path, 'beside.yaml')))), 'c: 1\n');

  assert.equal(await commitFiles(root, commit.replaceAll(/./g, '0'), disk, signal), undefined);
  assert.equal(await commitFiles(root, '--help', disk, signal), undefined);
  assert.equal(await commitFiles(fromNativePath(folder.path), commit, disk, signal), undefined);
});
