import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { defaultSettings } from '../protocol/src/options.ts';
import { usage } from '../cli/src/usage.ts';
import { root } from './cache.ts';
import { type Manifest, manifestDocument } from './manifest-document.ts';

const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;

test('docs/settings.md is made from package.json (DRYDOCK_UPDATE=1 makes it)', async () => {
  const page = path.join(root, 'docs', 'settings.md');
  if (process.env['DRYDOCK_UPDATE']) await writeFile(page, manifestDocument(manifest));
  assert.equal(await readFile(page, 'utf8'), manifestDocument(manifest));
});

test('docs/command-line.md says what drydock help says', async () => {
  const page = await readFile(path.join(root, 'docs', 'command-line.md'), 'utf8');
  assert.ok(page.includes(`\`\`\`\n${usage}\`\`\`\n`), 'its block of usage is another');
});

test('every setting that the server reads is in package.json, with the default that other editors get', () => {
  const { properties } = manifest.contributes.configuration;
  for (const [name, value] of settingsIn(defaultSettings, 'drydock')) assert.deepEqual(properties[name]?.default, value, name);
});

/** The settings of a section by their names; a section within has settings of its own, and maps are values. */
function* settingsIn(section: object, prefix: string): Generator<readonly [name: string, value: unknown]> {
  for (const [key, value] of Object.entries(section) as [string, unknown][]) {
    const name = `${prefix}.${key}`;
    if (isRecord(value) && Object.keys(value).length > 0) yield* settingsIn(value, name);
    else yield [name, value];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
