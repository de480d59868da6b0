// Every failure is the tools' own: a repository is rendered, then the findings are looked at.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type OpenSession, openSession, placeIn } from '../../../test/fixture/session.ts';
import { type FindingIn, renderFindings } from './render-findings.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { mergeFindings } from './merge-findings.ts';
import { objectPipelines } from './pipelines-of.ts';

async function failed({ session }: OpenSession, pipeline: Pipeline): Promise<FindingIn[]> {
  const { rendering, view } = session;
  assert.ok(rendering.kind === 'on');
  const outcome = await rendering.renders.render(pipeline, new AbortController().signal);
  assert.ok(outcome?.failure !== undefined, 'it renders');
  return renderFindings(view, pipeline, outcome.failure);
}

function told({ session, fixture }: OpenSession, found: readonly FindingIn[]): string[] {
  return found.map(({ path, finding: { range, severity, message } }) => {
    return `${placeIn(session.view, fixture.root, { path, range })} ${severity}: ${message}`;
  });
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

const layers = `
-- base/kustomization.yaml --
resources: [gone.yaml]
-- middle/kustomization.yaml --
resources: [../base]
-- overlays/dev/kustomization.yaml --
resources:
  - ../../middle
-- overlays/live/kustomization.yaml --
resources:
  - ../../middle
`;

test('the innermost place has the error, and all that include it lead there', async () => {
  await using opened = await openSession(layers);
  const found = await failed(opened, { kind: 'kustomization', directory: `${opened.fixture.root}/overlays/dev` });
  const words = 'lstat base/gone.yaml: no such file or directory';
  assert.deepEqual(told(opened, found), [
    `base/kustomization.yaml:1:13 <gone.yaml> error: ${words}. Create what is named there, or correct the path, which counts from the folder of its kustomization.`,
    `overlays/dev/kustomization.yaml:2:5 <../../middle> information: Fails in base/kustomization.yaml:1: ${words}`,
    `middle/kustomization.yaml:1:13 <../base> information: Fails in base/kustomization.yaml:1: ${words}`,
  ]);
  const innermost = { path: found[0]?.path, range: found[0]?.finding.range, message: words };
  assert.deepEqual(
    found.map(({ finding }) => finding.related),
    [undefined, [innermost], [innermost]],
  );
});

test('however many overlays fail for one reason, it is said once', async () => {
  await using opened = await openSession(layers);
  const { root } = opened.fixture;
  const directories = ['base', 'middle', 'overlays/dev', 'overlays/live'].map((name) => `${root}/${name}`);
  const all = (await Promise.all(directories.map((directory) => failed(opened, { kind: 'kustomization', directory })))).flat();
  const inFile = (name: string): number =>
    mergeFindings(
      [],
      all.filter(({ path }) => path === `${root}/${name}`).map(({ finding }) => finding),
    ).length;
  assert.equal(all.length, 1 + 2 + 3 + 3);
  assert.deepEqual(
    ['base', 'middle', 'overlays/dev', 'overlays/live'].map((name) => inFile(`${name}/kustomization.yaml`)),
    [1, 1, 1, 1],
  );
});

test('in a workspace of several folders, places are told with the name of theirs', async () => {
  await using opened = await openSession(layers);
  const { root } = opened.fixture;
  await opened.session.openFolders([`${root}/base`, `${root}/middle`]);
  const [error, hint] = await failed(opened, { kind: 'kustomization', directory: `${root}/middle` });
  assert.match(error?.finding.message ?? '', /^lstat base\/gone\.yaml: no such file/);
  assert.match(hint?.finding.message ?? '', /^Fails in base\/kustomization\.yaml:1: lstat base\/gone\.yaml/);
});

describe('a chart', () => {
  const chart = (values: string): string => `
-- shop/Chart.yaml --
apiVersion: v2
name: shop
version: 1.0.0
-- shop/values.yaml --
${values}
-- shop/values.schema.json --
{"properties": {"port": {"type": "integer"}, "name": {"type": "string"}}}
-- shop/templates/_helpers.tpl --
{{- define "shop.host" -}}
{{ required "set host" .Values.host.name }}
{{- end -}}
-- shop/templates/a.yaml --
host: {{ include "shop.host" . }}
-- live.yaml --
port: none
`;

  test('that fails with its own values may render with those of who deploys it', async () => {
    await using opened = await openSession(chart('port: 1'));
    const pipeline = { kind: 'chart', chart: `${opened.fixture.root}/shop`, values: '' } as const;
    assert.deepEqual(told(opened, await failed(opened, pipeline)), [
      "shop/templates/_helpers.tpl:2:31 warning: nil pointer evaluating interface {}.name (with the chart's own values). The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.",
      'shop/templates/a.yaml:1:10 <include "shop.host" .> information: Fails in shop/templates/_helpers.tpl:2: nil pointer evaluating interface {}.name',
    ]);
  });

  test('that fails with a file laid over its values may be given others too', async () => {
    await using opened = await openSession(chart('port: 1').replace('port: none', 'port: 2'));
    const pipeline = { kind: 'chart', chart: `${opened.fixture.root}/shop`, values: `${opened.fixture.root}/live.yaml` } as const;
    const [found] = told(opened, await failed(opened, pipeline));
    assert.match(found ?? '', /^shop\/templates\/_helpers\.tpl:2:31 warning: nil pointer .* \(with live\.yaml alone\)\. /);
  });

  test('that is given values has an error in them', async () => {
    await using opened = await openSession(chart('name: 1\nport: 1'));
    const pipeline = { kind: 'chart', chart: `${opened.fixture.root}/shop`, values: `${opened.fixture.root}/live.yaml` } as const;
    assert.deepEqual(told(opened, await failed(opened, pipeline)), [
      "shop/values.yaml:1:1 <name> error: at '/name': got number, want string. values.schema.json asks for that: correct the value.",
      "live.yaml:1:1 <port> error: at '/port': got string, want integer. values.schema.json asks for that: correct the value.",
    ]);
  });

  test('that is a library is not meant to render', async () => {
    await using opened = await openSession('-- lib/Chart.yaml --\napiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n');
    assert.deepEqual(await failed(opened, { kind: 'chart', chart: `${opened.fixture.root}/lib`, values: '' }), []);
  });
});

describe('a Flux Kustomization', () => {
  const shop = (spec = ''): string => `-- clusters/live/shop.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: 'https://example.com/fleet', interval: 1m}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  sourceRef: {kind: GitRepository, name: fleet}
  path: ./apps/shop
${spec}`;

  async function findings(archive: string): Promise<string[]> {
    await using opened = await openSession(archive);
    const [pipeline] = objectPipelines(opened.file('clusters/live/shop.yaml'));
    assert.ok(pipeline);
    return told(opened, await failed(opened, pipeline));
  }

  test('leads to the place in what it deploys', async () => {
    const archive = `${shop()}-- apps/shop/kustomization.yaml --\nresources: [../../base]\n-- base/kustomization.yaml --\nresources: [gone.yaml]\n`;
    const words = 'open base/gone.yaml: no such file or directory';
    assert.deepEqual(await findings(archive), [
      `base/kustomization.yaml:1:13 <gone.yaml> error: ${words}. Create what is named there, or correct the path, which counts from the folder of its kustomization.`,
      `apps/shop/kustomization.yaml:1:13 <../../base> information: Fails in base/kustomization.yaml:1: ${words}`,
      `clusters/live/shop.yaml:11:9 <./apps/shop> information: Does not render: base/kustomization.yaml:1: ${words}`,
    ]);
  });

  test('finds what is wrong in files that no kustomization names', async () => {
    const broken = await findings(`${shop()}-- apps/shop/a.yaml --\na: [\n`);
    assert.match(broken[0] ?? '', /^apps\/shop\/a\.yaml:1:1 <a: \[> error: MalformedYAMLError: yaml: line 1: .* Correct the file, /);
    assert.match(broken[1] ?? '', /^clusters\/live\/shop\.yaml:11:9 .* information: Does not render: apps\/shop\/a\.yaml:1: /);
    const twice = await findings(`${shop()}-- apps/shop/a.yaml --\n${configMap}-- apps/shop/b.yaml --\n${configMap}`);
    assert.match(twice[0] ?? '', /^apps\/shop\/b\.yaml:1:1 .* error: may not add resource with an already registered id: /);
  });

  test('leads to the variable that is not filled in', async () => {
    const substituted = `${shop('  postBuild: {substitute: {HOST: b}}\n')}-- apps/shop/kustomization.yaml --\nnamePrefix: x-\nresources: [a.yaml]\n-- apps/shop/a.yaml --\n${configMap}data:\n  x: \${HOST}\n  y: is \${BAD\n`;
    const [error] = await findings(substituted);
    assert.equal(
      error,
      'apps/shop/a.yaml:7:9 <${BAD> error: envsubst error: variable substitution failed: missing closing brace. Close it with `}`, or write `$${` for text that is no variable.',
    );
  });

  test('is blamed itself for what it asks for', async () => {
    assert.deepEqual(await findings(`${shop('  components: [../gone]\n')}-- apps/shop/a.yaml --\n${configMap}`), [
      'clusters/live/shop.yaml:11:9 <./apps/shop> error: lstat apps/gone: no such file or directory. Create what is named there, or correct the path, which counts from the folder of its kustomization.',
    ]);
    assert.deepEqual(await findings(shop()), [
      'clusters/live/shop.yaml:11:9 <./apps/shop> error: kustomization path not found: stat apps/shop: no such file or directory. Create what is named there, or correct the path, which counts from the folder of its kustomization.',
    ]);
  });
});
