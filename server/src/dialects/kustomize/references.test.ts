import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { references } from './references.ts';
import { sourceFile } from '../../workspace/source-file.ts';

/** The references of a kustomization at /repo/app: `field <text> -> target`. */
function found(text: string, path = '/repo/app/kustomization.yaml'): string[] {
  const file = sourceFile(path, text);
  return file.documents.flatMap((placed) =>
    references(file, placed).map(({ field, text: written, target, span }) => {
      assert.ok(placed.document.text.slice(span.start, span.end).includes(written), 'the span is where it is written');
      const to = target.kind === 'path' ? `${target.path} (${target.expects})` : target.kind;
      return `${field} <${written}> -> ${to}`;
    }),
  );
}

describe('every field that names files is known, with what it expects', () => {
  const cases: readonly (readonly [string, ...(readonly string[])])[] = [
    [
      'resources: [a.yaml, ../base]',
      'resources <a.yaml> -> /repo/app/a.yaml (fileOrKustomization)',
      'resources <../base> -> /repo/base (fileOrKustomization)',
    ],
    ['bases: [../base]', 'bases <../base> -> /repo/base (kustomization)'],
    ['components: [../c]', 'components <../c> -> /repo/c (kustomization)'],
    ['crds: [a.json]', 'crds <a.json> -> /repo/app/a.json (file)'],
    ['configurations: [a.yaml]', 'configurations <a.yaml> -> /repo/app/a.yaml (file)'],
    ['generators: [g]', 'generators <g> -> /repo/app/g (fileOrKustomization)'],
    ['transformers: [t]', 'transformers <t> -> /repo/app/t (fileOrKustomization)'],
    ['validators: [v]', 'validators <v> -> /repo/app/v (fileOrKustomization)'],
    ['patchesStrategicMerge: [p.yaml]', 'patchesStrategicMerge <p.yaml> -> /repo/app/p.yaml (file)'],
    ['patches: [{path: p.yaml, target: {kind: a}}]', 'patches.path <p.yaml> -> /repo/app/p.yaml (file)'],
    ['patchesJson6902: [{path: p.yaml}]', 'patchesJson6902.path <p.yaml> -> /repo/app/p.yaml (file)'],
    ['replacements: [{path: r.yaml}]', 'replacements.path <r.yaml> -> /repo/app/r.yaml (file)'],
    ['openapi: {path: schema.json}', 'openapi.path <schema.json> -> /repo/app/schema.json (file)'],
    ['configMapGenerator: [{files: [a.txt]}]', 'configMapGenerator.files <a.txt> -> /repo/app/a.txt (file)'],
    ['configMapGenerator: [{files: [key=a=b.txt]}]', 'configMapGenerator.files <key=a=b.txt> -> /repo/app/a=b.txt (file)'],
    [
      'secretGenerator: [{envs: [.env], env: b.env}]',
      'secretGenerator.envs <.env> -> /repo/app/.env (file)',
      'secretGenerator.env <b.env> -> /repo/app/b.env (file)',
    ],
    [
      'helmCharts: [{valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}]',
      'helmCharts.valuesFile <v.yaml> -> /repo/app/v.yaml (file)',
      'helmCharts.additionalValuesFiles <w.yaml> -> /repo/app/w.yaml (file)',
    ],
    ['resources: ["a b#%.yaml"]', 'resources <a b#%.yaml> -> /repo/app/a b#%.yaml (fileOrKustomization)'],
    ['resources: [https://example.com/a.yaml]', 'resources <https://example.com/a.yaml> -> remote'],
    ['list: &l [a.yaml]\nresources: *l', 'resources <a.yaml> -> /repo/app/a.yaml (fileOrKustomization)'],
  ];
  for (const [text, ...expected] of cases) test(text, () => assert.deepEqual(found(text), expected));
});

test('what is written inline is no path', () => {
  assert.deepEqual(found('patchesStrategicMerge:\n  - |\n    kind: Deployment\n  - "{kind: Deployment}"\n'), []);
  assert.deepEqual(found('patches:\n  - patch: |-\n      - op: remove\n'), []);
  assert.deepEqual(found('generators:\n  - |\n    kind: a\n'), []);
  assert.deepEqual(found('configMapGenerator: [{literals: [a=b.txt]}]'), []);
});

test('fields of the wrong shape hold no paths', () => {
  for (const text of [
    '',
    '- a',
    'hello',
    'resources: a.yaml',
    'resources: {a: b}',
    'resources: [[a], {b: c}, null, ""]',
    'patches: [a, [b]]',
    'configMapGenerator: {files: [a]}',
    'openapi: []',
    'resources:\n  -\n',
    '{',
    'resources: [\n',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('only kustomizations hold such fields: those that are named so, and those that say so', () => {
  assert.equal(found('resources: [a]', '/repo/app/other.yaml').length, 0);
  assert.equal(found('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a]', '/repo/app/other.yaml').length, 1);
  assert.equal(found('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nresources: [a]').length, 0);
  assert.equal(found('kind: Component\nresources: [a]', '/repo/app/Kustomization').length, 1);
});
