import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderedSymbols } from './rendered-symbols.ts';

/** Each symbol as its name and detail, its lines from 1 on, and the text that is selected. */
function outline(text: string): string[] {
  const lines = text.split('\n');
  return renderedSymbols(text).map(({ name, detail, range, selectionRange: { start, end } }) => {
    const selected = lines[start.line]?.slice(start.character, end.character);
    return `${name} [${detail}] ${range.start.line + 1}-${range.end.line + 1} "${selected}"`;
  });
}

test('resources are symbols, with their namespace beside them and their name to jump to', () => {
  const text = `# overlays/dev: 2 resources
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    name: not this
    text: |
      name: nor this
  labels:
    name: nor-that
  name: shop
  namespace: shop-dev
spec:
  replicas: 1
---
# Source: shop/templates/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
    name: "shop-dev"
`;
  assert.deepEqual(outline(text), ['Deployment shop [shop-dev] 2-14 "shop"', 'Namespace shop-dev [] 17-20 ""shop-dev""']);
});

test('what is written in another way is found by the parser', () => {
  const flow = '# a: 1 resource\nkind: Role\nmetadata: {name: reader, namespace: x}\n';
  assert.deepEqual(outline(flow), ['Role reader [x] 2-3 "reader"']);
  assert.deepEqual(outline('{"kind": "Role", "metadata": {"name": "reader"}}\n'), ['Role reader [] 1-1 ""reader""']);
  assert.deepEqual(outline('kind: Role\nmetadata:\n  name: &n reader\n  namespace: >-\n    x\n'), ['Role reader [x] 1-5 "reader"']);
});

test('what has no name or kind is a symbol still, and comments are none', () => {
  assert.deepEqual(outline('kind: List\nitems: []\n---\na: 1\n---\n# nothing\n'), [
    'List (unnamed) [] 1-2 ""',
    '(no kind) (unnamed) [] 4-4 ""',
  ]);
  assert.deepEqual(outline('# overlays/dev: rendering…\n'), []);
  assert.deepEqual(outline('# a does not render:\n#   gone\n'), []);
});
