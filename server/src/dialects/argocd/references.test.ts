import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from './references.ts';
import { sourceFile } from '../../workspace/source-file.ts';

function found(text: string): string[] {
  const file = sourceFile('/repo/argocd/apps.yaml', text);
  return file.documents.flatMap((placed) =>
    references(file, placed).map(({ field, text: written, target }) => {
      if (target.kind === 'object') return `${field} <${written}> is ${target.objectKind} ${target.name}`;
      assert.ok(target.kind === 'repositoryPath' && target.repository.kind === 'url' && target.path === written);
      return `${field} <${written}> in ${target.repository.url}`;
    }),
  );
}

const application = (spec: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n${spec}`;
const applicationSet = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shop}\nspec:\n  generators: []\n  template:\n    metadata: {name: shop}\n    spec:\n${spec}`;

test('an Application deploys the folder of its source', () => {
  assert.deepEqual(found(application('  source:\n    repoURL: https://example.com/fleet\n    path: apps/shop\n')), [
    'spec.source.path <apps/shop> in https://example.com/fleet',
  ]);
});

test('an Application may have several sources, of which charts have no path', () => {
  const sources = `  sources:
    - repoURL: https://charts.example.com
      chart: shop
    - repoURL: https://example.com/fleet
      ref: values
    - repoURL: https://example.com/fleet
      path: apps/shop
    - repoURL: https://example.com/other
      path: apps/more
`;
  assert.deepEqual(found(application(sources)), [
    'spec.sources[2].path <apps/shop> in https://example.com/fleet',
    'spec.sources[3].path <apps/more> in https://example.com/other',
  ]);
});

test("an ApplicationSet's template deploys a folder when nothing is to be filled in", () => {
  const field = 'spec.template.spec.source.path';
  const source = (path: string, url = 'https://example.com/fleet'): string =>
    applicationSet(`      source:\n        repoURL: ${url}\n        path: ${path}\n`);
  assert.deepEqual(found(source('apps/shop')), [`${field} <apps/shop> in https://example.com/fleet`]);
  assert.deepEqual(found(source("'{{path}}'")), []);
  assert.deepEqual(found(source("'apps/{{ .path.basename }}'")), []);
  assert.deepEqual(found(source('apps/shop', "'{{ .url }}'")), []);
});

test('other kinds and fields of the wrong shape lead nowhere', () => {
  assert.deepEqual(found('apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nspec: {source: {repoURL: a, path: b}}\n'), []);
  assert.deepEqual(found('apiVersion: app.k8s.io/v1beta1\nkind: Application\nspec: {source: {repoURL: a, path: b}}\n'), []);
  for (const kind of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.deepEqual(found(`apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nspec: {}\n`), [], kind);
  }
  for (const spec of [
    '  source: a\n',
    '  source: []\n',
    '  sources: {}\n',
    '  sources: [a, [b], null]\n',
    '  source: {repoURL: [], path: {}}\n',
    '  source: [\n',
  ]) {
    assert.deepEqual(found(application(spec)), [], spec);
  }
});

test('an Application belongs to a project', () => {
  assert.deepEqual(found(application('  project: shop\n')), ['spec.project <shop> is AppProject shop']);
  assert.deepEqual(found(applicationSet('      project: shop\n')), ['spec.template.spec.project <shop> is AppProject shop']);
  assert.deepEqual(found(applicationSet("      project: '{{ .team }}'\n")), []);
  assert.deepEqual(found(application("  project: ''\n")), []);
});
