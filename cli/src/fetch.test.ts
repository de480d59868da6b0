import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { after, test } from 'node:test';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installCommand } from './cli-in-test.ts';
import { nativePath } from '../../server/src/workspace/paths.ts';
import { openFixture } from '../../test/fixture/fixture.ts';
import { serveGit } from '../../test/servers/git-server.ts';

const command = await installCommand();
const cache = await mkdtemp(path.join(tmpdir(), 'drydock-fetch-cache-'));
process.env['DRYDOCK_SOURCES'] = cache; // the command inherits it
after(async () => {
  await command[Symbol.asyncDispose]();
  await rm(cache, { recursive: true, force: true });
});

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

test('what was fetched once renders without the network; what one copy names is fetched too', async () => {
  await using server = await serveGit();
  const deep = await server.commit('acme/deep', { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': configMap('deep') }, 'v2');
  const base = await server.commit('acme/base', { 'x/kustomization.yaml': `resources: ["${server.url}/acme/deep?ref=v2"]\n` }, 'v1');
  await using fixture = await openFixture(
    `-- app/kustomization.yaml --\nresources: ["${server.url}/acme/base//x?ref=v1"]\nnamePrefix: my-\n-- other/kustomization.yaml --\nresources: ["${server.url}/acme/base//x?ref=v1"]\n`,
  );
  const folder = nativePath(fixture.root);
  const before = await command.run(folder, 'build', 'app');
  assert.equal(before.code, 1);
  assert.match(before.stderr, /^Error: not fetched: 'http:.*\/acme\/base\/\/x\?ref=v1' in .*\/app\/kustomization\.yaml$/m);
  assert.deepEqual(server.asked, [], 'nothing was asked for before anyone wanted it');

  const fetched = await command.run(folder, 'fetch');
  assert.equal(fetched.code, 0, fetched.stderr);
  const lines = fetched.stderr.trim().split('\n');
  assert.deepEqual(lines, [`fetched ${server.url}/acme/base at v1 (${base})`, `fetched ${server.url}/acme/deep at v2 (${deep})`]);
  await server[Symbol.asyncDispose]();

  assert.deepEqual(await command.run(folder, 'build', 'app'), { code: 0, stdout: configMap('my-deep'), stderr: '' });
  assert.deepEqual(await command.run(folder, 'fetch'), { code: 0, stdout: '', stderr: 'nothing is missing\n' });
});

test('build --fetch fetches what is missing first, and says what can not be had', async () => {
  await using server = await serveGit();
  await server.commit('acme/app', { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': configMap('a') }, 'v1');
  const kustomization = (revision: string): string => `resources: ["${server.url}/acme/app?ref=${revision}"]\n`;
  await using fixture = await openFixture(
    `-- good/kustomization.yaml --\n${kustomization('v1')}-- bad/kustomization.yaml --\n${kustomization('v9')}`,
  );
  const folder = nativePath(fixture.root);
  const good = await command.run(folder, 'build', '--fetch', 'good');
  assert.deepEqual([good.code, good.stdout], [0, configMap('a')]);
  const bad = await command.run(folder, 'build', '--fetch', 'bad');
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /acme\/app at v9 could not be fetched: the repository has no such branch, tag or commit/);
});
