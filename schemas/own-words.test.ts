import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Described } from './kubernetes.ts';
import { addOwnWords } from './own-words.ts';

function described(): Described {
  return {
    kinds: [{ apiVersion: 'example.com/v1', kind: 'Thing', project: 'flux', definition: 'flux:Thing', url: '', version: 'v1' }],
    definitions: new Map([
      ['flux:Thing', { properties: { spec: { properties: { sources: { items: { $ref: '#/$defs/flux:Source' } } } } } }],
      ['flux:Source', { properties: { url: { type: 'string' as const, description: 'Thin.' } } }],
    ]),
  };
}

async function withWords(file: string, text: string): Promise<Described> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-words-'));
  try {
    await writeFile(path.join(folder, file), text);
    const pool = described();
    await addOwnWords(pool, folder);
    return pool;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('words go to the field, through lists and references', async () => {
  const { definitions } = await withWords(
    'example.com.Thing.yaml',
    'fields:\n  spec.sources[].url:\n    description: Better.\n    example: "url: https://example.com"\n',
  );
  assert.deepEqual(definitions.get('flux:Source')?.properties?.['url'], {
    type: 'string',
    description: 'Better.',
    $comment: 'url: https://example.com',
  });
});

test('a field that is not there, and a kind that is not there, are named', async () => {
  await assert.rejects(
    withWords('example.com.Thing.yaml', 'fields:\n  spec.source.url: {description: x}\n'),
    /docs\/example\.com\.Thing\.yaml: the kind has no field spec\.source\.url/,
  );
  await assert.rejects(withWords('example.com.Other.yaml', 'description: x\n'), /docs\/example\.com\.Other\.yaml: no kind has this name/);
});
