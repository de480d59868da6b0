import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disk } from '../workspace/disk.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { repositoryRoot, workingTrees } from './repositories.ts';

async function treesOf(archive: string, folders: readonly string[] = ['']): Promise<string[]> {
  await using fixture = await openFixture(archive);
  const opened = folders.map((folder) => `${fixture.root}${folder}`);
  const { places } = await fixture.workspace.openFolders(opened);
  const trees = await workingTrees(disk, opened, places);
  return trees.map(({ root, remotes }) => `${root.slice(fixture.root.length)}: ${remotes.join(' ')}`).sort();
}

const config = `
-- .git/config --
[core]
	bare = false
[remote "origin"]
	url = https://github.com/acme/fleet.git
	fetch = +refs/heads/*:refs/remotes/origin/*
[branch "main"]
	remote = origin
[remote "my.own fork"]
	url = "git@github.com:someone/fleet.git" ; mine
-- apps/a.yaml --
a: 1
`;

test('the remotes of a working tree are read from its configuration', async () => {
  assert.deepEqual(await treesOf(config), [': https://github.com/acme/fleet.git git@github.com:someone/fleet.git']);
});

test('a folder inside a working tree belongs to it', async () => {
  assert.deepEqual(await treesOf(config, ['/apps']), [': https://github.com/acme/fleet.git git@github.com:someone/fleet.git']);
});

test('a linked working tree has the configuration of its main one', async () => {
  const linked = `
-- main/.git/config --
[remote "origin"]
	url = https://example.com/main.git
-- main/.git/worktrees/feature/commondir --
../..
-- feature/.git --
gitdir: ../main/.git/worktrees/feature
-- feature/a.yaml --
a: 1
`;
  assert.deepEqual(await treesOf(linked, ['/feature']), ['/feature: https://example.com/main.git']);
});

test('the branch is the one of the working tree, and none while a commit is checked out', async () => {
  const branchOf = async (head: string): Promise<string | undefined> => {
    await using fixture = await openFixture(`-- .git/HEAD --\n${head}\n-- a.yaml --\na: 1\n`);
    const { snapshot } = fixture.workspace;
    return (await workingTrees(disk, snapshot.folders, snapshot.places))[0]?.branch;
  };
  assert.equal(await branchOf('ref: refs/heads/feature/next'), 'feature/next');
  assert.equal(await branchOf('4f1a5b1051b469108d1bdf0ebec6c814427e3834'), undefined);
});

test('the commit is found where its branch lies: in a file, among the packed ones, or in HEAD itself', async () => {
  const commitOf = async (archive: string): Promise<string | undefined> => {
    await using fixture = await openFixture(`${archive}\n-- a.yaml --\na: 1\n`);
    const { snapshot } = fixture.workspace;
    return (await workingTrees(disk, snapshot.folders, snapshot.places))[0]?.commit;
  };
  const [one, other] = ['4f1a5b1051b469108d1bdf0ebec6c814427e3834', '0c39b65d1b8ee5ae0b8d45ea8a1f3a1c3b2d4e5f'];
  const main = '-- .git/HEAD --\nref: refs/heads/main\n';
  const packed = `-- .git/packed-refs --\n# pack-refs with: peeled\n${other} refs/heads/main-2\n${one} refs/heads/main\n`;
  assert.equal(await commitOf(`-- .git/HEAD --\n${one}\n`), one);
  assert.equal(await commitOf(`${main}-- .git/refs/heads/main --\n${one}\n`), one);
  assert.equal(await commitOf(`${main}${packed}`), one);
  assert.equal(await commitOf(`${main}${packed}-- .git/refs/heads/main --\n${other}\n`), other);
  assert.equal(await commitOf(main), undefined);
});

test('a submodule has a configuration of its own', async () => {
  const submodule = `
-- .git/config --
[remote "origin"]
	url = https://example.com/outer.git
-- .git/modules/inner/config --
[remote "origin"]
	url = https://example.com/inner.git
-- inner/.git --
gitdir: ../.git/modules/inner
-- inner/a.yaml --
a: 1
`;
  assert.deepEqual(await treesOf(submodule), ['/inner: https://example.com/inner.git', ': https://example.com/outer.git'].sort());
});

test('a folder that no working tree holds has none, and one without remotes has no addresses', async () => {
  await using fixture = await openFixture('-- a.yaml --\na: 1\n');
  assert.equal(await repositoryRoot(disk, `${fixture.root}/missing/folder`), undefined);
  assert.deepEqual(await treesOf('-- a.yaml --\na: 1\n'), []);
  assert.deepEqual(await treesOf('-- .git/HEAD --\nref: refs/heads/main\n'), [': ']);
});

test('a damaged configuration is no configuration', async () => {
  for (const text of ['gitdir: ../nowhere', 'gitdir:', '\0\0', '[remote "origin"', 'url = x', '[remote "origin"]\nurl\n']) {
    assert.equal((await treesOf(`-- .git/config --\n${text}\n`)).length, 1, text);
    assert.equal((await treesOf(`-- .git --\n${text}\n`)).length, 1, text);
  }
});
