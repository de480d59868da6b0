import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Lines, changedLines } from './changed-lines.ts';

function changed(before: string, after: string, patience?: number): string[] {
  return changedLines(before.split(' '), after.split(' '), patience).map(({ start, end }) => `${start}-${end}`);
}

test('lines that came or are others are found, each by itself', () => {
  assert.deepEqual(changed('a b c d', 'a b c d'), []);
  assert.deepEqual(changed('a b c d', 'a x c d'), ['1-2']);
  assert.deepEqual(changed('a b c d', 'a b x y c d'), ['2-4']);
  assert.deepEqual(changed('a b c d e f', 'A b c D e x f'), ['0-1', '3-4', '5-6']);
});

test('where lines went away, the next one is marked, or the last', () => {
  assert.deepEqual(changed('a b c d', 'a d'), ['1-2']);
  assert.deepEqual(changed('a b c d', 'a b c'), ['2-3']);
});

test('beyond its patience all between the first and the last change counts', () => {
  assert.deepEqual(changed('a b c d e f', 'A b c D e f', 2), ['0-4']);
});

test('what is not marked is in the text before, in its order', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 60 }), (before, after, patience) => {
      const marked = changedLines(before, after, patience);
      const isMarked = (line: number): boolean => marked.some(({ start, end }: Lines) => line >= start && line < end);
      const kept = after.filter((_, line) => !isMarked(line));
      let at = 0;
      for (const line of before) if (line === kept[at]) at += 1;
      assert.equal(at, kept.length);
      assert.equal(marked.length === 0, before.join() === after.join());
      assert.ok(marked.every(({ start, end }) => start >= 0 && start < end && end <= after.length));
    }),
  );
});

test('a large text costs little', () => {
  const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index}`);
  const begin = performance.now();
  assert.equal(changedLines(lines, lines.with(10, 'x').with(199_000, 'y')).length, 2);
  assert.equal(
    changedLines(
      lines,
      lines.map((line) => `${line}!`),
    ).length,
    1,
  );
  assert.ok(performance.now() - begin < 2000);
});
