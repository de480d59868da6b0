import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import { type ApiInTest, apiInTest, queryOf, send } from './api-in-test.ts';
import type { ApiResource } from './api-resources.ts';
import type { LiveObject } from './live-object.ts';
import { type WatchEvents, listKind, watchKind } from './watch.ts';

const resource: ApiResource = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
  verbs: [],
};

const object = (name: string, resourceVersion = '1'): LiveObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd', uid: name, resourceVersion, creationTimestamp: '2026-01-01T00:00:00Z' },
});

const list = (version: string, names: readonly string[], rest?: string) => ({
  metadata: { resourceVersion: version, ...(rest ? { continue: rest } : {}) },
  items: names.map((name) => object(name)),
});

/** What a watch tells, a line each; ends it after the line wanted. */
async function toldUntil(last: string, api: ApiInTest): Promise<string[]> {
  const told: string[] = [];
  const ending = new AbortController();
  const say = (line: string): void => {
    told.push(line);
    if (line === last) ending.abort();
  };
  const events: WatchEvents = {
    listed: (objects) => say(`listed ${objects.map(({ metadata }) => metadata.name).join(' ')}`),
    changed: ({ metadata }) => say(`changed ${metadata.name}`),
    deleted: ({ metadata }) => say(`deleted ${metadata.name}`),
    failing: (error) => say(error ? `failing ${error.kind}` : 'answers again'),
  };
  await watchKind(api.connection, resource, events, ending.signal);
  return told;
}

/** Answers lists and watches from what is left in two rows of answers; watches without an answer stay open. */
function script(lists: RequestListener[], watches: RequestListener[]): RequestListener {
  return (request, response) => (queryOf(request).has('watch') ? watches : lists).shift()?.(request, response);
}

const events =
  (...lines: readonly object[]): RequestListener =>
  (_, response) => {
    response.writeHead(200);
    response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };

test('A list comes a page at a time', async () => {
  const pages: RequestListener = (request, response) =>
    send(response, 200, queryOf(request).get('continue') === 'x' ? list('7', ['c']) : list('7', ['a', 'b'], 'x'));
  await using api = await apiInTest(pages);
  const { objects, version } = await listKind(api.connection, resource, new AbortController().signal);
  assert.deepEqual(
    objects.map(({ metadata }) => metadata.name),
    ['a', 'b', 'c'],
  );
  assert.equal(version, '7');
});

test('A watch goes on from the last version, also that of a bookmark', async () => {
  const from: (string | null)[] = [];
  await using api = await apiInTest(
    script(
      [(_, response) => send(response, 200, list('5', ['a']))],
      [
        (request, response) => {
          from.push(queryOf(request).get('resourceVersion'));
          events({ type: 'MODIFIED', object: object('a', '6') }, { type: 'BOOKMARK', object: object('', '9') })(request, response);
        },
        (request, response) => {
          from.push(queryOf(request).get('resourceVersion'));
          events({ type: 'DELETED', object: object('a', '10') })(request, response);
        },
      ],
    ),
  );
  assert.deepEqual(await toldUntil('deleted a', api), ['listed a', 'changed a', 'deleted a']);
  assert.deepEqual(from, ['5', '9']);
});

test('A version that is too old is listed anew, whether the answer or an event says so', async () => {
  await using api = await apiInTest(
    script(
      ['a', 'b', 'c'].map(
        (name): RequestListener =>
          (_, response) =>
            send(response, 200, list('5', [name])),
      ),
      [
        (_, response) => send(response, 410, { kind: 'Status', code: 410, message: 'too old resource version' }),
        events({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } }),
      ],
    ),
  );
  assert.deepEqual(await toldUntil('listed c', api), ['listed a', 'listed b', 'listed c']);
});

test('A server that fails is asked again, and what is known stays until then', async () => {
  await using api = await apiInTest(
    script(
      [(_, response) => send(response, 200, list('5', ['a']))],
      [
        (_, response) => send(response, 500, { kind: 'Status', message: 'etcdserver: leader changed' }),
        (request) => request.socket.destroy(),
        events({ type: 'ADDED', object: object('b', '6') }),
      ],
    ),
  );
  assert.deepEqual(await toldUntil('changed b', api), ['listed a', 'failing server', 'failing unreachable', 'answers again', 'changed b']);
});
