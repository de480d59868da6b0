import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { rulesDocument } from './rules-document.ts';

const page = new URL('../../../docs/rules.md', import.meta.url);

test('docs/rules.md is made from the rules (DRYDOCK_UPDATE=1 makes it)', async () => {
  if (process.env['DRYDOCK_UPDATE']) await writeFile(page, rulesDocument());
  assert.equal(await readFile(page, 'utf8'), rulesDocument());
});
