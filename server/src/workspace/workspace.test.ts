import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { existing, fileAt, filesOf, folderOf } from './snapshot.ts';
import type { FileSystem } from './file-system.ts';
import { Workspace } from './workspace.ts';
import { disk } from './disk.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { nativePath } from './paths.ts';

const repository = `
-- a.yaml --
a: 1
-- folder/b.yaml --
b: 1
-- folder/notes.txt --
text
-- .git/config.yaml --
c: 1
-- node_modules/x/d.yml --
d: 1
`;

/** What the workspace holds: each YAML file below `root`, with its text. */
function texts(root: string, { snapshot }: Workspace): Record<string, string> {
  return Object.fromEntries(
    [...filesOf(snapshot)].map(({ path, text }): [string, string] => [path.slice(root.length + 1), text.trim()]).sort(),
  );
}

function skipped(root: string, { snapshot }: Workspace): string[] {
  return snapshot.skipped.map(({ path, reason }) => `${path.slice(root.length + 1)}: ${reason}`).sort();
}

test('the YAML files of a folder are read, whatever their depth, except in closed folders', async () => {
  await using fixture = await openFixture(repository);
  const { root, workspace } = fixture;
  assert.deepEqual(texts(root, workspace), { 'a.yaml': 'a: 1', 'folder/b.yaml': 'b: 1' });
  const place = (path: string): string => existing(workspace.snapshot, `${root}/${path}`);
  assert.deepEqual(['folder', 'folder/notes.txt', 'folder/missing', 'folder/notes.txt/x'].map(place), [
    'directory',
    'file',
    'absent',
    'absent',
  ]);
  assert.deepEqual(['.git', '.git/config.yaml', 'node_modules/x'].map(place), ['directory', 'unknown', 'unknown']);
  assert.equal(existing(workspace.snapshot, '/elsewhere'), 'unknown');
});

test('what happens on disk is seen when it is told', async () => {
  await using fixture = await openFixture(repository);
  const { root, workspace } = fixture;
  const native = (path: string): string => nativePath(`${root}/${path}`);
  const told = (...paths: string[]): Promise<unknown> => workspace.refresh(paths.map((path) => `${root}/${path}`));

  await writeFile(native('new.yaml'), 'n: 1');
  await told('new.yaml');
  assert.deepEqual(texts(root, workspace), { 'a.yaml': 'a: 1', 'folder/b.yaml': 'b: 1', 'new.yaml': 'n: 1' });

  await writeFile(native('a.yaml'), 'a: 2');
  await told('a.yaml');
  assert.equal(texts(root, workspace)['a.yaml'], 'a: 2');

  await rename(native('folder'), native('moved'));
  await told('folder', 'moved');
  assert.deepEqual(texts(root, workspace), { 'a.yaml': 'a: 2', 'moved/b.yaml': 'b: 1', 'new.yaml': 'n: 1' });
  assert.equal(existing(workspace.snapshot, `${root}/folder`), 'absent');
  assert.equal(existing(workspace.snapshot, `${root}/moved/notes.txt`), 'file');

  await mkdir(native('deep/er'), { recursive: true });
  await writeFile(native('deep/er/e.yaml'), 'e: 1');
  await told('deep/er/e.yaml');
  assert.equal(texts(root, workspace)['deep/er/e.yaml'], 'e: 1');
  assert.equal(existing(workspace.snapshot, `${root}/deep`), 'directory');

  await rm(native('moved'), { recursive: true });
  await writeFile(native('moved'), 'a file now');
  await told('moved');
  assert.equal(existing(workspace.snapshot, `${root}/moved`), 'file');
  assert.equal(existing(workspace.snapshot, `${root}/moved/b.yaml`), 'absent');

  await rm(native('new.yaml'));
  await told('new.yaml', 'a.yaml', '.git/config.yaml', '../elsewhere.yaml');
  assert.deepEqual(texts(root, workspace), { 'a.yaml': 'a: 2', 'deep/er/e.yaml': 'e: 1' });

  await rm(nativePath(root), { recursive: true });
  await workspace.refresh([root]);
  assert.deepEqual(texts(root, workspace), {});
  await mkdir(nativePath(root));
  await writeFile(native('a.yaml'), 'a: 3');
  await workspace.refresh([root]);
  assert.deepEqual(texts(root, workspace), { 'a.yaml': 'a: 3' });
});

test('documents keep their identity when their file is saved, or told again', async () => {
  await using fixture = await openFixture('-- a.yaml --\na: 1\n---\nb: 1\n');
  const { root, workspace } = fixture;
  const path = `${root}/a.yaml`;
  const before = fileAt(workspace.snapshot, path);
  await workspace.refresh([path]);
  assert.equal(fileAt(workspace.snapshot, path), before);
  const edited = fileAt(workspace.setBuffer(path, 'a: 1\n---\nb: 2\n'), path);
  assert.equal(edited?.documents[0]?.document, before?.documents[0]?.document);
  await writeFile(nativePath(path), 'a: 1\n---\nb: 2\n');
  await workspace.refresh([path]);
  assert.equal(workspace.snapshot.saved.get(path), edited);
});

test('open buffers stand in front of the disk until they are closed', async () => {
  await using fixture = await openFixture(repository);
  const { root, workspace } = fixture;
  workspace.setBuffer(`${root}/a.yaml`, 'a: unsaved');
  assert.equal(texts(root, workspace)['a.yaml'], 'a: unsaved');
  await writeFile(nativePath(`${root}/a.yaml`), 'a: from elsewhere');
  await workspace.refresh([`${root}/a.yaml`]);
  assert.equal(texts(root, workspace)['a.yaml'], 'a: unsaved');
  workspace.closeBuffer(`${root}/a.yaml`);
  assert.equal(texts(root, workspace)['a.yaml'], 'a: from elsewhere');
});

test('a file that was never saved exists while it is open, and so do the folders above it', async () => {
  await using fixture = await openFixture(repository);
  const { root, workspace } = fixture;
  workspace.setBuffer(`${root}/new/deep/c.yaml`, 'c: 1');
  assert.equal(existing(workspace.snapshot, `${root}/new/deep/c.yaml`), 'file');
  assert.equal(existing(workspace.snapshot, `${root}/new`), 'directory');
  assert.deepEqual(await workspace.files.look(`${root}/new`), { kind: 'directory', entries: ['deep'] });
  workspace.closeBuffer(`${root}/new/deep/c.yaml`);
  assert.equal(existing(workspace.snapshot, `${root}/new`), 'absent');
  assert.deepEqual(await workspace.files.look(`${root}/new`), { kind: 'absent' });
});

test('a snapshot does not change', async () => {
  await using fixture = await openFixture(repository);
  const { root, workspace } = fixture;
  const before = workspace.snapshot;
  workspace.setBuffer(`${root}/a.yaml`, 'a: 2');
  await writeFile(nativePath(`${root}/new.yaml`), 'n: 1');
  await workspace.refresh([`${root}/new.yaml`]);
  assert.equal(fileAt(before, `${root}/a.yaml`)?.text, 'a: 1\n');
  assert.equal(existing(before, `${root}/new.yaml`), 'absent');
  assert.equal(workspace.snapshot.revision, before.revision + 2);
});

test('the innermost workspace folder holds a file', async () => {
  const { snapshot } = new Workspace(disk, () => 5e6);
  const nested = { ...snapshot, folders: ['/repo', '/repo/apps/shop', '/other'] };
  assert.equal(folderOf(nested, '/repo/apps/shop/a.yaml'), '/repo/apps/shop');
  assert.equal(folderOf(nested, '/repo/apps/shopping/a.yaml'), '/repo');
  assert.equal(folderOf(nested, '/elsewhere'), undefined);
});

test('an older look at the disk never overtakes a newer one', async () => {
  await using fixture = await openFixture(repository);
  const { root } = fixture;
  const held: (() => void)[] = [];
  const slowFirstRead: FileSystem = {
    look: (path) => disk.look(path),
    read: async (path) => {
      const bytes = await disk.read(path);
      if (path === `${root}/a.yaml` && held.length === 0) await new Promise<void>((resolve) => held.push(resolve));
      return bytes;
    },
  };
  const workspace = new Workspace(slowFirstRead, () => 5e6);
  const opened = workspace.openFolders([root]);
  while (held.length === 0) await new Promise(setImmediate);
  await writeFile(nativePath(`${root}/a.yaml`), 'a: newer');
  const refreshed = workspace.refresh([`${root}/a.yaml`]);
  held[0]?.();
  await Promise.all([opened, refreshed]);
  assert.equal(texts(root, workspace)['a.yaml'], 'a: newer');
});

test('what is no readable text is left out, with the reason', async () => {
  await using fixture = await openFixture('-- good.yaml --\na: 1\n');
  const { root, workspace } = fixture;
  const native = (path: string): string => nativePath(`${root}/${path}`);
  await writeFile(native('binary.yaml'), Buffer.from([1, 0, 2]));
  await writeFile(native('utf-16.yaml'), Buffer.from('\uFEFFa: 1\n', 'utf16le'));
  await writeFile(native('latin-1.yaml'), Buffer.from('a: é\n', 'latin1'));
  await writeFile(native('large.yaml'), '');
  await truncate(native('large.yaml'), 100_000_000);
  await writeFile(native('picture.png'), Buffer.from([0]));
  await writeFile(native('bom.yaml'), '\uFEFFb: 1\n');
  await mkdir(native('folder.yaml'));
  await writeFile(native('folder.yaml/é #%?.yaml'), 'c: 1\n');
  await workspace.openFolders([root]);
  assert.deepEqual(texts(root, workspace), { 'bom.yaml': 'b: 1', 'folder.yaml/é #%?.yaml': 'c: 1', 'good.yaml': 'a: 1' });
  assert.deepEqual(skipped(root, workspace), [
    'binary.yaml: a binary file',
    'large.yaml: larger than 5 MB (setting drydock.files.maxSize)',
    'latin-1.yaml: not UTF-8 text',
    'utf-16.yaml: UTF-16 text; save it as UTF-8',
  ]);
  await writeFile(native('binary.yaml'), 'd: 1');
  await workspace.refresh([`${root}/binary.yaml`]);
  assert.equal(texts(root, workspace)['binary.yaml'], 'd: 1');
  assert.ok(!skipped(root, workspace).some((told) => told.startsWith('binary.yaml')));
});

test('an open text that is larger than the limit is kept and not looked into', async () => {
  await using fixture = await openFixture('-- a.yaml --\na: 1\n');
  const { root, workspace } = fixture;
  const large = `apiVersion: v1\nkind: ConfigMap\ndata:\n${'  a: b\n'.repeat(1_000_000)}`;
  const file = fileAt(workspace.setBuffer(`${root}/a.yaml`, large), `${root}/a.yaml`);
  assert.deepEqual(file?.documents, []);
  assert.equal((await workspace.files.read(`${root}/a.yaml`))?.length, large.length);
});

test('links, loops of links, pipes and sockets are told apart', { skip: process.platform === 'win32' }, async () => {
  await using fixture = await openFixture('-- real/a.yaml --\na: 1\n');
  const { root, workspace } = fixture;
  const native = (path: string): string => nativePath(`${root}/${path}`);
  await symlink('real/a.yaml', native('link.yaml'));
  await symlink('real', native('linked'));
  await symlink('..', native('real/up'));
  await symlink('.', native('self'));
  await symlink('two.yaml', native('one.yaml'));
  await symlink('one.yaml', native('two.yaml'));
  await symlink('nowhere.yaml', native('broken.yaml'));
  await symlink('/dev/zero', native('zero.yaml'));
  execFileSync('mkfifo', [native('pipe.yaml')]);
  await workspace.openFolders([root]);
  assert.deepEqual(texts(root, workspace), { 'link.yaml': 'a: 1', 'real/a.yaml': 'a: 1' });
  assert.equal(existing(workspace.snapshot, `${root}/linked`), 'directory');
  assert.equal(existing(workspace.snapshot, `${root}/linked/a.yaml`), 'unknown');
  assert.deepEqual(skipped(root, workspace), [
    'broken.yaml: a link to something that does not exist',
    'one.yaml: too many levels of symbolic links',
    'pipe.yaml: not a regular file',
    'two.yaml: too many levels of symbolic links',
    'zero.yaml: not a regular file',
  ]);
});

test('a workspace folder that is a link is entered', { skip: process.platform === 'win32' }, async () => {
  await using fixture = await openFixture('-- real/a.yaml --\na: 1\n');
  const { root, workspace } = fixture;
  await symlink('real', nativePath(`${root}/linked`));
  await workspace.openFolders([`${root}/linked`]);
  assert.deepEqual(texts(root, workspace), { 'linked/a.yaml': 'a: 1' });
});
