import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { previewUri } from '../model/preview-uri.ts';
import { codeLenses } from './code-lens.ts';

test('a kustomization has a lens at its first line that says something', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\n# licence\n---\nresources: []\n-- app/a.yaml --\na: 1\n');
  const [lens, ...others] = codeLenses(opened.file('app/kustomization.yaml'), () => undefined);
  assert.equal(lens?.range.start.line, 2);
  assert.deepEqual(lens.argument, { preview: previewUri({ kind: 'kustomization', directory: `${opened.fixture.root}/app` }) });
  assert.deepEqual(others, []);
  assert.deepEqual(
    codeLenses(opened.file('app/a.yaml'), () => undefined),
    [],
  );
});

test('an ApplicationSet tells how many applications it generates, once that is known', async () => {
  await using opened = await openSession('-- set.yaml --\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\n');
  const titles = (count: number | undefined): string[] => codeLenses(opened.file('set.yaml'), () => count).map(({ title }) => title);
  assert.deepEqual(titles(undefined), ['$(versions) Applications', '$(open-preview) Open Rendered Preview']);
  assert.equal(titles(1)[0], '$(versions) 1 application');
  assert.equal(titles(12)[0], '$(versions) 12 applications');
});
