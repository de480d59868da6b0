import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotateValues, valuesText } from './annotated-values.ts';

test('behind each value stands where it comes from', () => {
  const yaml = 'image:\n  tag: "2"\nlist:\n- a\n- b\ntext: |\n  one\n  two\nempty: {}\n';
  const from = (path: readonly (string | number)[], origin: string, ...over: readonly string[]) => ({
    path,
    origin,
    place: undefined,
    over,
    shown: 'plain' as const,
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

test('what comes from a Secret is masked, and takes one line', () => {
  const secret = (path: readonly (string | number)[]) => ({
    path,
    origin: 'secret.yaml:3',
    place: undefined,
    over: [],
    shown: 'masked' as const,
  });
  assert.equal(
    annotateValues('key: |\n  line one\n  line two\nplain: sure\nport: 5432\n', [secret(['key']), secret(['plain']), secret(['port'])]),
    'key: "********"  # secret.yaml:3\nplain: "********"  # secret.yaml:3\nport: "********"  # secret.yaml:3\n',
  );
});

test('a text of several lines has its comment where YAML lets one stand', () => {
  const values = [{ path: ['a'], origin: 'x:1', place: undefined, over: [], shown: 'plain' as const }];
  assert.equal(annotateValues('a: "one\n\n  two"\nb: 1\n', values), 'a: "one\n\n  two"  # x:1\nb: 1\n');
});

test('several charts have a heading each', () => {
  const chart = (heading: string) => ({ heading, yaml: 'a: 1\n', values: [] });
  assert.equal(valuesText('app', ['A note.'], [chart('one')]), '# Effective values of app\n# A note.\na: 1\n');
  assert.equal(valuesText('app', [], [chart('one'), chart('two')]), '# Effective values of app\n# one\na: 1\n---\n# two\na: 1\n');
});
