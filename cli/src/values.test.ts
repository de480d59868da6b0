import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { installCommand } from './cli-in-test.ts';
import { nativePath } from '../../server/src/workspace/paths.ts';
import { openFixture } from '../../test/fixture/fixture.ts';

const command = await installCommand();
after(() => command[Symbol.asyncDispose]());

const repository = `
-- .git/HEAD --
ref: refs/heads/main
-- charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- charts/web/values.yaml --
replicas: 1
image: {tag: "1"}
-- prod.yaml --
image: {tag: "2"}
-- inflated/charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- inflated/charts/web/values.yaml --
replicas: 1
image: {tag: "1"}
-- inflated/kustomization.yaml --
helmCharts:
- {name: web, releaseName: a, valuesInline: {image: {tag: "7"}}}
- {name: web, releaseName: b}
-- apps/web.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  destination: {namespace: web}
  source:
    repoURL: https://example.com/acme/fleet
    path: charts/web
    helm:
      parameters:
        - {name: replicas, value: "3"}
-- apps/release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: flux-system}
spec:
  chart: {spec: {chart: charts/web, sourceRef: {kind: GitRepository, name: fleet}}}
  valuesFrom:
    - {kind: Secret, name: web}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: "https://example.com/acme/fleet"}
---
apiVersion: v1
kind: Secret
metadata: {name: web, namespace: flux-system}
stringData:
  values.yaml: |
    token: hunter2
-- apps/plain.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: plain, namespace: argocd}
spec:
  destination: {namespace: web}
  source: {repoURL: "https://example.com/acme/fleet", path: apps}
`;

/** Runs the command in a folder of the repository. */
async function drydock(folder: string, ...args: readonly string[]) {
  await using fixture = await openFixture(repository);
  return await command.run(nativePath(`${fixture.root}/${folder}`), ...args);
}

test('values prints those of a chart, with what the command line lays over them', async () => {
  assert.deepEqual(await drydock('.', 'values', 'charts/web', '-f', 'prod.yaml', '--set', 'replicas=2'), {
    code: 0,
    stdout: `# Effective values of chart charts/web
image:
  tag: "2"  # prod.yaml:1, over charts/web/values.yaml:2
replicas: 2  # --set replicas=2, over charts/web/values.yaml:1
`,
    stderr: '',
  });
});

test('values prints those of an Application, with paths from the current folder', async () => {
  const { stdout, stderr, code } = await drydock('apps', 'values', 'application/web');
  assert.match(stdout, /^# Effective values of Application web \(web\.yaml\)\n/);
  assert.match(stdout, /\nreplicas: 3 {2}# web\.yaml:11, over \.\.\/charts\/web\/values\.yaml:1\n$/);
  assert.deepEqual([stderr, code], ['', 0]);
});

test('values masks what comes from a Secret', async () => {
  const { stdout } = await drydock('apps', 'values', 'release.yaml');
  assert.match(stdout, /\ntoken: "\*{8}" {2}# release\.yaml:19\n/);
  assert.doesNotMatch(stdout, /hunter2/);
});

test('values prints those of the charts that a kustomization inflates, one document each', async () => {
  assert.deepEqual(await drydock('inflated', 'values', '.'), {
    code: 0,
    stdout: `# Effective values of .
# kustomization.yaml:2: chart web 1.0.0
image:
  tag: "7"  # kustomization.yaml:2, over charts/web/values.yaml:2
replicas: 1  # charts/web/values.yaml:1
---
# kustomization.yaml:3: chart web 1.0.0
image:
  tag: "1"  # charts/web/values.yaml:2
replicas: 1  # charts/web/values.yaml:1
`,
    stderr: '',
  });
});

test('values says why there are none', async () => {
  assert.deepEqual(await drydock('apps', 'values', 'plain.yaml'), {
    code: 1,
    stdout: '',
    stderr: "Error: the values of Application plain (plain.yaml) can't be told: none of its sources is rendered by Helm\n",
  });
  const { code, stderr } = await drydock('apps', 'values', '.');
  assert.equal(code, 2);
  assert.match(stderr, /^drydock: values takes a chart, /);
});
