import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { comparable, isMissing, locate } from './repository.ts';
import { dialects } from '../dialects/dialects.ts';
import { disk } from '../workspace/disk.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { graphOf } from './graph.ts';
import { openFixture } from '../../../test/fixture/fixture.ts';
import { workingTrees } from '../git/repositories.ts';

describe('addresses of one repository are alike', () => {
  const same = [
    'https://github.com/acme/fleet',
    'https://github.com/acme/fleet.git',
    'https://github.com/acme/fleet/',
    'https://github.com/acme/fleet.git/',
    'http://github.com/acme/fleet',
    'https://GitHub.com/Acme/Fleet',
    'https://someone@github.com/acme/fleet',
    'https://someone:token@github.com/acme/fleet.git',
    'https://github.com:443/acme/fleet',
    'ssh://git@github.com/acme/fleet',
    'ssh://git@github.com:22/acme/fleet.git',
    'git@github.com:acme/fleet.git',
    'git@github.com:/acme/fleet.git',
    'github.com:acme/fleet',
    'git://github.com/acme/fleet.git',
    'git+ssh://git@github.com/acme/fleet.git',
  ];
  for (const url of same) test(url, () => assert.equal(comparable(url), 'github.com/acme/fleet'));
});

test('addresses of different repositories are not', () => {
  const different = [
    'https://github.com/acme/fleet',
    'https://github.com/acme/fleet-infra',
    'https://github.com/other/fleet',
    'https://gitlab.com/acme/fleet',
    'https://gitlab.com/group/acme/fleet',
    'https://git.example.com/acme/fleet',
    'file:///srv/git/fleet.git',
    '/srv/git/other.git',
    '../fleet',
  ];
  assert.equal(new Set(different.map(comparable)).size, different.length);
});

const repository = `
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
-- apps/shop/kustomization.yaml --
resources: []
-- source.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: 'https://github.com/acme/fleet'}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: other, namespace: flux-system}
spec: {url: 'https://github.com/acme/other'}
`;

async function viewOf(archive: string) {
  const fixture = await openFixture(archive);
  const { snapshot } = fixture.workspace;
  const repositories = await workingTrees(disk, snapshot.folders, snapshot.places);
  const graph = graphOf(snapshot, dialects);
  const file = fileAt(snapshot, `${fixture.root}/source.yaml`)!;
  const find = (name: Parameters<typeof locate>[3], path: string) => {
    const found = locate(graph, repositories, file, name, path);
    return found && { path: found.path.slice(fixture.root.length), certain: found.certain, missing: isMissing(snapshot, found) };
  };
  return { find, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
}

test('a folder of this repository is found, by its address or by the object that declares it', async () => {
  await using view = await viewOf(repository);
  const url = { kind: 'url', url: 'https://github.com/acme/fleet.git', revision: undefined } as const;
  const object = {
    kind: 'object',
    group: 'source.toolkit.fluxcd.io',
    objectKind: 'GitRepository',
    namespace: 'flux-system',
    name: 'fleet',
  } as const;
  const shop = { path: '/apps/shop', certain: true, missing: false };
  for (const path of ['apps/shop', './apps/shop', '/apps/shop', 'apps/shop/', 'apps/../apps/shop', '../../apps/shop'])
    assert.deepEqual(view.find(url, path), shop, path);
  assert.deepEqual(view.find(object, './apps/shop'), shop);
  assert.deepEqual(view.find(url, '.'), { path: '', certain: true, missing: false });
  assert.deepEqual(view.find(url, 'apps/missing'), { path: '/apps/missing', certain: true, missing: true });
});

test('folders of other repositories are not looked for', async () => {
  await using view = await viewOf(repository);
  const object = {
    kind: 'object',
    group: 'source.toolkit.fluxcd.io',
    objectKind: 'GitRepository',
    namespace: 'flux-system',
    name: 'other',
  } as const;
  assert.equal(view.find({ kind: 'url', url: 'https://github.com/acme/other', revision: undefined }, 'apps/shop'), undefined);
  assert.equal(view.find(object, 'apps/shop'), undefined);
  assert.equal(view.find({ ...object, name: 'nowhere' }, 'apps/shop'), undefined);
  assert.equal(view.find({ ...object, name: 'fleet', namespace: 'default' }, 'apps/shop'), undefined);
});

test('without a remote to compare with, a folder may be meant and is never called missing', async () => {
  await using view = await viewOf(repository.replace(/-- \.git\/config --[\s\S]*?(?=-- apps)/, ''));
  const url = { kind: 'url', url: 'https://github.com/acme/fleet', revision: undefined } as const;
  assert.deepEqual(view.find(url, 'apps/shop'), { path: '/apps/shop', certain: false, missing: false });
  assert.deepEqual(view.find(url, 'apps/missing'), { path: '/apps/missing', certain: false, missing: false });
});
