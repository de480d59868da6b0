// Flux Kustomizations of artifacts that an ArtifactGenerator of the repository puts together, through a session: real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWorkspace } from '../../session/check.ts';
import { objectIn, rendered } from '../../../../test/fixture/rendered.ts';
import { type OpenSession, openSession } from '../../../../test/fixture/session.ts';

const kustomization = (name: string, path: string): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 1h, prune: true, path: ${path}, sourceRef: {kind: ExternalArtifact, name: ${name}}}
`;

const generator = (copies: string): string => `
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {name: parts, namespace: flux-system}
spec:
  sources: [{alias: fleet, kind: GitRepository, name: flux-system}]
  artifacts: [{name: apps, copy: [${copies}]}]
`;

const configMap = (name: string, data = '{}'): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: ${data}\n`;

const copies = (environment: string): string =>
  `{from: '@fleet/apps/base/**', to: '@artifact/base/'}, {from: '@fleet/apps/${environment}/**', to: '@artifact/here/'}`;

const fleet = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = https://github.com/acme/fleet
-- clusters/dev/flux-system/sync.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://github.com/acme/fleet", ref: {branch: main}, ignore: secret.yaml}
-- apps/base/kustomization.yaml --
resources: [a.yaml]
-- apps/base/a.yaml --
${configMap('a')}-- apps/dev/kustomization.yaml --
resources: [../base]
namePrefix: dev-
-- apps/live/kustomization.yaml --
resources: [../base]
namePrefix: live-
`;

const apps = `-- clusters/dev/apps.yaml --${kustomization('apps', './here')}`;

const failuresIn = async ({ session, fixture }: OpenSession): Promise<string[]> => {
  const found = await checkWorkspace(session, () => true);
  return found.flatMap(({ path, findings }) =>
    findings.map(({ range, message, severity }) => `${path.slice(fixture.root.length + 1)}:${range.start.line + 1} ${severity} ${message}`),
  );
};

test('it is put together by the generator that is written nearest, of what the source has', async () => {
  await using opened = await openSession(`${fleet}${apps}
-- clusters/dev/artifacts.yaml --${generator(copies('dev'))}
-- clusters/live/apps.yaml --${kustomization('apps', './here')}
-- clusters/live/artifacts.yaml --${generator(copies('live'))}`);
  for (const cluster of ['dev', 'live']) {
    const { yaml, failure, warnings } = await rendered(opened, objectIn(opened, `clusters/${cluster}/apps.yaml`));
    assert.equal(failure, undefined);
    assert.deepEqual(warnings, []);
    assert.match(yaml ?? '', new RegExp(`name: ${cluster}-a\n`));
  }
});

test('an edit of a copied file, of the generator, or a new file is seen', async () => {
  await using opened = await openSession(`${fleet}${apps}-- clusters/dev/artifacts.yaml --${generator(copies('dev'))}`);
  const pipeline = objectIn(opened, 'clusters/dev/apps.yaml');
  const before = await rendered(opened, pipeline);
  assert.equal(await rendered(opened, pipeline), before);
  opened.session.setBuffer(opened.file('apps/base/a.yaml').path, configMap('edited'));
  assert.match((await rendered(opened, pipeline)).yaml ?? '', /name: dev-edited\n/);
  opened.session.setBuffer(opened.file('clusters/dev/artifacts.yaml').path, generator(copies('live')));
  assert.match((await rendered(opened, pipeline)).yaml ?? '', /name: live-edited\n/);
});

test('a generator counts as the kustomization around it renders it', async () => {
  await using opened = await openSession(`${fleet}${apps}
-- clusters/dev/artifacts.yaml --${generator(copies('dev'))}
-- clusters/dev/kustomization.yaml --
resources: [apps.yaml, artifacts.yaml]
patches: [{patch: '[{"op": "replace", "path": "/spec/artifacts/0/copy/1/from", "value": "@fleet/apps/live/**"}]', target: {kind: ArtifactGenerator}}]`);
  assert.match((await rendered(opened, objectIn(opened, 'clusters/dev/apps.yaml'))).yaml ?? '', /name: live-a\n/);
});

test('an artifact may be made of another one', async () => {
  const nested = `${generator("{from: '@whole/all/apps/**', to: '@artifact/'}").replace('[{alias: fleet, kind: GitRepository, name: flux-system}]', '[{alias: whole, kind: ExternalArtifact, name: whole}]')}---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {name: whole, namespace: flux-system}
spec:
  sources: [{alias: fleet, kind: GitRepository, name: flux-system}]
  artifacts: [{name: whole, copy: [{from: '@fleet/**', to: '@artifact/all/'}]}]
`;
  await using opened = await openSession(`${fleet}${apps.replace('./here', './live')}-- clusters/dev/artifacts.yaml --${nested}`);
  const { yaml, failure } = await rendered(opened, objectIn(opened, 'clusters/dev/apps.yaml'));
  assert.equal(failure, undefined);
  assert.match(yaml ?? '', /name: live-a\n/);
});

test('one that is made of itself can not be told', async () => {
  const itself = generator("{from: '@fleet/**', to: '@artifact/'}").replace(
    'kind: GitRepository, name: flux-system',
    'kind: ExternalArtifact, name: apps',
  );
  await using opened = await openSession(`${fleet}${apps}-- clusters/dev/artifacts.yaml --${itself}`);
  const { failure, refused } = await rendered(opened, objectIn(opened, 'clusters/dev/apps.yaml'));
  assert.match(failure ?? '', /^Its source is the ExternalArtifact apps: /);
  assert.equal(refused, true);
});

test('what comes from a copy has its origin in the file that was copied; what was merged has none', async () => {
  const merging = `${copies('dev')}, {from: '@fleet/apps/live/kustomization.yaml', to: '@artifact/here/', strategy: Merge}`;
  for (const [given, prefix] of [
    [copies('dev'), true],
    [merging, false],
  ] as const) {
    await using opened = await openSession(`${fleet}${apps}-- clusters/dev/artifacts.yaml --${generator(given)}`);
    assert.ok(opened.session.rendering.kind === 'on');
    const traced = await opened.session.rendering.renders.trace(objectIn(opened, 'clusters/dev/apps.yaml'), new AbortController().signal);
    assert.ok(traced);
    const { files, origins, resources } = traced.trace;
    const at = (fields: object, ...keys: string[]): readonly number[] =>
      origins[keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], fields) as number] ?? [];
    const fields = resources?.[0]?.fields as object;
    const placeOf = ([, file = 0, line = 0]: readonly number[]): string =>
      `${files[file - 1]?.slice(opened.fixture.root.length + 1) ?? '?'}:${line}`;
    assert.equal(placeOf(at(fields, 'kind')), 'apps/base/a.yaml:2');
    assert.equal(placeOf(at(fields, 'metadata', 'name')), prefix ? 'apps/dev/kustomization.yaml:2' : '?:0');
    assert.ok(!files.some((file) => file.includes('.drydock')), files.join());
  }
});

test('what is wrong in a copied file is told there', async () => {
  await using opened = await openSession(
    `${fleet.replace('resources: [a.yaml]', 'resources: [a.yaml, gone.yaml]')}${apps}-- clusters/dev/artifacts.yaml --${generator(copies('dev'))}`,
  );
  const { failure } = await rendered(opened, objectIn(opened, 'clusters/dev/apps.yaml'));
  assert.match(failure ?? '', new RegExp(`open ${opened.fixture.root}/apps/base/gone.yaml: no such file`));
  assert.doesNotMatch(failure ?? '', /\.drydock/);
  const found = await failuresIn(opened);
  assert.ok(
    found.some((each) => /^clusters\/dev\/apps.yaml:\d+ information Does not render: apps\/base\/kustomization.yaml:1/.test(each)),
    found.join('\n'),
  );
});

test('a copy that finds nothing is told at its operation', async () => {
  await using opened = await openSession(`${fleet}${apps}-- clusters/dev/artifacts.yaml --${generator(copies('gone'))}`);
  const found = (await failuresIn(opened)).filter((each) => each.includes('gone'));
  assert.deepEqual(found, [
    "clusters/dev/apps.yaml:3 information Does not render: clusters/dev/artifacts.yaml:6: no files match pattern 'apps/gone/**' in source 'fleet'",
    "clusters/dev/artifacts.yaml:6 error no files match pattern 'apps/gone/**' in source 'fleet'",
  ]);
});

test('the source that flux bootstrap has yet to commit is this repository', async () => {
  const sync = fleet.slice(fleet.indexOf('-- clusters/dev/flux-system/sync.yaml --'), fleet.indexOf('-- apps/base/kustomization.yaml --'));
  await using opened = await openSession(`${fleet.replace(sync, '')}${apps}-- clusters/dev/artifacts.yaml --${generator(copies('dev'))}`);
  const { yaml, warnings } = await rendered(opened, objectIn(opened, 'clusters/dev/apps.yaml'));
  assert.match(yaml ?? '', /name: dev-a\n/);
  assert.match(warnings.join('\n'), /^GitRepository flux-system is not declared .* `flux bootstrap`/);
});
