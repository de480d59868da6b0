// What is kept of copies, and for how long; a real folder.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Source } from '../engine/source.ts';
import { clearCopies, findKept, keep, keptUnused, note, removeUnused, sizeOfCopies, staging } from './copies.ts';

const source = (revision: string): Source => ({ kind: 'git', url: 'https://example.com/acme/base', name: '', revision });
const commit = (digit: string): string => `git/example.com/acme/base/${digit.repeat(40)}`;

/** A cache that is gone when it goes out of scope. */
async function openCache(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-copies-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function keepFolder(cache: string, copy: string): Promise<void> {
  await using stage = await staging(cache);
  await writeFile(path.join(stage.folder, 'a.yaml'), 'a: b\n');
  await keep(cache, stage.folder, copy);
}

async function notes(cache: string): Promise<string[]> {
  return (await readdir(path.join(cache, 'known'))).map((name) => path.join(cache, 'known', name));
}

test('what nobody used for long is removed; what was found meanwhile, or is in use, stays', async () => {
  await using cache = await openCache();
  const { folder } = cache;
  for (const [revision, digit] of [
    ['found', 'a'],
    ['forgotten', 'b'],
    ['held', 'c'],
    ['fresh', 'd'],
  ] as const) {
    await keepFolder(folder, commit(digit));
    await note(folder, source(revision), { copy: commit(digit), exact: digit.repeat(40) });
  }
  // A branch that has moved since: no note names its older commit.
  await keepFolder(folder, commit('e'));
  const later = Date.now() + keptUnused + 60_000;
  const place = (digit: string): string => path.join(folder, commit(digit));
  const longAgo = new Date(Date.now() - keptUnused / 2);
  for (const file of await notes(folder)) await utimes(file, longAgo, longAgo);
  assert.equal(await findKept(folder, source('found')), place('a'), 'which counts as a use');
  await removeUnused(folder, [source('held')], Date.now() + keptUnused * 0.75);
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].filter((digit) => existsSync(place(digit))),
    ['a', 'b', 'c', 'd', 'e'],
    'the folders are young yet',
  );
  assert.equal(await findKept(folder, source('forgotten')), undefined);
  await removeUnused(folder, [source('found'), source('held')], later);
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].filter((digit) => existsSync(place(digit))),
    ['a', 'c'],
  );
});

test('what was begun and never finished is removed a day later, and nothing that is not ours ever', async () => {
  await using cache = await openCache();
  const { folder } = cache;
  await mkdir(path.join(folder, 'unfinished-x'));
  await writeFile(path.join(folder, 'mine.txt'), 'mine');
  await removeUnused(folder, [], Date.now());
  assert.deepEqual((await readdir(folder)).sort(), ['mine.txt', 'unfinished-x']);
  await removeUnused(folder, [], Date.now() + 2 * keptUnused);
  assert.deepEqual(await readdir(folder), ['mine.txt']);
});

test('the room that copies take is told, and free when they are cleared', async () => {
  await using cache = await openCache();
  const { folder } = cache;
  assert.equal(await sizeOfCopies(path.join(folder, 'gone')), 0);
  await writeFile(path.join(folder, 'mine.txt'), 'mine');
  assert.equal(await sizeOfCopies(folder), 0);
  await keepFolder(folder, commit('a'));
  await note(folder, source('v1'), { copy: commit('a'), exact: 'a'.repeat(40) });
  const [file = ''] = await notes(folder);
  assert.equal(await sizeOfCopies(folder), 'a: b\n'.length + (await stat(file)).size);
  await clearCopies(folder);
  assert.equal(await sizeOfCopies(folder), 0);
  assert.deepEqual(await readdir(folder), ['mine.txt']);
});
