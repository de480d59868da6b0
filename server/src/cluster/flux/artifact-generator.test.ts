import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ArtifactGenerator, copiedFrom } from './artifact-generator.ts';

const generator: ArtifactGenerator = {
  apiVersion: 'source.extensions.fluxcd.io/v1beta1',
  kind: 'ArtifactGenerator',
  metadata: { name: 'fleet', namespace: 'flux-system', uid: '', resourceVersion: '', creationTimestamp: '' },
  spec: {
    sources: [{ alias: 'fleet', kind: 'GitRepository', name: 'fleet' }],
    artifacts: [
      {
        name: 'apps',
        copy: [
          { from: '@fleet/apps/base/**', to: '@artifact/base/' },
          { from: '@fleet/apps/staging/**', to: '@artifact/staging/' },
          { from: '@fleet/charts/web', to: '@artifact/charts/' },
          { from: '@fleet/policies/*.yaml', to: '@artifact/policies/' },
          { from: '@other/apps/**', to: '@artifact/' },
        ],
      },
      { name: 'infrastructure', copy: [{ from: '@fleet/infrastructure/**', to: '@artifact/' }] },
      { name: 'all', copy: [{ from: '@fleet/**', to: '@artifact/' }] },
    ],
  },
};
const fleet = { kind: 'GitRepository', name: 'fleet', namespace: 'flux-system' };

for (const [artifact, folder, path] of [
  ['apps', './staging', 'apps/staging'],
  ['apps', 'staging/eu/', 'apps/staging/eu'],
  ['apps', 'charts/web', 'charts/web'],
  ['infrastructure', './configs', 'infrastructure/configs'],
  ['infrastructure', '.', 'infrastructure'],
  ['all', './apps', 'apps'],
] as const)
  test(`${folder} of the artifact ${artifact} is copied from ${path}`, () =>
    assert.deepEqual(copiedFrom(generator, artifact, folder), [{ source: fleet, path }]));

test('nothing is said of a folder that is copied in parts, or of an artifact that is not made', () => {
  for (const [artifact, folder] of [
    ['apps', '.'],
    ['apps', 'policies'],
    ['none', '.'],
  ] as const)
    assert.deepEqual(copiedFrom(generator, artifact, folder), []);
});
