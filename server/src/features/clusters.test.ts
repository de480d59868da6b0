// Which cluster the heading of a preview names: through a session, real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../../protocol/src/options.ts';
import { objectIn, rendered } from '../../../test/fixture/rendered.ts';
import { type OpenSession, openSession } from '../../../test/fixture/session.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { destinationOf } from './clusters.ts';
import { destinationInBrief, destinationText } from './destination-text.ts';
import { pipelinesWithin } from './pipelines-of.ts';
import { sourceFile } from '../workspace/source-file.ts';

function brief(opened: OpenSession, pipeline: Pipeline): string {
  return destinationInBrief(destination(opened, pipeline));
}

function destination({ session }: OpenSession, pipeline: Pipeline) {
  const { view, settings, rendering } = session;
  assert.ok(rendering.kind === 'on');
  const { renders } = rendering;
  return destinationOf({ view, settings: settings(), rendered: (other) => renders.known(other)?.yaml }, pipeline);
}

const overlay = ({ fixture }: OpenSession, folder: string): Pipeline => ({ kind: 'kustomization', directory: `${fixture.root}/${folder}` });

const application = (name: string, path: string, destinationFields: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://github.com/acme/fleet", path: ${path}}
  destination: ${destinationFields}
`;

const kustomization = (name: string, path: string, more = ''): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 10m
  prune: true
  path: ${path}
  sourceRef: {kind: GitRepository, name: flux-system}
${more}`;

const git = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
`;

const argocd = `${git}-- argocd/apps.yaml --
${application('by-name', 'apps/shop/overlays/eu', '{name: eu-1, namespace: shop}')}---
${application('own', 'apps/shop/overlays/dev', '{server: "https://kubernetes.default.svc"}')}---
${application('known', 'nowhere', '{server: "https://us.example.com:6443"}')}---
${application('unknown', 'nowhere', '{server: "https://asia.example.com:6443"}')}---
${application('unset', 'nowhere', '{namespace: shop}')}-- argocd/clusters.yaml --
apiVersion: v1
kind: Secret
metadata:
  name: us
  labels: {argocd.argoproj.io/secret-type: cluster}
stringData: {name: us-1, server: "https://us.example.com:6443"}
-- argocd/set.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: fleet, namespace: argocd}
spec:
  generators: [{list: {elements: [{cluster: north}, {cluster: south}]}}]
  template:
    metadata: {name: 'shop-{{cluster}}'}
    spec:
      project: default
      source: {repoURL: "https://github.com/acme/fleet", path: apps/shop/overlays/eu}
      destination: {name: '{{cluster}}'}
-- apps/shop/base/kustomization.yaml --
resources: []
-- apps/shop/overlays/eu/kustomization.yaml --
resources: [../../base]
-- apps/shop/overlays/dev/kustomization.yaml --
resources: [../../base]
`;

test('an Application is deployed to its destination, by the name that the repository knows it by', async () => {
  await using opened = await openSession(argocd);
  const of = (name: string): string => brief(opened, objectIn(opened, 'argocd/apps.yaml', name));
  assert.equal(of('by-name'), 'cluster eu-1');
  assert.equal(of('own'), 'cluster in-cluster');
  assert.equal(of('known'), 'cluster us-1');
  assert.equal(of('unknown'), 'cluster asia.example.com:6443');
  assert.equal(of('unset'), '');
});

test('a generated Application has the destination that was filled in; its set has none', async () => {
  await using opened = await openSession(argocd);
  const set = objectIn(opened, 'argocd/set.yaml');
  const { yaml } = await rendered(opened, set);
  const generated = pipelinesWithin(set, sourceFile('/set.yaml', yaml ?? ''));
  assert.deepEqual(
    generated.map((each) => brief(opened, each)),
    ['cluster north', 'cluster south'],
  );
  assert.equal(brief(opened, set), '');
});

test('an overlay names the objects that deploy it, or how many there are', async () => {
  await using opened = await openSession(argocd);
  assert.equal(brief(opened, overlay(opened, 'apps/shop/overlays/dev')), 'deployed by Application own to in-cluster');
  assert.equal(brief(opened, overlay(opened, 'apps/shop/overlays/eu')), 'deployed by Application by-name to eu-1 and ApplicationSet fleet');
  const base = overlay(opened, 'apps/shop/base');
  assert.equal(brief(opened, base), 'deployed by 3 objects to eu-1 and in-cluster');
  assert.deepEqual(
    destinationText(destination(opened, base), (path) => opened.name(`file://${path}`)),
    [
      'Application by-name (argocd/apps.yaml) to eu-1',
      'Application own (argocd/apps.yaml) to in-cluster',
      'ApplicationSet fleet (argocd/set.yaml)',
    ],
  );
});

const flux = `${git}-- clusters/dev/flux-system/gotk-sync.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://github.com/acme/fleet", ref: {branch: main}}
---
${kustomization('flux-system', './clusters/dev')}-- clusters/dev/apps.yaml --
${kustomization('apps', './apps')}---
${kustomization('remote', './remote', '  kubeConfig: {secretRef: {name: edge}}\n')}-- clusters/production/apps.yaml --
${kustomization('apps', './apps')}-- apps/shop/kustomization.yaml --
resources: [release.yaml]
-- apps/shop/release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec: {interval: 10m, chart: {spec: {chart: shop, sourceRef: {kind: HelmRepository, name: shop}}}}
-- apps/shop/unused/kustomization.yaml --
resources: []
-- remote/kustomization.yaml --
resources: []
`;

test('a Flux object is deployed to the cluster whose folder it lies in, or those whose folders lead to it', async () => {
  await using opened = await openSession(flux);
  assert.equal(brief(opened, objectIn(opened, 'clusters/dev/apps.yaml', 'apps')), 'cluster dev');
  assert.equal(brief(opened, objectIn(opened, 'clusters/dev/flux-system/gotk-sync.yaml')), 'cluster dev');
  assert.equal(brief(opened, objectIn(opened, 'apps/shop/release.yaml')), 'clusters dev and production');
  const apps = objectIn(opened, 'clusters/dev/apps.yaml', 'apps');
  await rendered(opened, apps);
  assert.equal(brief(opened, { ...objectIn(opened, 'apps/shop/release.yaml'), within: apps }), 'cluster dev');
});

test('a kubeconfig is named where it decides the cluster', async () => {
  await using opened = await openSession(flux);
  assert.equal(brief(opened, objectIn(opened, 'clusters/dev/apps.yaml', 'remote')), 'cluster kubeconfig edge');
  assert.equal(brief(opened, overlay(opened, 'remote')), 'deployed by Kustomization remote to kubeconfig edge');
});

test('a folder that Flux makes a kustomization for brings those below it, but not what those leave out', async () => {
  await using opened = await openSession(flux);
  assert.equal(brief(opened, overlay(opened, 'apps/shop')), 'deployed by Kustomization apps to dev and Kustomization apps to production');
  assert.equal(brief(opened, overlay(opened, 'apps/shop/unused')), '');
});

test('the settings name the cluster of a folder', async () => {
  const clusters = { 'clusters/dev': { kubeVersion: '1.33.0' }, 'sites/west/clusters/dev': {}, 'sites/west': {} };
  await using opened = await openSession(`${flux}-- sites/west/kustomization.yaml --\nresources: []\n`, { ...defaultSettings, clusters });
  assert.equal(brief(opened, overlay(opened, 'sites/west')), 'cluster west');
  assert.equal(brief(opened, objectIn(opened, 'clusters/dev/apps.yaml', 'apps')), 'cluster dev');
});

test('a chart alone is deployed nowhere', async () => {
  await using opened = await openSession('-- clusters/dev/chart/Chart.yaml --\napiVersion: v2\nname: a\nversion: 1.0.0\n');
  assert.equal(brief(opened, { kind: 'chart', chart: `${opened.fixture.root}/clusters/dev/chart`, values: '' }), '');
});
