import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromOpenApi, type OpenApiSchema } from './openapi.ts';
import { resource } from './resource.ts';

const convert = (schema: OpenApiSchema): unknown => fromOpenApi(schema, (ref) => ref.replace('#/definitions/', '#/$defs/'));

test('known fields only, unless the API server keeps unknown ones', () => {
  const properties = { a: { type: 'string' } } as const;
  assert.deepEqual(convert({ type: 'object', properties }), { type: 'object', properties, additionalProperties: false });
  assert.deepEqual(convert({ type: 'object', properties, 'x-kubernetes-preserve-unknown-fields': true }), { type: 'object', properties });
  assert.deepEqual(convert({ type: 'object' }), { type: 'object' });
  assert.deepEqual(convert({ type: 'object', additionalProperties: { type: 'string' } }), {
    type: 'object',
    additionalProperties: { type: 'string' },
  });
});

test('types that JSON schema writes differently', () => {
  assert.deepEqual(convert({ 'x-kubernetes-int-or-string': true }), { type: ['integer', 'string'] });
  assert.deepEqual(convert({ type: 'string', format: 'int-or-string' }), { type: ['integer', 'string'] });
  assert.deepEqual(convert({ type: 'string', nullable: true }), { type: ['string', 'null'] });
});

test('a reference keeps what is said at its place', () => {
  assert.deepEqual(convert({ description: 'Here.', $ref: '#/definitions/A' }), { description: 'Here.', $ref: '#/$defs/A' });
  assert.deepEqual(convert({ default: {}, description: 'Here.', allOf: [{ $ref: '#/definitions/A' }] }), {
    description: 'Here.',
    $ref: '#/$defs/A',
  });
});

test('a manifest says what it is, and its status is nobody’s business', () => {
  const { properties, required } = resource(
    { type: 'object', properties: { metadata: {}, spec: {}, status: { type: 'object', properties: { a: {} } } }, required: ['spec'] },
    'example.com/v1',
    'Thing',
  );
  assert.equal(properties?.['apiVersion']?.const, 'example.com/v1');
  assert.deepEqual(required, ['apiVersion', 'kind', 'metadata', 'spec']);
  assert.equal(properties['status']?.doNotSuggest, true);
  assert.equal(properties['status'].properties, undefined);
});
