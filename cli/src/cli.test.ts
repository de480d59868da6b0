import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { execFileSync, spawnSync } from 'node:child_process';
import { installCommand } from './cli-in-test.ts';
import { nativePath } from '../../server/src/workspace/paths.ts';
import { openFixture } from '../../test/fixture/fixture.ts';
import { run } from '../../scripts/process.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';

const command = await installCommand();
after(() => command[Symbol.asyncDispose]());

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const shop = `
-- base/kustomization.yaml --
resources: [a.yaml]
-- base/a.yaml --
metadata: {name: a}
apiVersion: v1
kind: ConfigMap
-- overlays/dev/kustomization.yaml --
resources: [../../base]
namePrefix: dev-
-- overlays/broken/kustomization.yaml --
resources:
  - ../../base
  - gone.yaml
`;

/** Writes a repository and runs the command in it. */
async function drydock(archive: string, ...args: readonly string[]) {
  await using fixture = await openFixture(archive);
  return await command.run(nativePath(fixture.root), ...args);
}

test('build prints what kustomize build prints, and nothing else', async () => {
  assert.deepEqual(await drydock(shop, 'build', 'overlays/dev'), { code: 0, stdout: configMap('dev-a'), stderr: '' });
});

test('build fails as kustomize build does', async () => {
  const { code, stdout, stderr } = await drydock(shop, 'build', 'overlays/broken');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^Error: accumulating resources: .*gone\.yaml: no such file or directory\n$/);
});

test('build takes the current folder when none is named, and writes to a file when one is', async () => {
  await using fixture = await openFixture(shop);
  const dev = nativePath(`${fixture.root}/overlays/dev`);
  assert.deepEqual(await command.run(dev, 'build', '-o', 'out.txt'), { code: 0, stdout: '', stderr: '' });
  assert.equal(await readFile(`${dev}/out.txt`, 'utf8'), configMap('dev-a'));
});

test('build loads files from elsewhere only when it is told to', async () => {
  const outside = `-- app/kustomization.yaml --\nresources: [../a.yaml]\n-- a.yaml --\n${configMap('a')}`;
  assert.match((await drydock(outside, 'build', 'app')).stderr, /security; file/);
  assert.equal((await drydock(outside, 'build', 'app', '--load-restrictor', 'LoadRestrictionsNone')).stdout, configMap('a'));
});

const chart = `
-- chart/Chart.yaml --
apiVersion: v2
name: shop
version: 1.0.0
-- chart/templates/config.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
data: {{ required "say a colour" .Values.colour | dict "colour" | toJson }}
kube: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.APIVersions.Has "a/v1" }} {{ .Capabilities.APIVersions.Has "b/v1" }}
-- blue.yaml --
colour: blue
-- overlay/kustomization.yaml --
-- overlay/Chart.yaml --
`;

test('build prints what helm template prints, for a chart', async () => {
  const { code, stdout, stderr } = await drydock(chart, 'build', 'chart', '-f', 'blue.yaml', '--kube-version', '1.30.0', '-a', 'a/v1,b/v1');
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal(
    stdout,
    `---
# Source: shop/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop, namespace: default}
data: {"colour":"blue"}
kube: v1.30.0 true true
`,
  );
  const named = await drydock(chart, 'build', 'chart', '--name', 'mine', '-n', 'store', '-f', 'blue.yaml', '--set', 'colour=red');
  assert.match(named.stdout, /\{name: mine, namespace: store\}\ndata: \{"colour":"red"\}/);
});

test('build fails as helm template does, for a chart', async () => {
  const { code, stdout, stderr } = await drydock(chart, 'build', 'chart');
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^Error: execution error at \(shop\/templates\/config\.yaml:4:\d+\): say a colour\n/);
});

test('build takes a folder with a kustomization for one, whatever else is in it, and no option of charts for it', async () => {
  assert.match((await drydock(chart, 'build', 'overlay')).stderr, /kustomization\.yaml is empty/);
  const { code, stderr } = await drydock(chart, 'build', 'overlay', '--include-crds');
  assert.equal(code, 2);
  assert.match(stderr, /^drydock: --include-crds is for charts\n/);
});

test('build --all renders every kustomization of a repository, and says which failed', async () => {
  await using fixture = await openFixture(shop);
  const root = nativePath(fixture.root);
  const { code, stdout, stderr } = await command.run(root, 'build', '--all', '-o', 'rendered');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^Rendered 2 of 3 kustomizations to .*rendered\n {2}overlays\/broken failed: see overlays\/broken\.err\n$/);
  const files = (await readdir(`${root}/rendered`, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  assert.deepEqual(files.map(({ name }) => name).sort(), ['base.yaml', 'broken.err', 'dev.yaml']);
  assert.equal(await readFile(`${root}/rendered/overlays/dev.yaml`, 'utf8'), configMap('dev-a'));
  assert.match(await readFile(`${root}/rendered/overlays/broken.err`, 'utf8'), /^Error: accumulating resources: .*gone\.yaml/);

  await writeFile(`${root}/overlays/broken/gone.yaml`, configMap('b'));
  const again = await command.run(root, 'build', '--all', '.', '-o', 'rendered');
  assert.deepEqual([again.code, again.stderr.split('\n').length], [0, 2]);
  const mended = await readdir(`${root}/rendered/overlays`);
  assert.deepEqual(mended.sort(), ['broken.yaml', 'dev.yaml']);
});

test('check prints findings as text, and fails when there are errors', async () => {
  const { code, stdout, stderr } = await drydock(shop, 'check');
  assert.deepEqual([code, stderr], [1, '']);
  assert.equal(
    stdout,
    'overlays/broken/kustomization.yaml:3:5: error: "gone.yaml" does not exist. [kustomize/missing-file]\n1 error, 0 warnings\n',
  );
});

const nested = `
-- .git/HEAD --
ref: x
-- base/kustomization.yaml --
namePrefix: x-
resource: []
-- overlays/dev/kustomization.yaml --
resources: [../../base]
`;

test('check tells below a finding where it leads', async () => {
  const { code, stdout } = await drydock(nested, 'check', 'overlays');
  assert.equal(code, 1);
  const words = 'invalid Kustomization: json: unknown field "resource"';
  assert.equal(
    stdout,
    `base/kustomization.yaml:2:1: error: ${words}. Kustomizations have no field \`resource\`: correct its name, or remove it. [render]
overlays/dev/kustomization.yaml:1:13: information: Fails in base/kustomization.yaml:2: ${words} [render]
    base/kustomization.yaml:2:1: ${words}
1 error, 0 warnings
`,
  );
  const json = JSON.parse((await drydock(nested, 'check', 'overlays', '--format', 'json')).stdout) as { related?: unknown }[];
  assert.deepEqual(json[1]?.related, [{ path: 'base/kustomization.yaml', line: 2, column: 1, endLine: 2, endColumn: 9, message: words }]);
});

test('check prints findings as JSON', async () => {
  const { code, stdout } = await drydock(shop, 'check', '--format', 'json');
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout), [
    {
      path: 'overlays/broken/kustomization.yaml',
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 14,
      severity: 'error',
      code: 'kustomize/missing-file',
      message: '"gone.yaml" does not exist.',
    },
  ]);
});

test('check looks at what it is asked for, and knows the whole repository', async () => {
  assert.deepEqual(await drydock(`-- .git/HEAD --\nref: x\n${shop}`, 'check', 'overlays/dev', 'base/a.yaml'), {
    code: 0,
    stdout: '0 errors, 0 warnings\n',
    stderr: '',
  });
  const { code, stdout } = await drydock(shop, 'check', 'base', '--format', 'json');
  assert.deepEqual([code, stdout], [0, '[]\n']);
});

test('check says what it leaves out, and why', { skip: process.platform === 'win32' }, async () => {
  await using fixture = await openFixture(`-- a.yaml --\n${configMap('a')}wrong: 1\n`);
  const root = nativePath(fixture.root);
  await writeFile(`${root}/huge.yaml`, '');
  await truncate(`${root}/huge.yaml`, 100_000_000);
  await writeFile(`${root}/binary.yaml`, Buffer.from([0, 1]));
  await symlink('loop.yaml', `${root}/loop.yaml`);
  await symlink('.', `${root}/self`);
  await mkdir(`${root}/folder.yaml`);
  execFileSync('mkfifo', [`${root}/pipe.yaml`]);
  const { code, stdout, stderr } = await command.run(root, 'check');
  assert.equal(code, 1);
  assert.match(stdout, /^a\.yaml:5:1: error: `wrong` is not a field.*\n1 error, 0 warnings\n$/);
  assert.deepEqual(stderr.trim().split('\n').sort(), [
    'binary.yaml: skipped: a binary file',
    'huge.yaml: skipped: larger than 5 MB (setting drydock.files.maxSize)',
    'loop.yaml: skipped: too many levels of symbolic links',
    'pipe.yaml: skipped: not a regular file',
  ]);
});

test('a render that asks for a pipe or a huge file ends', { skip: process.platform === 'win32' }, async () => {
  await using fixture = await openFixture(
    '-- pipe/kustomization.yaml --\nresources: [pipe.yaml]\n-- huge/kustomization.yaml --\nresources: [huge.yaml]\n',
  );
  const root = nativePath(fixture.root);
  execFileSync('mkfifo', [`${root}/pipe/pipe.yaml`]);
  await writeFile(`${root}/huge/huge.yaml`, '');
  await truncate(`${root}/huge/huge.yaml`, 100_000_000);
  for (const folder of ['pipe', 'huge']) {
    const { code, stderr } = await command.run(root, 'build', folder);
    assert.equal(code, 1, folder);
    assert.match(stderr, /^Error: /, folder);
  }
});

test('a reader that has seen enough ends the command quietly', { skip: process.platform === 'win32' }, async () => {
  await using fixture = await openFixture(
    `-- kustomization.yaml --\nconfigMapGenerator: [{name: a, files: [a.txt]}]\n-- a.txt --\n${'text\n'.repeat(500_000)}`,
  );
  const { stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${command.program}' build . | head -c 10`], {
    cwd: nativePath(fixture.root),
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
});

test('a command line that makes no sense is explained', async () => {
  const senseless: readonly (readonly [RegExp, ...(readonly string[])])[] = [
    [/a command is missing/],
    [/there is no command "biuld"/, 'biuld'],
    [/Unknown option '--formt'/, 'check', '--formt', 'json'],
    [/--format is text or json/, 'check', '--format', 'xml'],
    [/--format is text or json/, 'check', '--format', 'constructor'],
    [/gone does not exist/, 'check', 'gone'],
    [/build takes one folder/, 'build', 'a', 'b'],
    [/build --all needs -o/, 'build', '--all'],
    [/gone does not exist/, 'build', '--all', 'gone', '-o', 'out'],
    [/-o \. would write among the repository's own files/, 'build', '--all', '-o', '.'],
    [/lsp needs --stdio/, 'lsp'],
    [/--load-restrictor is LoadRestrictionsRootOnly or LoadRestrictionsNone/, 'build', '--load-restrictor', 'none'],
  ];
  await using fixture = await openFixture('-- a.txt --\n');
  for (const [said, ...args] of senseless) {
    const { code, stdout, stderr } = await command.run(nativePath(fixture.root), ...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, said);
    assert.match(stderr, /Usage:/);
  }
});

test('help is printed when it is asked for', async () => {
  for (const args of [['--help'], ['help'], ['build', '--help'], ['check', '-h'], ['lsp', '--help']]) {
    const { code, stdout } = await drydock('-- a.txt --\n', ...args);
    assert.equal(code, 0, args.join(' '));
    assert.match(stdout, /^Usage:\n {2}drydock build/);
  }
});

test('output that cannot be written is named', async () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await drydock(shop, 'build', ...args);
    assert.deepEqual([code, stdout], [1, '']);
    return stderr;
  };
  assert.match(await refused('base', '-o', 'gone/out.yaml'), /^drydock: cannot write gone\/out\.yaml: no such file or directory\n$/);
  assert.match(await refused('base', '-o', 'overlays'), /^drydock: cannot write overlays: [^\n]+\n$/);
  assert.match(await refused('--all', '-o', 'base/a.yaml'), /^drydock: cannot write .*a\.yaml.*: [^\n]+\n$/);
});

const fleet = `
-- .git/config --
[remote "origin"]
	url = https://example.com/acme/fleet.git
-- clusters/dev.yaml --
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{color: red}, {color: blue}]}}]
  template:
    metadata: {name: "shop-{{ .color }}"}
    spec:
      project: default
      source: {repoURL: "https://example.com/acme/fleet.git", path: app, kustomize: {namePrefix: "{{ .color }}-"}}
      destination: {namespace: shop, server: "https://kubernetes.default.svc"}
-- clusters/production.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop-red, namespace: argocd}
spec: {source: {repoURL: "git@example.com:acme/fleet", path: app}}
-- app/kustomization.yaml --
resources: [a.yaml]
-- app/a.yaml --
${configMap('a')}`;

test('build takes an object by its file, by kind and name, and one that another one renders', async () => {
  assert.equal((await drydock(fleet, 'build', 'clusters/production.yaml')).stdout, configMap('a'));
  assert.equal((await drydock(fleet, 'build', 'application/shop-red')).stdout, configMap('a'));
  assert.match((await drydock(fleet, 'build', 'clusters/dev.yaml')).stdout, /name: shop-red\n[^]*name: shop-blue\n/);
  const nested = await drydock(fleet, 'build', 'ApplicationSet/shops', 'Application/shop-blue');
  assert.deepEqual(nested, { code: 0, stdout: configMap('blue-a'), stderr: '' });
});

test('build takes each object that Flux renders, and a packaged chart', async () => {
  const flux = `${fleet}-- flux/sources.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: flux-system}
spec: {url: "https://example.com/acme/fleet", interval: 1h}
-- flux/shop.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec: {path: ./app, prune: true, interval: 1h, namePrefix: flux-, sourceRef: {kind: GitRepository, name: fleet}}
-- flux/release.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: flux-system}
spec: {interval: 1h, chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: fleet}}}, values: {color: blue}}
-- charts/web/Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
-- charts/web/values.yaml --
color: red
-- charts/web/templates/a.yaml --
kind: ConfigMap
apiVersion: v1
metadata: {name: web}
data: {color: {{ .Values.color }}}
`;
  for (const shop of ['flux/shop.yaml', 'kustomization/shop'])
    assert.deepEqual(await drydock(flux, 'build', shop), { code: 0, stdout: configMap('flux-a'), stderr: '' }, shop);
  for (const release of ['flux/release.yaml', 'HelmRelease/web']) {
    const { code, stdout } = await drydock(flux, 'build', release);
    assert.equal(code, 0, release);
    assert.match(stdout, /^ {2}color: blue$|\{color: blue\}/m, release);
  }
  using folder = temporaryFolder('packaged');
  const content = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', 'templates/a.yaml': configMap('packed') };
  for (const [name, text] of Object.entries(content)) {
    await mkdir(path.dirname(path.join(folder.path, 'web', name)), { recursive: true });
    await writeFile(path.join(folder.path, 'web', name), text);
  }
  const packed = path.join(folder.path, 'web-1.0.0.tgz');
  await run('tar', ['-czf', packed, 'web'], { cwd: folder.path });
  assert.match((await drydock(flux, 'build', packed)).stdout, /name: packed\n/);
});

test('build says which objects a name may mean', async () => {
  const several = `${fleet}-- clusters/staging.yaml --\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop-red}\n`;
  const { code, stderr } = await drydock(several, 'build', 'Application/shop-red');
  assert.equal(code, 2);
  assert.equal(
    stderr,
    'drydock: Application/shop-red may mean any of these:\n' +
      '  drydock build clusters/production.yaml Application/shop-red -n argocd\n  drydock build clusters/staging.yaml Application/shop-red\n',
  );
  assert.match(
    (await drydock(fleet, 'build', 'Application/none')).stderr,
    /^drydock: Application\/none is no object that a controller renders\n/,
  );
});
