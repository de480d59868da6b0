import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rm } from 'node:fs/promises';
import { graphOf } from './graph.ts';
import { cycleThrough, overlaysOf } from './reach.ts';
import { dialects } from '../dialects/dialects.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { nativePath } from '../workspace/paths.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';

const shop = `
-- base/kustomization.yaml --
resources: [deployment.yaml]
-- base/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
-- components/debug/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches: [{path: patch.yaml}]
-- components/debug/patch.yaml --
kind: Deployment
-- overlays/dev/kustomization.yml --
resources: [../../base]
components: [../../components/debug]
-- overlays/production/Kustomization --
resources: [../../base]
-- all/kustomization.yaml --
resources: [../overlays/dev, ../overlays/production]
-- flux/kustomization.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: x}
`;

async function open(archive: string) {
  const fixture = await openFixture(archive);
  const { root, workspace } = fixture;
  const graph = () => graphOf(workspace.snapshot, dialects);
  return {
    root,
    workspace,
    graph,
    short: (path: string) => path.slice(root.length + 1),
    overlays: (name: string) => overlaysOf(graph(), `${root}/${name}`).map(({ directory }) => directory.slice(root.length + 1)),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

test('folders that kustomize can build are found by the three names of their file', async () => {
  await using fixture = await open(shop);
  const found = fixture.graph().kustomizations();
  assert.deepEqual(
    found.map(({ directory, file }) => `${fixture.short(directory)} ${fixture.short(file.path)}`),
    [
      'all all/kustomization.yaml',
      'base base/kustomization.yaml',
      'components/debug components/debug/kustomization.yaml',
      'overlays/dev overlays/dev/kustomization.yml',
      'overlays/production overlays/production/Kustomization',
    ],
  );
});

test('a file takes part in every rendering that reaches it, nearest first', async () => {
  await using fixture = await open(shop);
  const { overlays } = fixture;
  assert.deepEqual(overlays('base/deployment.yaml'), ['base', 'overlays/dev', 'overlays/production', 'all']);
  assert.deepEqual(overlays('base/kustomization.yaml'), ['base', 'overlays/dev', 'overlays/production', 'all']);
  assert.deepEqual(overlays('components/debug/patch.yaml'), ['overlays/dev', 'all'], 'a component renders only in overlays');
  assert.deepEqual(overlays('overlays/production/Kustomization'), ['overlays/production', 'all']);
  assert.deepEqual(overlays('flux/kustomization.yaml'), []);
  assert.deepEqual(overlays('missing.yaml'), []);
});

test('open buffers stand in front: what they no longer refer to is gone, what they newly refer to is there', async () => {
  await using fixture = await open(shop);
  const { root, workspace, overlays } = fixture;
  workspace.setBuffer(`${root}/overlays/dev/kustomization.yml`, 'resources: [../../components/debug/patch.yaml]\n');
  assert.deepEqual(overlays('base/deployment.yaml'), ['base', 'overlays/production', 'all']);
  assert.deepEqual(overlays('components/debug/patch.yaml'), ['overlays/dev', 'all']);
  workspace.setBuffer(`${root}/new/kustomization.yaml`, 'resources: [../all]\n');
  assert.deepEqual(overlays('all/kustomization.yaml'), ['all', 'new']);
  workspace.closeBuffer(`${root}/new/kustomization.yaml`);
  workspace.closeBuffer(`${root}/overlays/dev/kustomization.yml`);
  assert.deepEqual(overlays('base/deployment.yaml'), ['base', 'overlays/dev', 'overlays/production', 'all']);
});

test('what is deleted on disk refers to nothing', async () => {
  await using fixture = await open(shop);
  const { root, workspace, overlays } = fixture;
  await rm(nativePath(`${root}/overlays/dev`), { recursive: true });
  await workspace.refresh([`${root}/overlays/dev`]);
  assert.deepEqual(overlays('base/deployment.yaml'), ['base', 'overlays/production', 'all']);
});

test('references are found in both directions', async () => {
  await using fixture = await open(shop);
  const graph = fixture.graph();
  const to = graph.referencesTo(`${fixture.root}/base`);
  assert.deepEqual(
    to.map(({ file, reference }) => `${fixture.short(file.path)} ${reference.field} ${reference.text}`),
    ['overlays/dev/kustomization.yml resources ../../base', 'overlays/production/Kustomization resources ../../base'].sort(),
  );
  const dev = fileAt(fixture.workspace.snapshot, `${fixture.root}/overlays/dev/kustomization.yml`)!;
  assert.deepEqual(
    graph.referencesFrom(dev).map(({ field, text }) => `${field} ${text}`),
    ['resources ../../base', 'components ../../components/debug'],
  );
});

test('cycles end, and the way around is told', async () => {
  await using fixture = await open(`
-- a/kustomization.yaml --
resources: [../b]
-- b/kustomization.yaml --
resources: [../c, ../missing]
-- c/kustomization.yaml --
resources: [../a, ../c]
`);
  const { root, overlays, graph, short } = fixture;
  assert.deepEqual(overlays('a/kustomization.yaml'), ['a', 'c', 'b']);
  assert.deepEqual(cycleThrough(graph(), `${root}/a`, `${root}/b`)?.map(short), ['a', 'b', 'c', 'a']);
  assert.deepEqual(cycleThrough(graph(), `${root}/c`, `${root}/c`)?.map(short), ['c', 'c']);
  assert.equal(cycleThrough(graph(), `${root}/b`, `${root}/missing`), undefined);
});

test('objects are found by group and kind, in open buffers too', async () => {
  await using fixture = await open(shop);
  fixture.workspace.setBuffer(`${fixture.root}/new.yaml`, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: new, namespace: x}\n');
  const found = fixture.graph().objects((group, kind) => group === 'apps' && kind === 'Deployment');
  assert.deepEqual(
    found.map(({ object: { name, namespace, group } }) => `${group} ${namespace}/${name}`),
    ['apps /shop', 'apps x/new'],
  );
});
