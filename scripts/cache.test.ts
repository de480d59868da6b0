import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { product } from './cache.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('A build product', () => {
  const folder = temporaryFolder('cache-test');
  const own = process.env['DRYDOCK_CACHE'];
  before(() => {
    process.env['DRYDOCK_CACHE'] = folder.path;
  });
  after(() => {
    if (own === undefined) delete process.env['DRYDOCK_CACHE'];
    else process.env['DRYDOCK_CACHE'] = own;
    folder[Symbol.dispose]();
  });

  const write = (text: string) => (made: string) => writeFile(path.join(made, 'file'), text);

  it('is made once for the same inputs, and anew for others', async () => {
    const first = await product('once', { paths: ['package.json'], facts: ['1'] }, write('first'));
    const again = await product('once', { paths: ['package.json'], facts: ['1'] }, write('again'));
    const other = await product('once', { paths: ['package.json'], facts: ['2'] }, write('other'));
    assert.equal(again, first);
    assert.equal(await readFile(path.join(first, 'file'), 'utf8'), 'first');
    assert.equal(await readFile(path.join(other, 'file'), 'utf8'), 'other');
  });

  it('is whole or not there', async () => {
    const failing = async (made: string): Promise<void> => {
      await write('half')(made);
      throw new Error('out of luck');
    };
    await assert.rejects(product('half', { paths: [], facts: [] }, failing), /out of luck/);
    assert.deepEqual(await readdir(path.join(folder.path, 'half')), []);
  });

  it('is the same for all who make it at the same time', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((text) => product('together', { paths: [], facts: [] }, write(text))));
    assert.equal(new Set(made).size, 1);
  });

  it('goes when it was not used for a week and another is made', async () => {
    const old = await product('old', { paths: [], facts: ['old'] }, write('old'));
    const used = await product('old', { paths: [], facts: ['used'] }, write('used'));
    const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    for (const made of [old, used]) await utimes(made, longAgo, longAgo);
    await product('old', { paths: [], facts: ['used'] }, write('not made again'));
    await product('old', { paths: [], facts: ['new'] }, write('new'));
    assert.deepEqual([existsSync(old), existsSync(used)], [false, true]);
  });
});
