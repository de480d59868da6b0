import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { deployedFolders } from '../cluster/deployers.ts';
import { type Inventory, inventoryIn, trackedOf } from '../cluster/tree/inventory.ts';
import { dialects } from '../dialects/dialects.ts';
import { graphOf } from '../model/graph.ts';
import type { View } from '../model/view.ts';
import { meantDeclarations } from './meant-declarations.ts';

const url = 'https://example.com/fleet.git';
const kustomization = (name: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\n`;
const cluster = (name: string) => `-- clusters/${name}/apps.yaml --
${kustomization('apps')}-- clusters/${name}/flux-system/gotk-sync.yaml --
${kustomization('flux-system')}`;

/** What the cluster "staging" has of a repository for it and for "production", whose apps come out of an artifact. */
function staging(path: string): Inventory {
  const object = (apiVersion: string, kind: string, name: string, rest: object) => {
    const metadata = { name, namespace: 'flux-system', uid: '', resourceVersion: '', creationTimestamp: '' };
    const tracked = trackedOf({ apiVersion, kind, metadata, ...rest });
    assert.ok(tracked);
    return tracked;
  };
  const flux = 'kustomize.toolkit.fluxcd.io';
  const entries = ['apps', 'flux-system'].map((name) => ({ id: `flux-system_${name}_${flux}_Kustomization`, v: 'v1' }));
  return inventoryIn([
    object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', { spec: { url, ref: { branch: 'main' } } }),
    object(`${flux}/v1`, 'Kustomization', 'flux-system', {
      spec: { path, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
      status: { inventory: { entries } },
    }),
    object(`${flux}/v1`, 'Kustomization', 'apps', { spec: { path: './staging', sourceRef: { kind: 'ExternalArtifact', name: 'apps' } } }),
    object('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', 'flux-system', {
      spec: {
        sources: [{ alias: 'fleet', kind: 'GitRepository', name: 'flux-system' }],
        artifacts: [{ name: 'apps', copy: [{ from: '@fleet/apps/staging/**', to: '@artifact/staging/' }] }],
      },
    }),
  ]);
}

async function declarationsFor(inventory: Inventory, archive: string): Promise<Readonly<Record<string, readonly string[]>>> {
  await using fixture = await openFixture(archive);
  const { root, workspace } = fixture;
  const repositories = [{ root, remotes: [url], branch: 'main', commit: undefined }];
  const view = { graph: graphOf(workspace.snapshot, dialects), repositories } satisfies View;
  const declared = [...inventory.objects.values()]
    .filter(({ name }) => name.kind === 'Kustomization')
    .map((tracked) => [tracked.name.name, meantDeclarations(view, inventory, tracked).map(({ file }) => file.path.slice(root.length + 1))]);
  return Object.fromEntries([
    ...declared,
    [
      'deployed',
      deployedFolders(inventory, repositories).map(({ tracked, folder }) => `${tracked.name.name}: ${folder.slice(root.length + 1)}`),
    ],
  ]) as Readonly<Record<string, readonly string[]>>;
}

test('of what several clusters declare, a cluster has what its own folder reaches', async () => {
  assert.deepEqual(await declarationsFor(staging('./clusters/staging'), cluster('production') + cluster('staging')), {
    apps: ['clusters/staging/apps.yaml'],
    'flux-system': ['clusters/staging/flux-system/gotk-sync.yaml'],
    deployed: ['flux-system: clusters/staging', 'apps: apps/staging'],
  });
});

test('a kustomization reaches what it names, wherever that lies', async () => {
  const overlay = '-- overlays/staging/kustomization.yaml --\nresources: [../../clusters/staging/apps.yaml]\n';
  const { apps } = await declarationsFor(staging('./overlays/staging'), cluster('production') + cluster('staging') + overlay);
  assert.deepEqual(apps, ['clusters/staging/apps.yaml']);
});

test('all may be meant where it is not known what a cluster delivers from', async () => {
  const { apps } = await declarationsFor(staging('./elsewhere'), cluster('production') + cluster('staging'));
  assert.deepEqual(apps, ['clusters/production/apps.yaml', 'clusters/staging/apps.yaml']);
});
