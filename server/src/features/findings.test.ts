import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { findingsIn } from './findings.ts';

test('findings stand where their document stands; templates of charts have none, nor have checks that are left to others', async () => {
  const wrong = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nwrong: 1\n';
  await using opened = await openSession(
    `-- a.yaml --\n${wrong}---\n# empty\n---\n${wrong}-- chart/Chart.yaml --\nname: a\n-- chart/templates/sub/a.yaml --\n${wrong}{{ end }}\n-- templates/a.yaml --\n${wrong}`,
  );
  const { view, schemas } = opened.session;
  const lines = async (name: string, checks = { schemas }) =>
    (await findingsIn(view, opened.file(name), checks)).map(({ range }) => range.start.line);
  assert.deepEqual(await lines('a.yaml'), [3, 10]);
  assert.deepEqual(await lines('chart/templates/sub/a.yaml'), []);
  assert.deepEqual(await lines('templates/a.yaml'), [3]);
  assert.deepEqual(await findingsIn(view, opened.file('a.yaml'), { schemas: undefined }), []);
});
