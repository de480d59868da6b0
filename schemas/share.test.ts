import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonSchema } from '../server/src/schemas/json-schema.ts';
import { share } from './share.ts';

/** Long enough to be worth a definition. */
const patch = (description: string): JsonSchema => ({
  description,
  type: 'object',
  properties: {
    target: { type: 'string', description: 'What the patch is applied to, in words that are long enough.' },
    patch: { type: 'string' },
  },
  additionalProperties: false,
});

test('equal parts become one definition, each place keeps its description', () => {
  const root: JsonSchema = {
    type: 'object',
    properties: { patch: patch('One.'), patches: { type: 'array', items: patch('Many.') }, name: { type: 'string' } },
  };
  const definitions = share(new Map([['flux:Thing', root]]), 'flux');
  assert.deepEqual([...definitions.keys()], ['flux:Patch', 'flux:Thing']);
  assert.deepEqual(definitions.get('flux:Thing')?.properties, {
    patch: { description: 'One.', $ref: '#/$defs/flux:Patch' },
    patches: { type: 'array', items: { description: 'Many.', $ref: '#/$defs/flux:Patch' } },
    name: { type: 'string' },
  });
  assert.equal(definitions.get('flux:Patch')?.description, undefined);
});

test('what is there once stays where it is', () => {
  const root: JsonSchema = { type: 'object', properties: { patch: patch('One.') } };
  assert.deepEqual(share(new Map([['flux:Thing', root]]), 'flux').get('flux:Thing'), root);
});
