// Which fixture an ApplicationSet is generated from, through a session: real files, real engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectPipeline } from '../../model/pipeline.ts';
import { objectIn, rendered } from '../../../../test/fixture/rendered.ts';
import { type OpenSession, openSession } from '../../../../test/fixture/session.ts';

const fleet = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
-- argocd/dev/set.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: agents, namespace: argocd}
spec:
  generators: [{clusters: {selector: {matchLabels: {agent: "yes"}}}}]
  template:
    metadata: {name: 'agent-{{name}}'}
    spec: {project: default, source: {repoURL: "https://github.com/acme/fleet", path: agent}, destination: {server: '{{server}}'}}
-- argocd/dev/kustomization.yaml --
resources: [set.yaml]
-- argocd/staging/set.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: agents, namespace: argocd}
spec:
  generators: [{clusters: {selector: {matchLabels: {agent: "yes"}}}}]
  template:
    metadata: {name: 'agent-{{name}}'}
    spec: {project: default, source: {repoURL: "https://github.com/acme/fleet", path: agent}, destination: {server: '{{server}}'}}
-- argocd/dev/applicationset-fixture.yaml --
clusters: [{name: near, server: "https://near", labels: {agent: "yes"}}]
-- applicationset-fixture.yaml --
clusters: [{name: far, server: "https://far", labels: {agent: "yes"}}]
-- bootstrap/root.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec: {project: default, source: {repoURL: "https://github.com/acme/fleet", path: argocd/dev}, destination: {name: in-cluster}}
`;

async function generated(opened: OpenSession, pipeline: ObjectPipeline): Promise<string[]> {
  const { yaml, failure } = await rendered(opened, pipeline);
  assert.equal(failure, undefined);
  return [...(yaml ?? '').matchAll(/^ {2}name: (\S+)$/gm)].map(([, name]) => name ?? '');
}

test('the fixture of a set is the one in its folder, else the nearest above it, as it is now', async () => {
  await using opened = await openSession(fleet);
  const dev = objectIn(opened, 'argocd/dev/set.yaml');
  assert.deepEqual(await generated(opened, dev), ['agent-near']);
  assert.deepEqual(await generated(opened, objectIn(opened, 'argocd/staging/set.yaml')), ['agent-far']);
  const fixture = opened.file('argocd/dev/applicationset-fixture.yaml');
  opened.session.setBuffer(fixture.path, fixture.lines.getText().replace('name: near', 'name: typed'));
  assert.deepEqual(await generated(opened, dev), ['agent-typed']);
});

test('a set that an Application renders has the fixture of the folder that it is rendered from', async () => {
  await using opened = await openSession(fleet);
  const within = objectIn(opened, 'bootstrap/root.yaml');
  const set = { ...objectIn(opened, 'argocd/dev/set.yaml'), within };
  assert.deepEqual(await generated(opened, set), ['agent-near']);
});
