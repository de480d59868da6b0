import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { pipelineChoices } from './pipelines-of.ts';

test('the pipelines of a file are offered with their labels', async () => {
  await using opened = await openSession(
    '-- apps/dev/kustomization.yaml --\nresources: [../base]\n-- apps/base/kustomization.yaml --\nresources: []\n',
  );
  const choices = pipelineChoices(opened.session.view, `${opened.fixture.root}/apps/base/kustomization.yaml`);
  assert.deepEqual(
    choices.map(({ label, preview }) => `${label} ${opened.name(preview)}`),
    ['apps/base apps/base.rendered', 'apps/dev apps/dev.rendered'],
  );
});

test('a file of a chart takes part in the chart that the others lie in', async () => {
  await using opened = await openSession(`
-- charts/web/Chart.yaml --
name: web
-- charts/web/templates/config.yaml --
kind: ConfigMap
-- charts/web/charts/sub/Chart.yaml --
name: sub
-- charts/web/charts/sub/templates/config.yaml --
kind: ConfigMap
-- charts/web/values-dev.yaml --
a: 1
-- charts/other/values.yaml --
a: 1
`);
  const labels = (name: string): string[] =>
    pipelineChoices(opened.session.view, `${opened.fixture.root}/${name}`).map(({ label }) => label);
  assert.deepEqual(labels('charts/web/templates/config.yaml'), ['chart charts/web']);
  assert.deepEqual(labels('charts/web/charts/sub/templates/config.yaml'), ['chart charts/web']);
  assert.deepEqual(labels('charts/web/values-dev.yaml'), ['chart charts/web with charts/web/values-dev.yaml']);
  assert.deepEqual(labels('charts/other/values.yaml'), []);
});
