import assert from 'node:assert/strict';
import { test } from 'node:test';
import { URI } from 'vscode-uri';
import type { Pipeline } from './pipeline.ts';
import { pipelineOf, previewUri } from './preview-uri.ts';

const flux = { kind: 'object', group: 'kustomize.toolkit.fluxcd.io', objectKind: 'Kustomization', namespace: 'flux-system' } as const;
const apps: Pipeline = { ...flux, name: 'apps', within: { kind: 'file', path: '/repo/clusters/dev/apps.yaml' } };

const pipelines: readonly Pipeline[] = [
  { kind: 'kustomization', directory: '/repo/overlays/dev' },
  { kind: 'kustomization', directory: '/c:/a folder #1/50% done?' },
  { kind: 'chart', chart: '/repo/charts/web', values: '' },
  { kind: 'chart', chart: '/repo/charts/web-1.0.0.tgz', values: '' },
  { kind: 'chart', chart: '/repo/charts/web', values: '/repo/charts/web/values-a b.yaml' },
  apps,
  { ...flux, namespace: '', name: 'a/b&c=d #1', within: { kind: 'file', path: '/repo/a b.yaml' } },
  { ...flux, name: '..', within: apps },
  { ...flux, name: 'x', within: { kind: 'kustomization', directory: '/repo/overlays/dev' } },
  { ...flux, name: 'x', within: { ...flux, name: 'y', within: { kind: 'chart', chart: '/repo/charts/web', values: '' } } },
];

for (const pipeline of pipelines) {
  test(`${previewUri(pipeline)} leads back to its pipeline`, () => {
    const uri = previewUri(pipeline);
    assert.deepEqual(pipelineOf(uri), pipeline);
    // An editor parses it and writes it anew.
    assert.equal(URI.parse(uri).toString(), uri);
  });
}

test('a tab shows what people call it', () => {
  assert.equal(URI.parse(previewUri(apps)).path, '/repo/clusters/dev/apps.yaml/Kustomization/apps.rendered');
  assert.equal(URI.parse(previewUri({ kind: 'kustomization', directory: '/repo/overlays/dev' })).path, '/repo/overlays/dev.rendered');
});

test('other URIs are no previews', () => {
  assert.equal(pipelineOf('file:///repo/overlays/dev.rendered'), undefined);
  assert.equal(pipelineOf('drydock-rendered:/repo/overlays/dev'), undefined);
});
