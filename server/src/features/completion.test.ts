import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { completions } from './completion.ts';

test('completions replace what is written, in the document that the cursor is in', async () => {
  await using opened = await openSession(
    '-- a.yaml --\na: 1\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  repl$0\n',
  );
  const { file, offset } = opened.cursor();
  const found = await completions(opened.session.view, opened.session.schemas, file, offset);
  const replicas = found.find(({ label }) => label === 'replicas');
  assert.deepEqual(replicas?.range.start, { line: 7, character: 2 });
  assert.equal(file.lines.getText(replicas.range), 'repl');
});
