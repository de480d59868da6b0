import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { objectTree } from './object-tree.ts';

const fleet = `
-- apps.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ignored}
-- apps/dev/kustomization.yaml --
resources: [../base]
-- apps/base/kustomization.yaml --
resources: []
`;

test('the tree groups objects by their tool, and lists the overlays', async () => {
  await using opened = await openSession(fleet);
  const tree = objectTree(opened.session.view, (path) => (path.endsWith('apps.yaml') ? 2 : 0));
  assert.deepEqual(
    tree.map(
      ({ label, problems, children }) => `${label} (${problems}): ${children.map(({ kind, label: name }) => `${kind} ${name}`).join(', ')}`,
    ),
    [
      'Argo CD (4): Application shop, AppProject shop',
      'Sources (2): GitRepository fleet',
      'Overlays (0): overlay apps/base, overlay apps/dev',
    ],
  );
  const ids = tree.flatMap(({ id, children }) => [id, ...children.map((child) => child.id)]);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(tree[0]?.children[1]?.location?.range.start.line, 6);
});

test('an empty repository has an empty tree', async () => {
  await using opened = await openSession('-- a.txt --\n');
  assert.deepEqual(
    objectTree(opened.session.view, () => 0),
    [],
  );
});
