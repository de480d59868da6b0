import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pipeline } from '../model/pipeline.ts';
import { renderedObjects } from './rendered-objects.ts';

const pipeline: Pipeline = { kind: 'kustomization', directory: '/fleet/clusters/dev' };

test('what is rendered has a row each, at its line in the preview; what is rendered in turn leads further', () => {
  const yaml = `apiVersion: v1
kind: Secret
metadata:
  name: s
  namespace: shop
stringData:
  key: |
    two
    lines
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: a
`;
  const rows = renderedObjects(pipeline, { yaml, failure: undefined, secrets: [] });
  assert.deepEqual(
    rows.map(({ label, description, location, preview }) => [label, description, location?.range.start.line, preview]),
    [
      ['s', 'Secret in shop', 1, undefined],
      // The two lines of the secret are masked as one.
      ['a', 'Application', 9, 'drydock-rendered:/fleet/clusters/dev/Application/a.rendered?folder-of%26argoproj.io%2FApplication%2F%2Fa'],
    ],
  );
});

test('what does not render says why', () => {
  const [row, ...others] = renderedObjects(pipeline, { yaml: 'kind: Old\n', failure: 'no such file', secrets: [] });
  assert.equal(row?.description, 'no such file');
  assert.deepEqual(others, []);
});
