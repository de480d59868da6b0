// Who points at what stands at the cursor.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { references } from './references.ts';

const fleet = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = https://example.com/acme/fleet
-- clusters/dev/git.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec: {interval: 1m, url: "https://example.com/acme/fleet"}
-- clusters/dev/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  path: ./overlays/dev
  sourceRef: {kind: GitRepository, name: fleet}
  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: more, namespace: flux-system}
spec:
  path: ./plain
  dependsOn: [{name: apps}]
  sourceRef: {kind: GitRepository, name: fleet}
-- clusters/live/git.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/acme/fleet"}
-- clusters/live/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  path: ./overlays/live
  sourceRef: {kind: GitRepository, name: fleet}
-- clusters/dev/settings.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: flux-system}
data: {a: b}
-- clusters/dev/kustomization.yaml --
resources: [git.yaml, apps.yaml, settings.yaml]
-- argocd/app.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: dev, namespace: argocd}
spec: {project: default, source: {repoURL: "https://example.com/acme/fleet", path: overlays/dev}}
-- base/kustomization.yaml --
resources: [shop.yaml]
-- base/shop.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
-- overlays/dev/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base]
configMapGenerator: [{name: generated, literals: [a=b]}]
-- overlays/live/kustomization.yaml --
resources: [../../base]
-- charts/release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: shop}
spec:
  chart: {spec: {chart: web, sourceRef: {kind: HelmRepository, name: web}}}
  valuesFrom: [{kind: ConfigMap, name: generated}]
-- charts/repository.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: web, namespace: shop}
spec: {interval: 1m, url: "https://charts.example.com"}
`;

/** The references at the first occurrence of `at` in a file, as `file:line <text>`. */
async function referencesAt(name: string, at: string, offset: number, declaration: Parameters<typeof references>[3]): Promise<string[]> {
  await using opened = await openSession(fleet);
  const { view } = opened.session;
  const file = opened.file(name);
  return references(view, file, file.text.indexOf(at) + offset, declaration).map(({ uri, range }) => {
    const found = opened.file(opened.name(uri));
    return `${opened.name(uri)}:${range.start.line + 1} <${found.lines.getText(range)}>`;
  });
}

describe('what points at', () => {
  const cases: readonly (readonly [what: string, file: string, at: string, ...(readonly string[])])[] = [
    [
      'a source, by its name: the objects of its own cluster',
      'clusters/dev/git.yaml',
      'fleet',
      'clusters/dev/kustomization.yaml:1 <git.yaml>',
      'clusters/dev/apps.yaml:6 <fleet>',
      'clusters/dev/apps.yaml:15 <fleet>',
    ],
    ['a source, by its kind', 'clusters/live/git.yaml', 'GitRepository', 'clusters/live/apps.yaml:6 <fleet>'],
    ['a chart repository', 'charts/repository.yaml', 'web', 'charts/release.yaml:5 <web>'],
    [
      'a ConfigMap',
      'clusters/dev/settings.yaml',
      'settings',
      'clusters/dev/kustomization.yaml:1 <settings.yaml>',
      'clusters/dev/apps.yaml:7 <settings>',
    ],
    ['a ConfigMap that a generator makes', 'overlays/dev/kustomization.yaml', 'generated', 'charts/release.yaml:6 <generated>'],
    [
      'what is waited for',
      'clusters/dev/apps.yaml',
      'Kustomization',
      'clusters/dev/apps.yaml:14 <apps>',
      'clusters/dev/kustomization.yaml:1 <apps.yaml>',
    ],
    [
      'a base, whose kustomization does not say what it is',
      'base/kustomization.yaml',
      'resources',
      'overlays/dev/kustomization.yaml:3 <../../base>',
      'overlays/live/kustomization.yaml:1 <../../base>',
    ],
    [
      'an overlay: what deploys it',
      'overlays/dev/kustomization.yaml',
      'Kustomization',
      'argocd/app.yaml:4 <overlays/dev>',
      'clusters/dev/apps.yaml:5 <./overlays/dev>',
    ],
    ['a manifest: what includes it', 'base/shop.yaml', 'Deployment', 'base/kustomization.yaml:1 <shop.yaml>'],
    [
      'a field: what else points there',
      'overlays/live/kustomization.yaml',
      '../base',
      'overlays/dev/kustomization.yaml:3 <../../base>',
      'overlays/live/kustomization.yaml:1 <../../base>',
    ],
    [
      'a path of a repository',
      'argocd/app.yaml',
      'overlays/dev',
      'argocd/app.yaml:4 <overlays/dev>',
      'clusters/dev/apps.yaml:5 <./overlays/dev>',
    ],
    ['any other field: nothing', 'clusters/dev/git.yaml', 'interval'],
  ];
  for (const [what, file, at, ...expected] of cases) {
    test(what, async () => {
      assert.deepEqual((await referencesAt(file, at, 1, 'without declaration')).sort(), [...expected].sort());
    });
  }
});

test('the declaration comes first when it is asked for', async () => {
  assert.deepEqual(await referencesAt('clusters/live/apps.yaml', 'name: fleet', 7, 'with declaration'), [
    'clusters/live/git.yaml:3 <fleet>',
    'clusters/live/apps.yaml:6 <fleet>',
  ]);
});
