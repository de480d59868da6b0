import assert from 'node:assert/strict';
import { test } from 'node:test';
import { references } from './references.ts';
import { sourceFile } from '../../workspace/source-file.ts';

const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./apps/dev
  sourceRef:
    kind: GitRepository
    name: fleet
`;

function found(text: string) {
  const file = sourceFile('/repo/clusters/dev/apps.yaml', text);
  return file.documents.flatMap((placed) =>
    references(file, placed).map(({ field, text: written, target }) => ({ field, text: written, target })),
  );
}

const repository = {
  kind: 'object',
  group: 'source.toolkit.fluxcd.io',
  objectKind: 'GitRepository',
  namespace: 'flux-system',
  name: 'fleet',
};

test('the path of a Kustomization is meant in the repository of its source', () => {
  assert.deepEqual(found(kustomization), [
    { field: 'spec.path', text: './apps/dev', target: { kind: 'repositoryPath', path: './apps/dev', repository } },
  ]);
});

test('a source may have a namespace of its own', () => {
  const [reference] = found(`${kustomization}    namespace: sources\n`);
  assert.deepEqual(reference?.target, { kind: 'repositoryPath', path: './apps/dev', repository: { ...repository, namespace: 'sources' } });
});

test('each document has its own', () => {
  assert.equal(found(`${kustomization}---\n${kustomization}`).length, 2);
});

test('paths in buckets and artifacts, paths that Flux fills in later, and missing paths lead nowhere', () => {
  assert.deepEqual(found(kustomization.replace('GitRepository', 'OCIRepository')), []);
  assert.deepEqual(found(kustomization.replace('GitRepository', 'Bucket')), []);
  assert.deepEqual(found(kustomization.replace('/dev', '/${environment}')), []);
  assert.deepEqual(found(kustomization.replace('/dev', '/${environment:=dev}')), []);
  assert.deepEqual(found(kustomization.replace('  path: ./apps/dev\n', '')), []);
});

test("kustomize's own Kustomization is another thing", () => {
  assert.deepEqual(found(kustomization.replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1beta1')), []);
});

test('fields of the wrong shape lead nowhere', () => {
  for (const text of [
    'spec: []',
    'spec: {path: [], sourceRef: a}',
    'spec: {path: a, sourceRef: []}',
    'spec: {path: a, sourceRef: {kind: [GitRepository]}}',
    'spec: [',
  ]) {
    assert.deepEqual(found(`apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n${text}\n`), [], text);
  }
});
