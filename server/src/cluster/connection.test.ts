import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiInTest, send } from './api-in-test.ts';
import { ClusterError } from './cluster-error.ts';

const { signal } = new AbortController();
const get = { method: 'GET', path: '/api/v1/namespaces' } as const;

const failing = (kind: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ClusterError);
  assert.equal(error.kind, kind);
  assert.match(error.message, message);
  return true;
};

test('A server that is asked too much is asked again when it says so', async () => {
  let asked = 0;
  await using api = await apiInTest((_, response) => {
    asked += 1;
    if (asked < 3) send(response, 429, { kind: 'Status', message: 'slow down' }, { 'retry-after': '0' });
    else send(response, 200, { items: [] });
  });
  assert.deepEqual(await api.connection.json(get, signal), { items: [] });
  assert.equal(asked, 3);
});

test('Credentials that are refused are read anew once', async () => {
  await using api = await apiInTest((_, response) => send(response, 401, { kind: 'Status', message: 'Unauthorized' }));
  await assert.rejects(api.connection.json(get, signal), failing('unauthorized', /sign in again/));
  assert.equal(api.requests.length, 2);
});

test('A refusal is told in the words of the server', async () => {
  const message = 'namespaces is forbidden: User "dev" cannot list resource "namespaces"';
  await using api = await apiInTest((_, response) => send(response, 403, { kind: 'Status', code: 403, reason: 'Forbidden', message }));
  await assert.rejects(api.connection.json(get, signal), failing('forbidden', /User "dev" cannot list resource/));
});

test('A server that hangs ends the request, not the caller', async () => {
  await using api = await apiInTest(() => undefined, 50);
  await assert.rejects(api.connection.json(get, signal), failing('timeout', /drydock\.cluster\.timeout/));
});

test('Whoever asked can end it', async () => {
  await using api = await apiInTest(() => undefined);
  const ending = new AbortController();
  const asked = api.connection.json(get, ending.signal);
  ending.abort(new Error('enough'));
  await assert.rejects(asked, /enough/);
});

test('A server that is gone is said to be unreachable', async () => {
  const api = await apiInTest(() => undefined);
  await api[Symbol.asyncDispose]();
  await assert.rejects(api.connection.json(get, signal), failing('unreachable', /can't be reached/));
});

test('A server that goes in the middle of an answer is said to be unreachable', async () => {
  for (const code of [200, 403]) {
    await using api = await apiInTest((_, response) => {
      response.writeHead(code, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"items": [');
      setImmediate(() => response.destroy());
    });
    await assert.rejects(api.connection.json(get, signal), failing('unreachable', /can't be reached/));
  }
});

test('An answer that goes on is given line by line', async () => {
  await using api = await apiInTest((_, response) => {
    response.writeHead(200);
    response.write('one\ntw');
    setImmediate(() => response.end('o\nthree'));
  });
  const lines: string[] = [];
  for await (const line of await api.connection.lines(get, signal)) lines.push(line);
  assert.deepEqual(lines, ['one', 'two', 'three']);
});
