import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { previewUri } from '../model/preview-uri.ts';
import { codeLenses } from './code-lens.ts';

test('a kustomization has a lens at its first line that says something', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\n# licence\n---\nresources: []\n-- app/a.yaml --\na: 1\n');
  const [lens, ...others] = codeLenses(opened.file('app/kustomization.yaml'));
  assert.equal(lens?.range.start.line, 2);
  assert.deepEqual(lens.argument, { preview: previewUri({ kind: 'kustomization', directory: `${opened.fixture.root}/app` }) });
  assert.deepEqual(others, []);
  assert.deepEqual(codeLenses(opened.file('app/a.yaml')), []);
});
