import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dottedSpan } from './dotted-path.ts';
import { treeOf, yamlDocument } from './yaml-document.ts';

const text = `spec:
  generators:
    - list:
        elements:
          - name: a
          - name: b
            app: {}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: x
        app: y
`;

function at(path: string): string | undefined {
  const span = dottedSpan(treeOf(yamlDocument(text)), path);
  return span && `${text.slice(0, span.start).split('\n').length}:${text.slice(span.start, span.end)}`;
}

test('a field is found by the name that controllers give it', () => {
  assert.equal(at('spec.generators[0].list.elements[1].name'), '6:b');
  assert.equal(at('spec.generators[0].list.elements[1]'), '6:name');
  assert.equal(at('spec.generators[0].list'), '3:list');
  assert.equal(at('spec.template.metadata.labels.app.kubernetes.io/name'), '11:x');
  assert.equal(at('spec.template.metadata.labels.app'), '12:y');
});

test('of a path that is not there, the last field that is', () => {
  assert.equal(at('spec.template.spec.source.path'), '8:template');
  assert.equal(at('spec.generators[7].git'), '2:generators');
  assert.equal(at('status'), undefined);
});
