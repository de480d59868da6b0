import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderedFolds } from './rendered-folding.ts';

/** Each fold as its first line and the number of lines that it hides. */
function folds(text: string): string[] {
  const lines = text.split('\n');
  return renderedFolds(text).map(({ startLine, endLine }) => `${lines[startLine]} +${endLine - startLine}`);
}

test('a resource folds, and each block in it, also a list as far left as its key', () => {
  const text = `# overlays/dev: 2 resources
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: a
    env:
      - name: X
        value: y

  - name: b
  hostNetwork: true
---
apiVersion: v1
data:
  text: |
    one

    two
kind: ConfigMap
`;
  assert.deepEqual(folds(text), [
    'apiVersion: v1 +10',
    'spec: +8',
    '  containers: +6',
    '  - name: a +3',
    '    env: +2',
    '      - name: X +1',
    'apiVersion: v1 +6',
    'data: +4',
    '  text: | +3',
  ]);
});

test('one line folds nothing', () => {
  assert.deepEqual(folds('# a: 1 resource\nkind: A\n'), []);
  assert.deepEqual(folds('# a: 0 resources\n'), []);
});
