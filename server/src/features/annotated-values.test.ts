import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotateValues } from './annotated-values.ts';

test('behind each value stands where it comes from', () => {
  const yaml = 'image:\n  tag: "2"\nlist:\n- a\n- b\ntext: |\n  one\n  two\nempty: {}\n';
  const from = (path: readonly (string | number)[], origin: string, ...over: readonly string[]) => ({
    path,
    origin,
    place: undefined,
    over,
  });
  assert.equal(
    annotateValues(yaml, [
      from(['image', 'tag'], 'prod.yaml:3', 'values.yaml:2'),
      from(['list', 0], 'values.yaml:5'),
      from(['list', 1], 'values.yaml:6'),
      from(['text'], ''),
      from(['empty'], '--set empty'),
      from(['gone'], 'x'),
    ]),
    'image:\n  tag: "2"  # prod.yaml:3, over values.yaml:2\nlist:\n- a  # values.yaml:5\n- b  # values.yaml:6\n' +
      'text: |  # unknown\n  one\n  two\nempty: {}  # --set empty\n',
  );
});
