// The values of charts through a session: real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { annotateValues } from '../features/annotated-values.ts';
import { effectiveValues } from './effective-values.ts';
import { objectIn } from '../../../test/fixture/rendered.ts';

const chart = `
-- .git/config --
[remote "origin"]
	url = https://example.com/acme/fleet
-- web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- web/values.yaml --
image:
  name: web
  tag: "1"
replicas: 1
-- web/values-live.yaml --
replicas: 3
-- source.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: "https://example.com/acme/fleet"}
-- release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
  namespace: flux-system
spec:
  chart: {spec: {chart: web, sourceRef: {kind: GitRepository, name: fleet}}}
  values:
    image:
      tag: "2"
`;

async function values({ session, fixture }: OpenSession, pipeline: (root: string) => Pipeline): Promise<string> {
  const told = await effectiveValues(session, pipeline(fixture.root), new AbortController().signal);
  assert.equal(told?.kind, 'merged', JSON.stringify(told));
  return annotateValues(told.yaml, told.values);
}

test('the values of a chart with a file laid over them name their lines, and what was overridden', async () => {
  await using opened = await openSession(chart);
  assert.equal(
    await values(opened, (root) => ({ kind: 'chart', chart: `${root}/web`, values: `${root}/web/values-live.yaml` })),
    'image:\n  name: web  # web/values.yaml:2\n  tag: "1"  # web/values.yaml:3\nreplicas: 3  # web/values-live.yaml:1, over web/values.yaml:4\n',
  );
});

test('the values of a HelmRelease name the lines of the release', async () => {
  await using opened = await openSession(chart);
  const pipeline = objectIn(opened, 'release.yaml');
  assert.match(await values(opened, () => pipeline), /tag: "2" {2}# release\.yaml:10, over web\/values\.yaml:3\n/);
  // Lines are counted anew after an edit.
  const { path, text } = opened.file('release.yaml');
  opened.session.setBuffer(path, `# a comment\n${text}`);
  assert.match(await values(opened, () => pipeline), /tag: "2" {2}# release\.yaml:11, /);
});

test('the values of a HelmRelease that come from elsewhere too are not told in part', async () => {
  for (const [from, to, field] of [
    ['  values:', '  valuesFrom: [{kind: ConfigMap, name: web}]\n  values:', 'spec.valuesFrom'],
    ['{chart: web, ', '{chart: web, valuesFiles: [web/values-live.yaml], ', 'spec.chart.spec.valuesFiles'],
  ] as const) {
    await using opened = await openSession(chart.replace(from, to));
    const told = await effectiveValues(opened.session, objectIn(opened, 'release.yaml'), new AbortController().signal);
    const reason = `its values come from ${field} too, which are not shown line by line yet.`;
    assert.deepEqual(told, { kind: 'unknown', reason });
  }
});

test('what has no values says why', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\nresources: []\n');
  const told = await effectiveValues(
    opened.session,
    { kind: 'kustomization', directory: `${opened.fixture.root}/app` },
    new AbortController().signal,
  );
  assert.deepEqual(told, { kind: 'unknown', reason: 'it is not rendered from a chart.' });
});
