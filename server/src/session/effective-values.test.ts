// The values of charts through a session: real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import { defaultSettings } from '../../../protocol/src/options.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { annotateValues } from '../features/annotated-values.ts';
import { type EffectiveValues, effectiveValues } from './effective-values.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { type YamlPath, nodeAt } from '../workspace/yaml-path.ts';
import { treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import { fileLabel } from './file-label.ts';
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

async function values(opened: OpenSession, pipeline: (root: string) => Pipeline): Promise<string> {
  const told = await merged(opened, pipeline(opened.fixture.root));
  return told.charts.map(({ yaml, values: placed }) => annotateValues(yaml, placed)).join('---\n');
}

async function merged({ session }: OpenSession, pipeline: Pipeline): Promise<Extract<EffectiveValues, { readonly kind: 'merged' }>> {
  const told = await effectiveValues(session, pipeline, (path) => fileLabel(session, path), new AbortController().signal);
  assert.ok(told?.kind === 'merged', JSON.stringify(told));
  return told;
}

/** Edits the line that each value is said to come from, and sees that value change. */
async function expectEditsToShow(opened: OpenSession, pipeline: Pipeline): Promise<number> {
  const { session } = opened;
  let edited = 0;
  for (const [index, { yaml, values: placed }] of (await merged(opened, pipeline)).charts.entries()) {
    const valueOf = (text: string, path: YamlPath): unknown => nodeAt(treeOf(yamlDocument(text)), path)?.toJSON();
    for (const { path, place, origin } of placed) {
      const before = valueOf(yaml, path);
      if (!place || typeof before !== 'string') continue;
      const file = fileAt(session.workspace.snapshot, place.path);
      if (!file) continue; // the workspace does not look into it
      const lines = file.text.split('\n');
      assert.ok(lines[place.line - 1]?.includes(before), `${path.join('.')} is not in ${origin}: ${lines[place.line - 1]}`);
      lines[place.line - 1] = lines[place.line - 1]?.replace(before, 'edited') ?? '';
      session.setBuffer(place.path, lines.join('\n'));
      const after = (await merged(opened, pipeline)).charts[index];
      assert.equal(valueOf(after?.yaml ?? '', path), 'edited', `${path.join('.')}: ${origin}`);
      assert.equal(after?.values.find((each) => each.path.join('.') === path.join('.'))?.origin, origin);
      session.setBuffer(place.path, file.text);
      edited++;
    }
  }
  return edited;
}

test('the values of a chart with a file laid over them name their lines, and what was overridden', async () => {
  await using opened = await openSession(chart);
  assert.equal(
    await values(opened, (root) => ({ kind: 'chart', chart: `${root}/web`, values: `${root}/web/values-live.yaml` })),
    'image:\n  name: web  # web/values.yaml:2\n  tag: "1"  # web/values.yaml:3\nreplicas: 3  # web/values-live.yaml:1, over web/values.yaml:4\n',
  );
});

test('the values of charts that a kustomization inflates name the lines of its entries, its files and the chart', async () => {
  await using opened = await openSession(
    `${chart}-- overlays/base/kustomization.yaml --
helmGlobals: {chartHome: ../..}
helmCharts:
  - name: web
    releaseName: base
    additionalValuesFiles: [more.yaml]
    valuesInline:
      image:
        tag: inline
-- overlays/base/more.yaml --
image:
  name: more
-- overlays/live/kustomization.yaml --
resources: [../base]
helmGlobals: {chartHome: ../..}
helmCharts:
  - {name: web, releaseName: live, valuesMerge: merge, valuesInline: {image: {tag: hidden}, region: north}}
`,
    { ...defaultSettings, render: { ...defaultSettings.render, loadRestrictor: 'LoadRestrictionsNone' } },
  );
  const pipeline = { kind: 'kustomization', directory: `${opened.fixture.root}/overlays/live` } as const;
  const { charts, notes } = await merged(opened, pipeline);
  assert.deepEqual(
    charts.map(({ heading, yaml, values: placed }) => `# ${heading}\n${annotateValues(yaml, placed)}`),
    [
      `# overlays/base/kustomization.yaml:3: chart web 1.0.0
image:
  name: more  # overlays/base/more.yaml:2, over web/values.yaml:2
  tag: inline  # overlays/base/kustomization.yaml:8, over web/values.yaml:3
replicas: 1  # web/values.yaml:4
`,
      `# overlays/live/kustomization.yaml:4: chart web 1.0.0
image:
  name: web  # web/values.yaml:2
  tag: "1"  # web/values.yaml:3, over overlays/live/kustomization.yaml:4
region: north  # overlays/live/kustomization.yaml:4
replicas: 1  # web/values.yaml:4
`,
    ],
  );
  assert.deepEqual(notes, []);
  assert.equal(await expectEditsToShow(opened, pipeline), 5);
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

const released = `${chart
  .replace(
    '  values:\n',
    `  valuesFrom:
    - {kind: ConfigMap, name: generated}
    - {kind: ConfigMap, name: written, valuesKey: web.yaml}
    - {kind: Secret, name: hidden}
    - {kind: Secret, name: hidden, valuesKey: token, targetPath: api.token}
    - {kind: ConfigMap, name: gone, optional: true}
  values:
`,
  )
  .replace('{chart: web, ', '{chart: web, valuesFiles: [web/values.yaml, web/values-live.yaml], ')}-- generated.yaml --
# Read by a generator.
region: north
image: {tag: from-generator}
-- written.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: written, namespace: flux-system}
data:
  other: x
  web.yaml: |
    # A comment.
    colour: blue

    list: [one, two]
-- hidden.yaml --
apiVersion: v1
kind: Secret
metadata: {name: hidden, namespace: flux-system}
stringData:
  token: s3cr3t-token
  values.yaml: |
    api:
      user: admin
      port: 12
-- kustomization.yaml --
namespace: flux-system
resources: [source.yaml, release.yaml, written.yaml, hidden.yaml]
configMapGenerator:
  - name: generated
    files: [values.yaml=generated.yaml]
generatorOptions: {disableNameSuffixHash: true}
`;

test('the values of a HelmRelease name the lines of all that they come from', async () => {
  await using opened = await openSession(released);
  const pipeline = objectIn(opened, 'release.yaml');
  const text = await values(opened, () => pipeline);
  assert.equal(
    text,
    `api:
  port: "********"  # hidden.yaml:9
  token: "********"  # hidden.yaml:5
  user: "********"  # hidden.yaml:8
colour: blue  # written.yaml:8
image:
  name: web  # web/values.yaml:2
  tag: "2"  # release.yaml:16, over generated.yaml:3, web/values.yaml:3
list:
- one  # written.yaml:10
- two  # written.yaml:10
region: north  # generated.yaml:2
replicas: 3  # web/values-live.yaml:1, over web/values.yaml:4
`,
  );
});

test('an edit of the line that a value of a HelmRelease comes from changes that value', async () => {
  await using opened = await openSession(released);
  assert.equal(await expectEditsToShow(opened, objectIn(opened, 'release.yaml')), 8);
});

test('the values of a HelmRelease that another pipeline renders name the lines that it is written at', async () => {
  await using opened = await openSession(released);
  const release = {
    kind: 'object',
    group: 'helm.toolkit.fluxcd.io',
    objectKind: 'HelmRelease',
    namespace: 'flux-system',
    name: 'web',
  } as const;
  const pipeline = { ...release, within: { kind: 'kustomization', directory: opened.fixture.root } } as const;
  assert.match(await values(opened, () => pipeline), /tag: "2" {2}# release\.yaml:16, over generated\.yaml:3, /);
  assert.equal(await expectEditsToShow(opened, pipeline), 8);
});

test('values that the repository does not have are told as absent', async () => {
  await using opened = await openSession(
    chart.replace('  values:\n', '  valuesFrom: [{kind: ConfigMap, name: gone, valuesKey: size, targetPath: size}]\n  values:\n'),
  );
  const pipeline = objectIn(opened, 'release.yaml');
  assert.match(
    await values(opened, () => pipeline),
    /size: '\(ConfigMap gone: size\)' {2}# ConfigMap flux-system\/gone, size:1, which is not in this repository\n/,
  );
  assert.deepEqual((await merged(opened, pipeline)).notes, [
    'ConfigMap gone is not in this repository: its value is shown as (ConfigMap gone: size).',
  ]);
});

const deployed = `${chart}-- env/base.yaml --
colour: blue
image: {tag: from-env}
-- env/all/one.yaml --
size: small
-- env/all/two.yaml --
size: large
-- env/motd.txt --
hello
-- web/.argocd-source.yaml --
helm:
  parameters:
    - name: image.name
      value: overridden
-- app.yaml --
# The shop.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  destination: {namespace: shop, name: in-cluster}
  sources:
    - repoURL: https://example.com/acme/fleet
      path: web
      helm:
        valueFiles: [$env/env/base.yaml, "../env/all/*.yaml"]
        valuesObject:
          image: {tag: from-object}
          list: [one, two]
        fileParameters: [{name: motd, path: ../env/motd.txt}]
    - repoURL: https://example.com/acme/fleet
      ref: env
    - repoURL: https://example.com/acme/fleet
      path: web
      helm:
        values: |
          region: north
          # A comment.
          image:
            tag: from-text
        parameters:
          - {name: gone, value: lost}
`;

test('the values of an Application name the lines of all that they come from, source by source', async () => {
  await using opened = await openSession(deployed);
  const pipeline = objectIn(opened, 'app.yaml');
  assert.equal(
    await values(opened, () => pipeline),
    `colour: blue  # env/base.yaml:1
image:
  name: overridden  # web/.argocd-source.yaml:4, over web/values.yaml:2
  tag: from-object  # app.yaml:14, over env/base.yaml:2, web/values.yaml:3
list:
- one  # app.yaml:15
- two  # app.yaml:15
motd: |  # env/motd.txt:1
  hello
replicas: 1  # web/values.yaml:4
size: large  # env/all/two.yaml:1, over env/all/one.yaml:1
---
image:
  name: overridden  # web/.argocd-source.yaml:4, over web/values.yaml:2
  tag: from-text  # app.yaml:26, over web/values.yaml:3
region: north  # app.yaml:23
replicas: 1  # web/values.yaml:4
`,
  );
  assert.deepEqual(
    (await merged(opened, pipeline)).charts.map(({ heading }) => heading),
    ['Source 1: chart web 1.0.0', 'Source 3: chart web 1.0.0'],
  );
  assert.equal(await expectEditsToShow(opened, pipeline), 9);
});

test('what has no values says why', async () => {
  await using opened = await openSession('-- app/kustomization.yaml --\nresources: []\n');
  const told = await effectiveValues(
    opened.session,
    { kind: 'kustomization', directory: `${opened.fixture.root}/app` },
    (path) => path,
    new AbortController().signal,
  );
  assert.deepEqual(told, { kind: 'unknown', reason: 'no chart is inflated: neither it nor what it includes has helmCharts' });
});
