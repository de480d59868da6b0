// HelmReleases through a session: real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskSecrets } from '../../features/mask-secrets.ts';
import { defaultSettings } from '../../../../protocol/src/options.ts';
import { objectIn, rendered } from '../../../../test/fixture/rendered.ts';
import { openSession } from '../../../../test/fixture/session.ts';

const fleet = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
-- sources.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: "https://github.com/acme/fleet", ref: {branch: main}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: charts, namespace: flux-system}
spec: {url: "https://charts.example.com"}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: registry, namespace: flux-system}
spec: {url: "oci://registry.example.com/charts", type: oci}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: artifact, namespace: flux-system}
spec: {url: "oci://registry.example.com/charts/web", ref: {tag: 1.2.3}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmChart
metadata: {name: described, namespace: flux-system}
spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: fleet}, valuesFiles: [charts/web/values-big.yaml]}
-- charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- charts/web/values.yaml --
color: grey
size: small
-- charts/web/values-big.yaml --
size: big
-- charts/web/templates/config.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
data: {color: {{ .Values.color | quote }}, size: {{ .Values.size | quote }}, kube: {{ .Capabilities.KubeVersion.Version }}}
`;

const release = (spec: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: flux-system}
spec: ${spec}
`;

const ofGit = 'chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: fleet}}}';

test('a chart of this repository is rendered with the values of the release', async () => {
  await using opened = await openSession(`${fleet}-- a.yaml --${release(`{${ofGit}, targetNamespace: shop, values: {color: red}}`)}`);
  const { yaml, failure } = await rendered(opened, objectIn(opened, 'a.yaml'));
  assert.equal(failure, undefined);
  assert.match(yaml ?? '', /color: red\n[^]*size: small\n[^]*name: shop-web\n {2}namespace: shop\n/);
});

test('an edit of the chart that is not saved is seen', async () => {
  await using opened = await openSession(`${fleet}-- a.yaml --${release(`{${ofGit}}`)}`);
  const pipeline = objectIn(opened, 'a.yaml');
  await rendered(opened, pipeline);
  opened.session.setBuffer(opened.file('charts/web/values.yaml').path, 'color: edited\nsize: s\n');
  assert.match((await rendered(opened, pipeline)).yaml ?? '', /color: edited\n/);
});

test('a HelmChart that chartRef names says which chart, and with which files', async () => {
  await using opened = await openSession(`${fleet}-- a.yaml --${release('{chartRef: {kind: HelmChart, name: described}}')}`);
  assert.match((await rendered(opened, objectIn(opened, 'a.yaml'))).yaml ?? '', /color: ""\n[^]*size: big\n/);
});

const elsewhere = [
  [
    'chart: {spec: {chart: web, version: "1.x", sourceRef: {kind: HelmRepository, name: charts}}}',
    'chart',
    'https://charts.example.com',
    '1.x',
  ],
  ['chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: registry}}}', 'oci', 'oci://registry.example.com/charts', ''],
  ['chartRef: {kind: OCIRepository, name: artifact}', 'oci', 'oci://registry.example.com/charts', '1.2.3'],
] as const;

for (const [spec, kind, url, revision] of elsewhere) {
  test(`a chart that lies elsewhere is missing until there is a copy: ${spec}`, async () => {
    await using opened = await openSession(`${fleet}-- a.yaml --${release(`{${spec}}`)}`);
    const { missing, refused } = await rendered(opened, objectIn(opened, 'a.yaml'));
    assert.deepEqual(missing, [{ kind, url, name: 'web', revision }]);
    assert.equal(refused, false);
  });
}

for (const named of ['OCIRepository/flux-system/artifact', 'oci://registry.example.com/charts']) {
  test(`a chart is the folder that ${named} is mapped to`, async () => {
    const folder = named.startsWith('oci:') ? 'charts' : 'charts/web';
    const settings = { ...defaultSettings, sources: { ...defaultSettings.sources, map: { [named]: folder } } };
    await using opened = await openSession(`${fleet}-- a.yaml --${release('{chartRef: {kind: OCIRepository, name: artifact}}')}`, settings);
    const { failure } = await rendered(opened, objectIn(opened, 'a.yaml'));
    assert.equal(failure, undefined);
  });
}

test('values come from ConfigMaps and Secrets of the repository', async () => {
  const from = 'valuesFrom: [{kind: ConfigMap, name: c}, {kind: Secret, name: s, valuesKey: size, targetPath: size}]';
  await using opened = await openSession(`${fleet}
-- a.yaml --${release(`{${ofGit}, ${from}}`)}
-- c.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: flux-system}
data: {values.yaml: "color: green"}
-- s.yaml --
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
data: {size: aHVudGVyMg==}
`);
  const { yaml, secrets, warnings } = await rendered(opened, objectIn(opened, 'a.yaml'));
  assert.match(yaml ?? '', /color: green\n[^]*size: hunter2\n/);
  assert.deepEqual(secrets, ['hunter2']);
  assert.deepEqual(warnings, []);
});

test('each text in the values of a Secret is one that must not be seen', async () => {
  await using opened = await openSession(`${fleet}
-- a.yaml --${release(`{${ofGit}, valuesFrom: [{kind: Secret, name: s}]}`)}
-- s.yaml --
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
stringData: {values.yaml: "color: hunter2\\nsize: 1\\nnested: [{pin: 12345678}]"}
`);
  const { yaml, secrets } = await rendered(opened, objectIn(opened, 'a.yaml'));
  assert.match(yaml ?? '', /color: hunter2\n/);
  assert.deepEqual(secrets.slice(1), ['hunter2', '12345678']);
  assert.doesNotMatch(maskSecrets(yaml ?? '', secrets), /hunter2/);
});

test('values come from what an overlay puts into a namespace together with the release', async () => {
  const unplaced = release(
    `{${ofGit.replace('name: fleet', 'name: fleet, namespace: flux-system')}, valuesFrom: [{kind: ConfigMap, name: c}]}`,
  );
  await using opened = await openSession(`${fleet}
-- a.yaml --${unplaced.replace('name: web, namespace: flux-system', 'name: web')}
-- red.yaml --
color: red
-- kustomization.yaml --
namespace: shop
resources: [a.yaml]
configMapGenerator: [{name: c, files: [values.yaml=red.yaml], options: {disableNameSuffixHash: true}}]
`);
  const { yaml, failure } = await rendered(opened, objectIn(opened, 'a.yaml'));
  assert.equal(failure, undefined);
  assert.match(yaml ?? '', /color: red\n/);
});

test('values that only the cluster knows are left out or shown as open, and the rendering says so', async () => {
  const from = 'valuesFrom: [{kind: ConfigMap, name: gone}, {kind: Secret, name: s, valuesKey: size, targetPath: size}]';
  await using opened = await openSession(`${fleet}
-- a.yaml --${release(`{${ofGit}, ${from}}`)}
-- s.yaml --
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
stringData: {size: "ENC[AES256_GCM,data:x]"}
`);
  const { yaml, warnings } = await rendered(opened, objectIn(opened, 'a.yaml'));
  assert.match(yaml ?? '', /color: grey\n[^]*size: '\(Secret s: size\)'\n/);
  assert.deepEqual(warnings, [
    'ConfigMap gone is not in this repository: its values are left out.',
    'Secret s is encrypted: its value is shown as (Secret s: size).',
  ]);
});

test('the settings say what charts see of the cluster, for all or by folder', async () => {
  const clusters = { production: { kubeVersion: '1.31.2' } };
  await using opened = await openSession(`${fleet}-- a.yaml --${release(`{${ofGit}}`)}-- production/a.yaml --${release(`{${ofGit}}`)}`, {
    ...defaultSettings,
    helm: { kubeVersion: '1.33.0', apiVersions: [] },
    clusters,
  });
  assert.match((await rendered(opened, objectIn(opened, 'a.yaml'))).yaml ?? '', /kube: v1\.33\.0/);
  assert.match((await rendered(opened, objectIn(opened, 'production/a.yaml'))).yaml ?? '', /kube: v1\.31\.2/);
});

test('a chart is the folder in an artifact that a generator puts together, with the files that it lays over it', async () => {
  const generator = (to: string): string => `
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {name: parts, namespace: flux-system}
spec:
  sources: [{alias: fleet, kind: GitRepository, name: fleet}]
  artifacts:
    - name: web
      copy:
        - {from: "@fleet/charts/web/**", to: "@artifact/${to}"}
        - {from: "@fleet/charts/web/values-big.yaml", to: "@artifact/${to}values.yaml", strategy: Merge}
`;
  const ofArtifact = release('{chartRef: {kind: ExternalArtifact, name: web}}');
  await using opened = await openSession(`${fleet}-- a.yaml --${ofArtifact}-- parts.yaml --${generator('web/')}`);
  const pipeline = objectIn(opened, 'a.yaml');
  const { yaml, failure } = await rendered(opened, pipeline);
  assert.equal(failure, undefined);
  assert.match(yaml ?? '', /color: grey\n[^]*size: big\n/);
  assert.ok(opened.session.rendering.kind === 'on');
  const traced = await opened.session.rendering.renders.trace(pipeline, new AbortController().signal);
  assert.ok(traced?.trace.files.includes(`${opened.fixture.root}/charts/web/templates/config.yaml`), traced?.trace.files.join());
  opened.session.setBuffer(opened.file('parts.yaml').path, generator(''));
  assert.match(
    (await rendered(opened, pipeline)).failure ?? '',
    /^chart illegally contains content outside the base directory: "Chart.yaml"/,
  );
});
