// What may go wrong between here and a cluster: credentials, certificates, files that change.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ClusterError } from './cluster-error.ts';
import { Clusters } from './clusters.ts';
import type { Cluster } from './cluster.ts';

const { signal } = new AbortController();
const asked = { method: 'GET', path: '/apis' } as const;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-faults-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);

async function clusterOf(server: string, user: object): Promise<Cluster> {
  const config = {
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  };
  await writeFile(at('config'), JSON.stringify(config));
  const clusters = new Clusters(
    { kubeconfig: () => [at('config')], hidden: () => [], timeout: () => 5000 },
    {
      changed: () => undefined,
      failed: (_, error) => {
        throw error;
      },
    },
  );
  const [context] = (await clusters.contexts()).contexts;
  assert.ok(context);
  return clusters.of(context);
}

const failing = (kind: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ClusterError, String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, message);
  return true;
};

/** Lets in whoever has the right token. */
async function guarded(right: () => string): Promise<AsyncDisposable & { readonly url: string; readonly refused: () => number }> {
  let refused = 0;
  const server = createHttpServer((request, response) => {
    const isIn = request.headers.authorization === `Bearer ${right()}`;
    if (!isIn) refused += 1;
    response.writeHead(isIn ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isIn ? { groups: [] } : { kind: 'Status', code: 401, message: 'Unauthorized' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('A token that has ended is read anew from its file', async () => {
  let right = 'first';
  await using server = await guarded(() => right);
  await writeFile(at('token'), 'first');
  const cluster = await clusterOf(server.url, { tokenFile: at('token') });
  assert.deepEqual(await cluster.connection.json(asked, signal), { groups: [] });
  right = 'second';
  await writeFile(at('token'), 'second');
  assert.deepEqual(await cluster.connection.json(asked, signal), { groups: [] });
});

test('A plug-in is started again when what it gave before has ended', async () => {
  let right = 'first';
  await using server = await guarded(() => right);
  await writeFile(at('token'), 'first');
  const script = `const token = require('fs').readFileSync(${JSON.stringify(at('token'))}, 'utf8');
    console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } }));`;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script], interactiveMode: 'Never' };
  const cluster = await clusterOf(server.url, { exec });
  assert.deepEqual(await cluster.connection.json(asked, signal), { groups: [] });
  right = 'second';
  await writeFile(at('token'), 'second');
  assert.deepEqual(await cluster.connection.json(asked, signal), { groups: [] });
  assert.equal(server.refused(), 1);
});

test('A plug-in that is not installed, or fails, is named', async () => {
  const exec = (command: string, args: readonly string[]) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' },
  });
  const missing = await clusterOf('http://127.0.0.1:1', exec(at('no-such-plugin'), []));
  await assert.rejects(missing.connection.json(asked, signal), failing('credentials', /no-such-plugin.*installed and on the PATH/s));
  const broken = await clusterOf('http://127.0.0.1:1', exec(process.execPath, ['-e', 'console.error("no session"); process.exit(3)']));
  await assert.rejects(broken.connection.json(asked, signal), failing('credentials', /no session/));
});

test('A kubeconfig that has lost its context since says so', async () => {
  const cluster = await clusterOf('http://127.0.0.1:1', { token: 't' });
  await writeFile(at('config'), 'clusters: []');
  await assert.rejects(cluster.connection.json(asked, signal), failing('credentials', /No context 'c' is in .*renamed or removed/));
  await writeFile(at('config'), 'clusters: [');
  await assert.rejects(cluster.connection.json(asked, signal), failing('credentials', /No context 'c' is in/));
});
