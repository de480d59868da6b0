// Flux Kustomizations through a session: real files, real engine.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultSettings } from '../../../../protocol/src/options.ts';
import { objectIn, rendered } from '../../../../test/fixture/rendered.ts';
import { openSession } from '../../../../test/fixture/session.ts';

const fleet = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
-- flux-system/source.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: "https://github.com/acme/fleet", ref: {branch: main}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: other, namespace: flux-system}
spec: {url: "https://github.com/acme/other", ref: {branch: live}}
-- apps/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {where: "\${CLUSTER}", key: "\${TOKEN:=none}"}
`;

const object = (postBuild: string, source = 'fleet'): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  path: ./apps
  prune: true
  interval: 1m
  sourceRef: {kind: GitRepository, name: ${source}}
  postBuild: ${postBuild}
`;

const settingsOf = (cluster: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: cluster, namespace: flux-system}
data: {CLUSTER: ${cluster}}
`;

const fromConfigMap = '{substituteFrom: [{kind: ConfigMap, name: cluster}]}';

test('variables come from the ConfigMap that is written nearest, or from the object itself', async () => {
  await using opened = await openSession(`${fleet}
-- clusters/dev/apps.yaml --${object(fromConfigMap)}
-- clusters/dev/settings.yaml --${settingsOf('dev')}
-- clusters/production/apps.yaml --${object(fromConfigMap)}
-- clusters/production/settings.yaml --${settingsOf('production')}
-- own.yaml --${object('{substitute: {CLUSTER: own}}')}`);
  for (const [file, where] of [
    ['clusters/dev/apps.yaml', 'dev'],
    ['clusters/production/apps.yaml', 'production'],
    ['own.yaml', 'own'],
  ] as const) {
    const { yaml, warnings } = await rendered(opened, objectIn(opened, file));
    assert.match(yaml ?? '', new RegExp(`key: none\\n {2}where: ${where}\\n`));
    assert.deepEqual(warnings, []);
  }
});

test('variables follow what the kustomization around the object renders, unsaved too', async () => {
  await using opened = await openSession(`${fleet}
-- clusters/dev/kustomization.yaml --
resources: [apps.yaml]
configMapGenerator: [{name: cluster, namespace: flux-system, literals: [CLUSTER=generated], options: {disableNameSuffixHash: true}}]
-- clusters/dev/apps.yaml --${object(fromConfigMap)}`);
  const pipeline = objectIn(opened, 'clusters/dev/apps.yaml');
  assert.match((await rendered(opened, pipeline)).yaml ?? '', /where: generated\n/);
  const { path, text } = opened.file('clusters/dev/kustomization.yaml');
  opened.session.setBuffer(path, text.replace('=generated', '=edited'));
  assert.match((await rendered(opened, pipeline)).yaml ?? '', /where: edited\n/);
});

test('what the settings give wins', async () => {
  const flux = { ...defaultSettings.flux, substitutions: { cluster: { CLUSTER: 'given' } } };
  await using opened = await openSession(`${fleet}-- apps.yaml --${object(fromConfigMap)}`, { ...defaultSettings, flux });
  assert.match((await rendered(opened, objectIn(opened, 'apps.yaml'))).yaml ?? '', /where: given\n/);
});

test('variables that only the cluster knows stay as they are written, and the rendering says so', async () => {
  await using opened = await openSession(`${fleet}-- apps.yaml --${object(fromConfigMap)}`);
  const { yaml, warnings } = await rendered(opened, objectIn(opened, 'apps.yaml'));
  assert.match(yaml ?? '', /key: \$\{TOKEN\}\n {2}where: \$\{CLUSTER\}\n/);
  assert.match(warnings.join('\n'), /^ConfigMap cluster is not in this repository: .*drydock\.flux\.substitutions/);
});

test('an optional ConfigMap that is not there gives nothing, as in a cluster', async () => {
  await using opened = await openSession(
    `${fleet}-- apps.yaml --${object('{substitute: {X: "1"}, substituteFrom: [{kind: ConfigMap, name: cluster, optional: true}]}')}`,
  );
  const { yaml, warnings } = await rendered(opened, objectIn(opened, 'apps.yaml'));
  assert.match(yaml ?? '', /where: null\n/);
  assert.deepEqual(warnings, []);
});

test('what comes from a Secret is marked as secret; what is encrypted in Git stays open', async () => {
  await using opened = await openSession(`${fleet}
-- apps.yaml --${object('{substituteFrom: [{kind: Secret, name: s}]}')}
-- secret.yaml --
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
data: {CLUSTER: aHVudGVyMg==}
stringData: {TOKEN: "ENC[AES256_GCM,data:x]"}
`);
  const { yaml, warnings, secrets } = await rendered(opened, objectIn(opened, 'apps.yaml'));
  assert.match(yaml ?? '', /key: \$\{TOKEN\}\n {2}where: hunter2\n/);
  assert.deepEqual(secrets, ['hunter2']);
  assert.match(warnings.join('\n'), /^The values of Secret s are encrypted/);
});

test('a repository that is not this one is missing until there is a copy', async () => {
  await using opened = await openSession(`${fleet}-- apps.yaml --${object('{}', 'other')}`);
  const { failure, missing } = await rendered(opened, objectIn(opened, 'apps.yaml'));
  assert.equal(failure, 'not fetched: https://github.com/acme/other at live');
  assert.deepEqual(missing, [{ kind: 'git', url: 'https://github.com/acme/other', name: '', revision: 'live' }]);
});

describe('a source that is no GitRepository', () => {
  const artifacts = `${fleet}-- flux-system/artifacts.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: apps, namespace: flux-system}
spec: {url: "oci://registry.example.com/acme/apps", ref: {tag: latest}, ignore: b.yaml}
-- elsewhere/apps/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: from-elsewhere}
-- elsewhere/apps/b.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: ignored}
`;
  const from = (kind: string): string => `-- apps.yaml --${object('{}', 'apps').replace('GitRepository', kind)}`;

  test('is refused until a folder is mapped to it', async () => {
    await using opened = await openSession(`${artifacts}${from('Bucket')}`);
    const { failure, refused } = await rendered(opened, objectIn(opened, 'apps.yaml'));
    assert.match(failure ?? '', /the Bucket apps: .* in "drydock\.sources\.map", as "Bucket\/flux-system\/apps"\.$/);
    assert.equal(refused, true);
  });

  for (const [kind, named] of [
    ['OCIRepository', 'oci://registry.example.com/acme/apps'],
    ['OCIRepository', 'OCIRepository/flux-system/apps'],
    ['Bucket', 'Bucket/flux-system/apps'],
    ['ExternalArtifact', 'ExternalArtifact/flux-system/apps'],
  ] as const) {
    test(`is the folder that ${named} is mapped to`, async () => {
      const settings = { ...defaultSettings, sources: { ...defaultSettings.sources, map: { [named]: 'elsewhere' } } };
      await using opened = await openSession(`${artifacts}${from(kind)}`, settings);
      const { yaml, failure } = await rendered(opened, objectIn(opened, 'apps.yaml'));
      assert.equal(failure, undefined);
      assert.match(yaml ?? '', /name: from-elsewhere\n/);
      // Only the OCIRepository is declared, with what its artifact leaves out.
      assert.equal(yaml?.includes('name: ignored'), kind !== 'OCIRepository');
    });
  }
});

test('a source that is declared nowhere is named', async () => {
  await using opened = await openSession(`${fleet}-- apps.yaml --${object('{}', 'nowhere')}`);
  assert.match((await rendered(opened, objectIn(opened, 'apps.yaml'))).failure ?? '', /^GitRepository nowhere is not declared/);
});

test('an object in a rendering renders as its parent makes it', async () => {
  await using opened = await openSession(`${fleet}
-- clusters/dev/kustomization.yaml --
resources: [apps.yaml]
patches: [{patch: '[{"op": "add", "path": "/spec/namePrefix", "value": "dev-"}]', target: {kind: Kustomization}}]
-- clusters/dev/apps.yaml --${object('{}')}`);
  const within = { kind: 'kustomization', directory: `${opened.fixture.root}/clusters/dev` } as const;
  const name = { group: 'kustomize.toolkit.fluxcd.io', objectKind: 'Kustomization', namespace: 'flux-system', name: 'apps' };
  const { yaml, failure } = await rendered(opened, { kind: 'object', ...name, within });
  assert.equal(failure, undefined);
  assert.match(yaml ?? '', /name: dev-a\n/);
});

test('objects that render each other come to an end', async () => {
  await using opened = await openSession(`${fleet.replace('-- apps/a.yaml --', '-- apps/self.yaml --')}
---${object('{}')}`);
  const self = objectIn(opened, 'apps/self.yaml', 'apps');
  const { yaml } = await rendered(opened, self);
  assert.match(yaml ?? '', /kind: Kustomization\n/);
});
