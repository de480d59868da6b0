import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { typedDocument } from './typed-document.ts';

test('what kustomize makes of a file decides what it may lack', async () => {
  await using opened = await openSession(
    '-- kustomization.yaml --\nresources: [a.yaml]\npatches: [{path: b.yaml}]\n-- a.yaml --\na: 1\n-- b.yaml --\nb: 1\n-- c.yaml --\nc: 1\n',
  );
  const role = (name: string): string => {
    const file = opened.file(name);
    return typedDocument(opened.session.view, file, file.documents[0]!).role;
  };
  assert.deepEqual(['a.yaml', 'b.yaml', 'c.yaml'].map(role), ['kustomized', 'patch', 'applied']);
});
