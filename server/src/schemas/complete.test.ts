import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kustomizationKind, service, typed } from './pool-in-test.ts';
import type { KindName } from '../workspace/kind-name.ts';
import type { Suggestion } from './complete.ts';

/** Suggestions at `$0`. */
async function complete(text: string, kind?: KindName): Promise<readonly Suggestion[]> {
  const written = text.replace('$0', '');
  return service.complete(kind ? typed(written, 'applied', kind) : typed(written), text.indexOf('$0'));
}

const head = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\n';

test('fields, each with its type and documentation; required ones first', async () => {
  const suggestions = await complete(`${head}spec:\n  $0`);
  const interval = suggestions.find(({ label }) => label === 'interval');
  assert.equal(interval?.detail, 'string, required');
  assert.match(interval.documentation ?? '', /^\*\*interval\*\* · `string` · required/);
  assert.equal(interval.sortText, '0interval');
  assert.ok(suggestions.some(({ label }) => label === 'suspend'));
});

test('fields that are there, that controllers write, or that are legacy are not suggested', async () => {
  const root = (await complete(`${head}$0`)).map(({ label }) => label);
  assert.deepEqual(root, ['spec']);
  const legacy = (await complete('$0', kustomizationKind)).map(({ label }) => label);
  assert.ok(legacy.includes('resources'));
  assert.ok(!legacy.includes('bases'));
});

test('a field begun replaces what was written', async () => {
  const [suggestion] = (await complete(`${head}spec:\n  inter$0`)).filter(({ label }) => label === 'interval');
  assert.deepEqual(suggestion?.span, { start: head.length + 8, end: head.length + 13 });
});

test('a field is written as it stands in the file, without our example of it', async () => {
  const texts = new Map((await complete(`${head}spec:\n  $0`)).map(({ label, text }) => [label, text]));
  assert.equal(texts.get('interval'), 'interval: ');
  assert.equal(texts.get('path'), 'path: ');
  assert.equal(texts.get('dependsOn'), 'dependsOn:\n  - name: ');
  assert.equal(texts.has('object'), false);
  assert.deepEqual(await complete(`${head}spec:\n  path: ./$0`), []);
});

test('values, documented as their field', async () => {
  const suggestions = await complete(`${head}spec:\n  sourceRef:\n    kind: $0`);
  assert.deepEqual(suggestions.map(({ label }) => label).sort(), ['Bucket', 'ExternalArtifact', 'GitRepository', 'OCIRepository']);
  assert.match(suggestions[0]?.documentation ?? '', /^\*\*kind\*\*/);
});

test('inside items of a list, wherever its dashes stand', async () => {
  for (const list of ['configMapGenerator:\n- name: a\n  $0', 'configMapGenerator:\n  - name: a\n    $0', 'configMapGenerator:\n- $0']) {
    const suggestions = await complete(`${list}\n`, kustomizationKind);
    const literals = suggestions.find(({ label }) => label === 'literals');
    assert.ok(literals, `${JSON.stringify(list)}: ${suggestions.map(({ label }) => label).join()}`);
    assert.equal(literals.detail, '[]string');
  }
});

test('nothing for documents without a schema', async () => {
  assert.deepEqual(await complete('a: $0\n'), []);
});
