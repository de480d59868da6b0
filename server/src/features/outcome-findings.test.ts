// What renderings tell beside their YAML: a repository is rendered, then the findings are looked at.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isNotFetched } from './render-findings.ts';
import { openSession, placeIn } from '../../../test/fixture/session.ts';
import { outcomeFindings } from './outcome-findings.ts';
import { pipelinesIn } from './pipelines-in.ts';

/** The findings of everything in the repository that matches, each with `fetchable` behind it when a fetch may mend it. */
async function findings(archive: string): Promise<string[]> {
  await using opened = await openSession(archive);
  const { rendering, view } = opened.session;
  assert.ok(rendering.kind === 'on');
  const { renders } = rendering;
  const told: string[] = [];
  for (const pipeline of pipelinesIn(view, () => true)) {
    const outcome = await renders.render(pipeline, new AbortController().signal);
    assert.ok(outcome);
    for (const { path, finding } of outcomeFindings(view, pipeline, outcome)) {
      const place = placeIn(view, opened.fixture.root, { path, range: finding.range });
      told.push(`${place} ${finding.severity}: ${finding.message}${isNotFetched(finding) ? ' fetchable' : ''}`);
    }
  }
  return told;
}

const notFetched = 'warning: Not rendered: this lies elsewhere, and there is no copy of it yet. fetchable';

describe('an ApplicationSet', () => {
  const set = (spec: string): string => `-- set.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
${spec}`;
  const template = (name: string, project = 'default'): string => `
  template:
    metadata:
      name: '${name}'
    spec:
      project: '${project}'
      source: {repoURL: 'https://example.com/fleet', path: shop}
      destination: {name: in-cluster, namespace: shop}
`;

  test('has an error where its controller stops, once however many Applications it concerns', async () => {
    const found = await findings(
      set(`  generators:\n    - list: {elements: [{name: a}, {name: b}, {name: c}]}${template('{{.name}}-{{.gone}}')}`),
    );
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^set\.yaml:\d+:13 <'\{\{\.name\}\}-\{\{\.gone\}\}'> error: .*map has no entry for key "gone"/);
  });

  test('has its error in the fixture, when that is what is broken', async () => {
    const clusters = set(`  generators:\n    - clusters: {}${template('{{.name}}')}`);
    const inFixture = async (fixture: string): Promise<string[]> => findings(`${clusters}-- applicationset-fixture.yaml --\n${fixture}`);
    const [broken, led] = await inFixture('clusters:\n  - name: [\n');
    assert.match(broken ?? '', /^applicationset-fixture\.yaml:2:3 <- name: \[> error: yaml: line 2: .* Correct the YAML there\.$/);
    assert.match(led ?? '', /^set\.yaml:\d+:\d+ <.*> information: Does not render: applicationset-fixture\.yaml:2: yaml: line 2: /);
    const [unknown] = await inFixture('clusters:\n  - name: a\n    label: {env: test}\n');
    assert.equal(
      unknown,
      'applicationset-fixture.yaml:3:5 <label> error: json: unknown field "label". docs/applicationset-fixture.md says which fields a fixture has.',
    );
    const [mistyped] = await inFixture('clusters:\n  - name: a\n    labels: none\n');
    assert.match(
      mistyped ?? '',
      /^applicationset-fixture\.yaml:3:5 <labels> error: json: cannot unmarshal string into Go struct field .*labels/,
    );
  });

  test('has a warning where Applications are refused that cost no other one', async () => {
    const found = await findings(set(`  generators:\n    - list: {elements: [{name: a}, {name: a}, {name: b}]}${template('{{.name}}')}`));
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^set\.yaml:.* warning: Application a: .*duplicate/);
  });

  test('names the generator whose repository is not fetched', async () => {
    const generator =
      "  generators:\n    - git:\n        repoURL: https://example.com/other\n        revision: HEAD\n        directories: [{path: '*'}]";
    const repository = '-- .git/config --\n[remote "origin"]\nurl = https://example.com/fleet\n-- .git/HEAD --\nref: refs/heads/main\n';
    assert.deepEqual(await findings(`${repository}${set(`${generator}${template('{{.path.basename}}')}`)}`), [
      `set.yaml:9:18 <https://example.com/other> ${notFetched}`,
    ]);
  });
});

describe('what lies elsewhere stands where the object names it:', () => {
  const repository = '-- .git/config --\n[remote "origin"]\nurl = https://example.com/fleet\n-- .git/HEAD --\nref: refs/heads/main\n';

  test('the source of a Flux Kustomization', async () => {
    const archive = `${repository}-- shop.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: other}
spec: {url: 'https://example.com/other', interval: 1m}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop}
spec:
  path: ./shop
  sourceRef: {kind: GitRepository, name: other}
`;
    assert.deepEqual(await findings(archive), [`shop.yaml:11:3 <sourceRef> ${notFetched}`]);
  });

  test('the remote base of what a Flux Kustomization deploys', async () => {
    const archive = `-- shop.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet}
spec: {url: 'https://example.com/fleet', interval: 1m}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop}
spec:
  path: ./shop
  sourceRef: {kind: GitRepository, name: fleet}
-- shop/kustomization.yaml --
resources: ['https://example.com/base//shop?ref=v1']
`;
    const [own, deployed, hint] = await findings(archive);
    assert.equal(own, `shop/kustomization.yaml:1:13 <'https://example.com/base//shop?ref=v1'> ${notFetched}`);
    assert.equal(deployed, own);
    assert.match(hint ?? '', /^shop\.yaml:10:9 .* information: Does not render: /);
  });

  test('the chart of a HelmRelease', async () => {
    const archive = `-- shop.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: charts}
spec: {url: 'https://example.com/charts'}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop}
spec:
  interval: 1m
  chart:
    spec:
      chart: shop
      sourceRef: {kind: HelmRepository, name: charts}
`;
    assert.deepEqual(await findings(archive), [`shop.yaml:13:14 <shop> ${notFetched}`]);
  });

  test('the source of an Application', async () => {
    const archive = `${repository}-- shop/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
-- shop.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: default
  destination: {name: in-cluster, namespace: shop}
  sources:
    - {repoURL: 'https://example.com/fleet', path: shop}
    - {repoURL: 'https://example.com/other', path: shop}
`;
    assert.deepEqual(await findings(archive), [`shop.yaml:9:17 <'https://example.com/other'> ${notFetched}`]);
  });
});

describe('a Flux Kustomization', () => {
  const shop = (spec: string): string => `-- shop.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet}
spec: {url: 'https://example.com/fleet', interval: 1m}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop}
spec:
  path: ./shop
  sourceRef: {kind: GitRepository, name: fleet}
${spec}`;

  test('has a warning when it would apply what is encrypted', async () => {
    const secret = `-- shop/a.yaml --
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: shop}
stringData: {key: 'ENC[AES256_GCM,data:aaaa,iv:aaaa,tag:aaaa,type:str]'}
sops: {mac: 'ENC[AES256_GCM,data:aaaa,iv:aaaa,tag:aaaa,type:str]', version: 3.9.0}
`;
    assert.deepEqual(await findings(`${shop('')}${secret}`), [
      'shop.yaml:10:9 <./shop> warning: Secret/shop/a: encrypted with SOPS, and kustomize-controller does not apply what is encrypted. Say in `spec.decryption` how it is decrypted.',
    ]);
    assert.deepEqual(await findings(`${shop('  decryption: {provider: sops}\n')}${secret}`), []);
  });

  test('tells which variables have no value', async () => {
    const configMap = `-- shop/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {x: 'a \${GIVEN}', y: 'b \${GONE}', z: 'c \${ALSO:=d}'}
`;
    assert.deepEqual(await findings(`${shop('  postBuild: {substitute: {GIVEN: a}}\n')}${configMap}`), [
      'shop.yaml:12:3 <postBuild> information: Nothing gives a value to ALSO, GONE: the default counts where there is one, else it is empty.',
    ]);
    assert.deepEqual(await findings(`${shop('  postBuild:\n    substituteFrom: [{kind: ConfigMap, name: cluster}]\n')}${configMap}`), [
      'shop.yaml:12:3 <postBuild> information: Left open, because not all that gives variables is known here: ALSO, GIVEN, GONE.',
    ]);
  });
});

describe('an Application', () => {
  const application = (sources: string): string => `-- app.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  destination: {name: in-cluster, namespace: shop}
  project: default
  sources:
${sources}
-- shop/Chart.yaml --
apiVersion: v2
name: shop
version: 1.0.0
-- shop/values.yaml --
port: 1
-- shop/values.schema.json --
{"properties": {"port": {"type": "integer"}}}
-- shop/templates/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
-- project.yaml --
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: default}
`;
  const withValues = (helm: string): string =>
    application(
      `    - {repoURL: 'https://example.com/fleet', ref: values}\n    - {repoURL: 'https://example.com/fleet', path: shop, helm: {${helm}}}`,
    );
  const ofApplication = async (archive: string): Promise<string[]> =>
    (await findings(archive)).filter((each) => !each.includes("chart's own values"));

  test('leads into the values file that another source has', async () => {
    const refused = `${withValues("valueFiles: ['$values/envs/live.yaml']")}-- envs/live.yaml --\nreplicas: 1\nport: none\n`;
    assert.deepEqual(await ofApplication(refused), [
      "envs/live.yaml:2:1 <port> error: at '/port': got string, want integer. values.schema.json asks for that: correct the value.",
      "app.yaml:9:52 <shop> information: Does not render: envs/live.yaml:2: at '/port': got string, want integer",
    ]);
    const broken = `${withValues("valueFiles: ['$values/envs/live.yaml']")}-- envs/live.yaml --\nreplicas: 1\nport: [\n`;
    const [first, second] = await ofApplication(broken);
    assert.match(first ?? '', /^envs\/live\.yaml:2:1 <port: \[> error: failed to parse envs\/live\.yaml: .*yaml: line 2/);
    assert.match(second ?? '', /^app\.yaml:9:52 <shop> information: Does not render: envs\/live\.yaml:2: /);
  });

  test('is blamed itself for the values that it sets', async () => {
    const lines = async (helm: string): Promise<string | undefined> =>
      (await ofApplication(withValues(helm)))[0]?.replace(/ error: .*/, '');
    assert.equal(await lines('valuesObject: {port: none}'), 'app.yaml:9:80 <port>');
    assert.equal(await lines('values: "port: none"'), 'app.yaml:9:65 <values>');
    assert.equal(await lines('parameters: [{name: port, value: none}]'), 'app.yaml:9:78 <{name: port, value: none}>');
  });
});
