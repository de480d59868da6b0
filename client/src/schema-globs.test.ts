import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaGlobs } from './schema-globs.ts';

test('files that the settings map to a schema are told, at any depth', () => {
  const schemas = { kubernetes: ['/k8s/**', '*.k8s.yaml'], 'https://example.com/values.json': '**/values.yaml' };
  assert.deepEqual(schemaGlobs({ schemas, useStore: false }), ['**/*.k8s.yaml', '**/k8s/**', '**/values.yaml']);
});

test('the schema store covers kustomizations', () => {
  assert.deepEqual(schemaGlobs({ schemas: {}, useStore: true }), ['**/kustomization.yaml', '**/kustomization.yml']);
});
