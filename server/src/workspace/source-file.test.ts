import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentAt, rangeOf, sourceFile } from './source-file.ts';

const text = 'a: 1\n---\nb: 2\n---\nc: 3\n';

test('a document whose text did not change stays the same object, also when it moves', () => {
  const before = sourceFile('/repo/a.yaml', text);
  const after = sourceFile('/repo/a.yaml', `x: 0\n${text.replace('b: 2', 'b: 20')}`, before);
  const [a0, b0, c0] = before.documents;
  const [a1, b1, c1] = after.documents;
  assert.notEqual(a1?.document, a0?.document);
  assert.notEqual(b1?.document, b0?.document);
  assert.equal(c1?.document, c0?.document);
  assert.equal(c1?.start, (c0?.start ?? 0) + 6);
});

test('a file whose text did not change stays the same object', () => {
  const before = sourceFile('/repo/a.yaml', text);
  assert.equal(sourceFile('/repo/a.yaml', text, before), before);
  assert.notEqual(sourceFile('/repo/b.yaml', text, before), before);
});

test('offsets in documents become lines of the file', () => {
  const file = sourceFile('/repo/a.yaml', 'a: ä\r\n---\r\nb: "🚢" # x\r\n');
  const [, second] = file.documents;
  assert.ok(second);
  const at = second.document.text.indexOf('x');
  assert.deepEqual(rangeOf(file, second, { start: at, end: at + 1 }), {
    start: { line: 2, character: 10 },
    end: { line: 2, character: 11 },
  });
});

test('an offset belongs to the document that it stands in; a mark to the one that it begins', () => {
  const file = sourceFile('/repo/a.yaml', text);
  const indexAt = (offset: number): number => file.documents.findIndex((placed) => placed === documentAt(file, offset));
  assert.deepEqual([0, text.indexOf('---') - 1, text.indexOf('---'), text.indexOf('b'), text.length].map(indexAt), [0, 0, 1, 1, 2]);
  assert.equal(indexAt(text.indexOf('c')), 2);
});

test('the URI of a file with any name leads back to its path', () => {
  assert.equal(sourceFile('/repo/é #%?名.yaml', '').uri, 'file:///repo/%C3%A9%20%23%25%3F%E5%90%8D.yaml');
});
