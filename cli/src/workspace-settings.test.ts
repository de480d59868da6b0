// What a checkout's settings for VS Code change in the terminal.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { installCommand } from './cli-in-test.ts';
import { nativePath } from '../../server/src/workspace/paths.ts';
import { openFixture } from '../../test/fixture/fixture.ts';
import { serveGit } from '../../test/servers/git-server.ts';

const command = await installCommand();
after(() => command[Symbol.asyncDispose]());

/** Writes a repository and runs the command in it. */
async function drydock(archive: string, ...args: readonly string[]) {
  await using fixture = await openFixture(archive);
  return await command.run(nativePath(fixture.root), ...args);
}

const git = `-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = https://example.com/acme/fleet.git
`;
const settings = (content: string): string => `-- .vscode/settings.json --\n${content}\n`;
const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const charts = `${git}-- charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- charts/web/templates/config.yaml --
{{ if semverCompare ">=1.40.0" .Capabilities.KubeVersion.Version }}{{ fail "not for this cluster" }}{{ end }}
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {has: "{{ .Capabilities.APIVersions.Has "a/v1" }}", kube: "{{ .Capabilities.KubeVersion.Version }}"}
-- clusters/dev/app.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://example.com/acme/fleet", path: charts/web}
  destination: {server: "https://kubernetes.default.svc", namespace: web}
-- clusters/dev/release.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/acme/fleet"}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: flux-system}
spec: {interval: 1m, chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: fleet}}}}
`;

test('what charts see of a cluster is what the settings say, unless an option says otherwise', async () => {
  const archive = `${charts}${settings(`{
  // as VS Code allows it
  "editor.tabSize": 2,
  "drydock.helm.kubeVersion": "1.31.0",
  "drydock.helm.apiVersions": ["a/v1"],
  "drydock": {"clusters": {"clusters/dev": {"kubeVersion": "1.32.0"}}},
}`)}`;
  const seen = async (...args: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await drydock(archive, 'build', ...args);
    const [, has, kube] = /has: "(\w+)"(?:, |\n *)kube: "?v?([\d.]+)/.exec(stdout) ?? [];
    return `${kube} ${has}${stderr}`;
  };
  assert.equal(await seen('charts/web'), '1.31.0 true');
  assert.equal(await seen('clusters/dev/app.yaml'), '1.32.0 true');
  assert.equal(await seen('clusters/dev/release.yaml', 'helmrelease/web'), '1.32.0 true');
  for (const what of [['charts/web'], ['clusters/dev/app.yaml'], ['helmrelease/web']]) {
    assert.equal(await seen(...what, '--kube-version', '1.35.0'), '1.35.0 true', what.join());
    assert.equal(await seen(...what, '--kube-version', '1.35.0', '-a', 'b/v1'), '1.35.0 false', what.join());
  }
});

test('check finds by the settings what the editor finds, and by its options what another cluster would say', async () => {
  const old = settings('{"drydock.helm.kubeVersion": "1.31.0"}');
  assert.equal((await drydock(`${charts}${old}`, 'check', 'clusters', 'charts')).code, 0);
  const refused = /clusters\/dev\/app\.yaml.*|charts\/web\/templates\/config\.yaml:1:\d+: error: .*not for this cluster/;
  const byOption = await drydock(`${charts}${old}`, 'check', '--kube-version', '1.40.0');
  assert.match(byOption.stdout, refused);
  const bySettings = await drydock(`${charts}${settings('{"drydock.helm.kubeVersion": "1.40.0"}')}`, 'check');
  assert.deepEqual([bySettings.code, bySettings.stdout], [1, byOption.stdout]);
});

const kustomizations = `-- base/a.yaml --
${configMap('a')}-- app/kustomization.yaml --
resources: [../base/a.yaml]
-- elsewhere/kustomization.yaml --
resources: ["https://example.com/acme/base//x?ref=v1"]
-- mine/x/kustomization.yaml --
namePrefix: mine-
resources: [a.yaml]
-- mine/x/a.yaml --
${configMap('a')}-- helm/kustomization.yaml --
helmCharts: [{name: web, releaseName: web}]
-- helm/charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- helm/charts/web/values.yaml --
replicas: 1
-- helm/charts/web/templates/a.yaml --
${configMap('helm')}`;

test('mapped folders, the load restrictor and Helm in kustomizations are as the settings say, and relative to their folder', async () => {
  const given = settings(`{
  "drydock.render": {"enableHelm": true, "loadRestrictor": "LoadRestrictionsNone"},
  "drydock.sources.map": {"https://example.com/acme/base": "mine"}
}`);
  const archive = `${git}${kustomizations}${given}`;
  assert.equal((await drydock(archive, 'build', 'app')).stdout, configMap('a'));
  assert.equal((await drydock(archive, 'build', 'elsewhere')).stdout, configMap('mine-a'));
  assert.deepEqual(await drydock(archive, 'build', 'helm'), { code: 0, stdout: configMap('helm'), stderr: '' });
  const { stdout } = await drydock(archive, 'check');
  assert.match(stdout, /^0 errors/m);
  assert.match((await drydock(archive, 'build', 'app', '--load-restrictor', 'LoadRestrictionsRootOnly')).stderr, /security; file/);
});

test('the nearest settings count, within the repository only; places with settings of their own each are told apart', async () => {
  const lifts = '{"drydock.render.loadRestrictor": "LoadRestrictionsNone"}';
  const nested = kustomizations.replaceAll(/^-- /gm, '-- team/');
  await using fixture = await openFixture(
    `${settings(lifts)}${nested.replaceAll('-- team/', '-- repo/team/')}-- repo/.git/HEAD --\nref: refs/heads/main\n-- repo/team/app/.vscode/settings.json --\n${lifts}\n`,
  );
  const repo = nativePath(`${fixture.root}/repo`);
  assert.equal((await command.run(repo, 'build', 'team/app')).stdout, configMap('a'));
  assert.match((await command.run(repo, 'check', 'team')).stdout, /app\/kustomization\.yaml:1:\d+: error: .*security; file/);
  const { code, stderr } = await command.run(repo, 'check', 'team/app', 'team/base');
  assert.equal(code, 2);
  assert.match(stderr, /^drydock: these places have settings of their own each \(.*settings\.json, none\)/);
});

test('what is written wrong is told, and has its default', async () => {
  const wrong = settings(
    '{"drydock.helm.apiVersions": "a/v1", "drydock.render.timeout": 20000, "drydock.render.loadRestrictor": "None", "drydock.clusters": {"a": []}\n"x": }',
  );
  const { code, stdout, stderr } = await drydock(`${git}${kustomizations}${wrong}`, 'build', 'mine/x');
  assert.deepEqual([code, stdout], [0, configMap('mine-a')]);
  assert.deepEqual(stderr.trim().split('\n'), [
    '.vscode/settings.json:2: CommaExpected; what can be read of the settings counts',
    '.vscode/settings.json:2: ValueExpected; what can be read of the settings counts',
    '.vscode/settings.json: drydock.helm.apiVersions should be a list of strings; its default is taken',
    '.vscode/settings.json: drydock.render.loadRestrictor should be LoadRestrictionsRootOnly or LoadRestrictionsNone; its default is taken',
    '.vscode/settings.json: drydock.clusters should be an object of which each value is an object with kubeVersion and apiVersions; its default is taken',
  ]);
});

test('the settings of a checkout fetch nothing', async () => {
  await using server = await serveGit();
  await server.commit('acme/base', { 'kustomization.yaml': 'resources: []\n' }, 'v1');
  const archive = `${git}-- app/kustomization.yaml --\nresources: ["${server.url}/acme/base?ref=v1"]\n${settings('{"drydock.sources.fetch": "always"}')}`;
  assert.match((await drydock(archive, 'build', 'app')).stderr, /^Error: not fetched/);
  assert.match((await drydock(archive, 'check')).stdout, /there is no copy of it yet/);
  assert.deepEqual(server.asked, []);
});
