// Sources from real Git, a chart repository and a registry on this machine; real engine, real cache.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { nativeEngine } from '../../../scripts/engine.ts';
import { serveGit } from '../../../test/servers/git-server.ts';
import { type TestServer, listen } from '../../../test/servers/listen.ts';
import { startEngine } from '../engine/engine.ts';
import type { Source } from '../engine/source.ts';
import { fileSource } from '../session/file-source.ts';
import { disk } from '../workspace/disk.ts';
import { SourceError } from './source-error.ts';
import { copyFinder, fetchSource } from './sources.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'drydock-sources-'));
const cache = path.join(folder, 'cache');
const findCopy = copyFinder({
  cache,
  mappings: () => ({ 'https://github.com/acme/mapped': '../mapped' }),
  folder: () => '/repo/app',
  used: () => undefined,
});
const engine = startEngine({
  build: { kind: 'native', program: await nativeEngine() },
  files: fileSource(disk, findCopy),
  timeout: 60_000,
  memoryLimit: 2 ** 30,
  log: () => {},
});
after(async () => {
  engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

const source = (kind: Source['kind'], url: string, revision = '', name = ''): Source => ({ kind, url, name, revision });
const fetchNow = (wanted: Source, signal = new AbortController().signal): Promise<string> => fetchSource(cache, engine, wanted, signal);
const refused = async (wanted: Source, words: RegExp): Promise<void> => {
  const error = await fetchNow(wanted).catch((reason: unknown) => reason);
  assert.ok(error instanceof SourceError, String(error));
  assert.match(error.message, words);
  assert.doesNotMatch(error.message, /\n/);
  assert.equal(await findCopy(wanted), undefined);
};
const copyOf = async (wanted: Source): Promise<string> => {
  const copy = await findCopy(wanted);
  assert.ok(copy !== undefined);
  return copy;
};

/** A packed chart. */
async function packed(name: string, version: string): Promise<Buffer> {
  const place = await mkdtemp(path.join(folder, 'chart-'));
  await mkdir(path.join(place, name, 'templates'), { recursive: true });
  await writeFile(path.join(place, name, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n`);
  await promisify(execFile)('tar', ['czf', 'chart.tgz', name], { cwd: place });
  return readFile(path.join(place, 'chart.tgz'));
}

const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

function serveFiles(files: () => Readonly<Record<string, string | Buffer>>): Promise<TestServer> {
  return listen((request, response) => {
    const content = files()[request.url ?? ''];
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
}

test('a repository is kept by commit; a moved branch is another copy, and the old one stays', async () => {
  await using git = await serveGit();
  const first = await git.commit('acme/fleet', { 'a.yaml': 'one', 'deep/link': { link: '../a.yaml' } }, 'v1');
  const branch = source('git', `${git.url}/acme/fleet`, 'main');
  assert.equal(await fetchNow(branch), first);
  const before = await copyOf(branch);
  assert.match(before, new RegExp(`/git/127\\.0\\.0\\.1/\\d+/acme/fleet/${first}$`));
  assert.deepEqual((await readdir(before)).sort(), ['a.yaml', 'deep']);
  const second = await git.commit('acme/fleet', { 'a.yaml': 'two' });
  assert.equal(await copyOf(branch), before, 'nothing is fetched unasked');
  assert.equal(await fetchNow(branch), second);
  assert.equal(await readFile(path.join(await copyOf(branch), 'a.yaml'), 'utf8'), 'two');
  assert.equal(await readFile(path.join(before, 'a.yaml'), 'utf8'), 'one');
  assert.equal(await fetchNow({ ...branch, revision: first.slice(0, 10) }), first, 'the start of a commit');
  assert.ok((await readdir(cache)).every((name) => !name.startsWith('unfinished')));
});

test('what git can not have is said with the reason, and nothing is kept', async () => {
  await using git = await serveGit();
  await git.commit('acme/links', { passwords: { link: '/etc/passwd' } }, 'absolute');
  await git.commit('acme/dots', { 'a/up': { link: '../../elsewhere' } }, 'up');
  await refused(source('git', `${git.url}/acme/links`, 'absolute'), /passwords in it is a link to a place outside of the repository/);
  await refused(source('git', `${git.url}/acme/dots`, 'up'), /a\/up in it is a link/);
  await refused(
    source('git', `${git.url}/acme/links`, 'v9'),
    /at v9 could not be fetched: the repository has no such branch, tag or commit/,
  );
  await refused(source('git', `${git.url}/acme/nothing`, 'v9'), /could not be fetched: /);
  await refused(source('git', '--upload-pack=touch /tmp/x', ''), /is no address of a Git repository/);
  await refused(source('git', 'ext::sh -c id', ''), /is no address of a Git repository/);
  const cancelled = source('git', `${git.url}/acme/links`, 'absolute');
  await assert.rejects(fetchNow(cancelled, AbortSignal.abort()), /cancelled/);
});

test('a server that wants a password is not waited for', async () => {
  await using server = await listen((_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());
  await refused(source('git', `${server.url}/acme/private`, 'v1'), /credentials that git does not have/);
  await refused(source('file', `${server.url}/a.yaml`), /refuses it \(status 401\)/);
});

test('a file is kept by content; an error, and a body that is cut off, are not', async () => {
  await using server = await listen((request, response) => {
    if (request.url === '/a.yaml') response.writeHead(200).end('a: b\n');
    else if (request.url === '/cut') response.writeHead(200, { 'content-length': '99' }).write('a', () => response.destroy());
    else response.writeHead(404).end();
  });
  const file = source('file', `${server.url}/a.yaml`);
  assert.equal(await fetchNow(file), `sha256:${digestOf(Buffer.from('a: b\n'))}`);
  assert.equal(await readFile(await copyOf(file), 'utf8'), 'a: b\n');
  await refused(source('file', `${server.url}/gone.yaml`), /has nothing there \(status 404\)/);
  await refused(source('file', `${server.url}/cut`), /could not be fetched|cut off/);
  await refused(source('file', 'ftp://example.org/a'), /only http and https/);
});

test('a chart repository: the version that Helm takes, checked against the index', async () => {
  const charts = {
    '1.0.0': await packed('web', '1.0.0'),
    '1.2.0': await packed('web', '1.2.0'),
    '2.0.0-rc.1': await packed('web', '2.0.0-rc.1'),
  };
  const entry = (version: keyof typeof charts, digest = digestOf(charts[version])): string =>
    `  - {apiVersion: v2, name: web, version: ${version}, digest: ${digest}, urls: [web-${version}.tgz]}\n`;
  let served: Record<string, string | Buffer> = {};
  await using server = await serveFiles(() => served);
  const index = (entries: string): string => `apiVersion: v1\nentries:\n  web:\n${entries}`;
  const files = Object.fromEntries(Object.entries(charts).map(([version, content]) => [`/charts/web-${version}.tgz`, content]));
  served = { ...files, '/charts/index.yaml': index(entry('1.0.0') + entry('2.0.0-rc.1') + entry('1.2.0')) };
  const chart = (revision: string): Source => source('chart', `${server.url}/charts`, revision, 'web');
  for (const [revision, version] of [
    ['', '1.2.0'],
    ['^1.0.0', '1.2.0'],
    ['1.0.x', '1.0.0'],
    ['1.0.0', '1.0.0'],
    ['>=2.0.0-0', '2.0.0-rc.1'],
  ] as const) {
    assert.match(await fetchNow(chart(revision)), new RegExp(`^${version.replaceAll('.', '\\.')} sha256:`), revision);
  }
  assert.deepEqual(await readFile(await copyOf(chart('^1.0.0'))), charts['1.2.0']);
  await refused(chart('9.x'), /no version of the chart is "9\.x"; the newest are 2\.0\.0-rc\.1, 1\.2\.0, 1\.0\.0/);
  await refused({ ...chart('1.0.0'), name: 'other' }, /there is no chart "other"/);
  await refused(chart('not a range'), /is no version and no range/);

  served = { ...files, '/charts/index.yaml': index(entry('1.0.0', 'ab'.repeat(32))) };
  await refused(chart('~1.0.0'), /its SHA-256 is [0-9a-f]{64}, and it should be (ab){32}/);
  served = {
    '/charts/index.yaml': index(entry('1.0.0').replace(/digest: \w+, /, '')),
    '/charts/web-1.0.0.tgz': charts['1.0.0'].subarray(0, 90),
  };
  await refused(chart('1.0.0 || 7'), /is not used: /);
  served = { '/charts/index.yaml': index(entry('1.0.0').replace(/digest: \w+, /, '')), '/charts/web-1.0.0.tgz': charts['1.2.0'] };
  await refused(chart('1.0.0 || 8'), /what came is the chart web 1\.2\.0/);
  served = { '/charts/index.yaml': 'a: [' };
  await refused(chart('1.0.0 || 9'), /could not be fetched: /);
});

test('a package that would write outside of itself is refused', async () => {
  const place = await mkdtemp(path.join(folder, 'evil-'));
  await mkdir(path.join(place, 'web'));
  await writeFile(path.join(place, 'web', 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  await writeFile(path.join(folder, 'escaped'), 'x');
  await promisify(execFile)('tar', ['czPf', 'chart.tgz', 'web', 'web/../../escaped'], { cwd: place });
  const evil = await readFile(path.join(place, 'chart.tgz'));
  const index = `apiVersion: v1\nentries:\n  web: [{apiVersion: v2, name: web, version: 1.0.0, urls: [evil.tgz]}]\n`;
  await using server = await serveFiles(() => ({ '/index.yaml': index, '/evil.tgz': evil }));
  await refused(source('chart', server.url, '1.0.0', 'web'), /is not used: /);
});

test('a registry: anonymous token, tags in pages, digests', async () => {
  const chart = await packed('web', '1.3.0+build.5');
  const layer = {
    mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    digest: `sha256:${digestOf(chart)}`,
    size: chart.length,
  };
  const manifest = JSON.stringify({ schemaVersion: 2, layers: [layer] });
  let blob: Buffer = chart;
  let manifestDigest = digestOf(Buffer.from(manifest));
  await using server = await listen((request, response) => {
    const { host = '', authorization } = request.headers;
    const url = request.url ?? '';
    if (url.startsWith('/token?')) return response.end(url.includes('scope=repository') ? '{"token": "t"}' : '{}');
    const challenge = `Bearer realm="http://${host}/token",service="reg",scope="repository:charts/web:pull"`;
    if (authorization !== 'Bearer t') return response.writeHead(401, { 'www-authenticate': challenge }).end();
    if (url === '/v2/charts/web/tags/list')
      return response.writeHead(200, { link: '</v2/charts/web/tags/list?last=a>; rel="next"' }).end('{"tags": ["1.0.0", "latest"]}');
    if (url === '/v2/charts/web/tags/list?last=a') return response.end('{"tags": ["1.3.0_build.5"]}');
    if (url === '/v2/charts/web/manifests/1.3.0_build.5')
      return response.writeHead(200, { 'docker-content-digest': `sha256:${manifestDigest}` }).end(manifest);
    if (url === `/v2/charts/web/blobs/${layer.digest}`) return response.end(blob);
    return response.writeHead(404).end();
  });
  const registry = (revision: string): Source => source('oci', `oci://${server.url.slice(7)}/charts`, revision, 'web');
  assert.match(await fetchNow(registry('^1.0.0')), /^1\.3\.0\+build\.5 sha256:/);
  assert.deepEqual(await readFile(await copyOf(registry('^1.0.0'))), chart);
  await fetchNow(registry('1.3.0+build.5'));
  await refused(registry('7.0.0'), /has nothing there \(status 404\)/);
  blob = Buffer.concat([chart, Buffer.from('x')]);
  await refused(registry('~1.3.0'), /its SHA-256 is/);
  manifestDigest = 'ab'.repeat(32);
  await refused(registry('>1.2'), /manifest is not what the registry's digest says/);
});

test('a mapped folder stands for an address, whatever its form and revision', async () => {
  for (const url of ['https://github.com/acme/mapped.git', 'git@github.com:acme/mapped', 'ssh://git@GitHub.com/acme/mapped/']) {
    assert.equal(await findCopy(source('git', url, 'v3')), '/repo/mapped');
  }
  assert.equal(await findCopy(source('chart', 'https://github.com/acme/mapped/charts', '1.0.0', 'web')), '/repo/mapped/charts/web');
  assert.equal(await findCopy(source('file', 'https://github.com/acme/mapped/a.yaml?x=y')), '/repo/mapped/a.yaml');
  assert.equal(await findCopy(source('file', 'https://github.com/acme/mapped/../../secret')), undefined);
  assert.equal(await findCopy(source('git', 'https://github.com/acme/mapped-too')), undefined);
});
