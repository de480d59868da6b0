import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { connectable, readKubeconfig } from './kubeconfig.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-kubeconfig-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const at = path.join(folder, name);
  await writeFile(at, text);
  return at;
}

const config = (name: string, server: string, user = '{ token: t }'): string => `
apiVersion: v1
kind: Config
current-context: ${name}
clusters: [{ name: ${name}, cluster: { server: ${server} } }]
users: [{ name: ${name}, user: ${user} }]
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name} } }]
`;

test('Of several files the first that has a name decides, as for kubectl; absent files count as empty', async () => {
  const one = await file('one', config('kind', 'https://one:6443'));
  const two = await file('two', config('kind', 'https://two:6443'));
  const three = await file('three', config('prod', 'https://three'));
  const { contexts, current, problems } = await readKubeconfig([path.join(folder, 'absent'), one, two, three]);
  assert.deepEqual(
    contexts.map(({ name, server }) => [name, server]),
    [
      ['kind', 'https://one:6443'],
      ['prod', 'https://three'],
    ],
  );
  assert.equal(current, 'kind');
  assert.deepEqual(problems, []);
});

test('A file that is no kubeconfig is named, and the others are read', async () => {
  const broken = await file('broken', 'clusters: [');
  const good = await file('good', config('kind', 'https://one:6443'));
  const { contexts, problems } = await readKubeconfig([broken, good]);
  assert.deepEqual(
    contexts.map(({ name }) => name),
    ['kind'],
  );
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /broken is left out/);
});

test('A context that names what no file has, or an auth provider that is gone, says so', async () => {
  const dangling = 'contexts: [{ name: gone, context: { cluster: nowhere, user: nobody } }]\n';
  const old = config('old', 'https://one', '{ auth-provider: { name: gcp } }');
  const files = [await file('dangling', dangling), await file('old', old)];
  const { contexts } = await readKubeconfig(files);
  assert.match(contexts[0]?.problem ?? '', /names the cluster 'nowhere'/);
  assert.match(contexts[1]?.problem ?? '', /auth provider 'gcp', which kubectl has not had since 1.26/);
  await assert.rejects(connectable(files, 'old'), /auth provider 'gcp'/);
  await assert.rejects(connectable(files, 'other'), /No context 'other' is in/);
});
