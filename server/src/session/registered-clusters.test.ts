import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import { eventually } from '../../../test/e2e/eventually.ts';
import { apiInTest, queryOf, send } from '../cluster/api-in-test.ts';
import { ClusterSecrets } from '../cluster/argocd/cluster-secrets.ts';
import { Cluster } from '../cluster/cluster.ts';
import { inventoryOf } from '../cluster/tree/inventory.ts';
import type { RegisteredClusters } from '../model/registered-clusters.ts';
import { registeredClusters } from './registered-clusters.ts';

const set = { group: 'argoproj.io', objectKind: 'ApplicationSet', namespace: '', name: 'agents' };
const token = 'hunter2hunter2';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const object = (kind: string, name: string, rest: object = {}) => ({
  metadata: { name, namespace: 'argocd', uid: name, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
  ...(kind === 'Secret'
    ? { data: { name: base64(name), server: base64(`https://${name}`), config: base64(JSON.stringify({ token })) } }
    : {}),
  ...rest,
});

/** An API server with an Argo CD, its Secrets, and what it has of ApplicationSets. */
function argocd(sets: readonly string[], secrets: RequestListener): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const watching = queryOf(request).has('watch');
    const list = (items: readonly object[]): void => {
      if (watching) response.writeHead(200).flushHeaders();
      else send(response, 200, { metadata: { resourceVersion: '1' }, items });
    };
    const kinds = ['Application', 'ApplicationSet', 'AppProject'];
    if (path === '/apis')
      send(response, 200, {
        groups: [{ name: 'argoproj.io', versions: [{ version: 'v1alpha1' }], preferredVersion: { version: 'v1alpha1' } }],
      });
    else if (path === '/apis/argoproj.io/v1alpha1')
      send(response, 200, {
        resources: kinds.map((kind) => ({ name: `${kind.toLowerCase()}s`, kind, namespaced: true, verbs: ['list', 'watch'] })),
      });
    else if (path.endsWith('/applicationsets')) list(sets.map((name) => object('ApplicationSet', name)));
    else if (path.endsWith('/appprojects')) list([object('AppProject', 'default')]);
    else if (path === '/api/v1/namespaces/argocd/secrets') secrets(request, response);
    else list([]);
  };
}

interface Connected extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly secrets: ClusterSecrets;
  readonly requests: readonly string[];
  readonly failures: readonly unknown[];
}

async function connected(name: string, answer: RequestListener): Promise<Connected> {
  const api = await apiInTest(answer);
  const failures: unknown[] = [];
  const context = { name, server: 'http://127.0.0.1', namespace: '', problem: undefined };
  const cluster = new Cluster(context, api.connection, { changed: () => undefined, failed: (_, error) => failures.push(error) });
  const secrets = new ClusterSecrets(
    cluster,
    () => undefined,
    (error) => failures.push(error),
  );
  return {
    cluster,
    secrets,
    requests: api.requests,
    failures,
    async [Symbol.asyncDispose]() {
      cluster.stop();
      await api[Symbol.asyncDispose]();
    },
  };
}

const answerOf = (...all: readonly Connected[]): RegisteredClusters =>
  registeredClusters(
    all.map(({ cluster }) => ({ cluster, inventory: inventoryOf(cluster) })),
    set,
    (cluster, namespace) => all.find((each) => each.cluster === cluster)?.secrets.in(namespace) ?? assert.fail(),
  );

const settled = (kind: RegisteredClusters['kind'], ...all: readonly Connected[]): Promise<RegisteredClusters> =>
  eventually(`an answer that is ${kind}`, () => {
    const answer = answerOf(...all);
    const isAsking = answer.kind === 'unknown' && answer.reason.includes('being asked');
    return Promise.resolve(answer.kind === kind && !isAsking ? answer : undefined);
  });

const listed: RequestListener = (request, response) => {
  if (queryOf(request).has('watch')) response.writeHead(200).flushHeaders();
  else send(response, 200, { metadata: { resourceVersion: '1' }, items: [object('Secret', 'b'), object('Secret', 'a')] });
};

test('a cluster that is not watched is not asked, and one that is tells its clusters in the order of the Secrets', async () => {
  await using east = await connected('east', argocd([], listed));
  assert.deepEqual(answerOf(east), { kind: 'none' });
  assert.deepEqual(east.requests, []);
  east.cluster.start();
  const answer = await settled('known', east);
  assert.ok(answer.kind === 'known');
  assert.deepEqual(
    answer.clusters.map(({ name, server }) => `${name} ${server}`),
    ['a https://a', 'b https://b'],
  );
  assert.match(answer.from, /^context east, \d\d:\d\d:\d\d$/);
  assert.doesNotMatch(JSON.stringify(answer), new RegExp(`${token}|${base64(token).replace(/=+$/, '')}|config`));
  assert.ok(east.requests.some((each) => /secrets\?.*labelSelector=argocd.argoproj.io%2Fsecret-type%3Dcluster/.test(each)));
  // What was known is kept, with its time, when nobody looks at the cluster any more.
  east.cluster.stop();
  assert.deepEqual(answerOf(east), answer);
});

test('of several, the one that has the ApplicationSet answers; several alike do not', async () => {
  await using east = await connected('east', argocd(['agents'], listed));
  await using west = await connected('west', argocd([], listed));
  east.cluster.start();
  west.cluster.start();
  await eventually('both to be known', () =>
    Promise.resolve([east, west].every(({ cluster }) => inventoryOf(cluster).objects.size > 0) ? true : undefined),
  );
  const answer = await settled('known', west, east);
  assert.ok(answer.kind === 'known' && answer.from.startsWith('context east, '));
  assert.deepEqual(answerOf(west, west), {
    kind: 'unknown',
    reason: 'Argo CD is in several connected clusters (west, west), and which one counts is not known.',
  });
});

test('who may not read the Secrets is told so', async () => {
  const forbidden: RequestListener = (_, response) =>
    send(response, 403, { kind: 'Status', code: 403, message: 'secrets is forbidden: User "reader" cannot list' });
  await using east = await connected('east', argocd([], forbidden));
  east.cluster.start();
  const answer = await settled('unknown', east);
  assert.ok(answer.kind === 'unknown');
  assert.match(answer.reason, /^The context east does not tell which clusters there are: .*secrets is forbidden/);
});

test('a watch that breaks off in the middle of a Secret goes on, and nobody is told its text', async () => {
  let watches = 0;
  const broken: RequestListener = (request, response) => {
    if (!queryOf(request).has('watch')) listed(request, response);
    else if (watches++ === 0) response.writeHead(200).end(`{"type":"MODIFIED","object":{"data":{"config":x${token}`);
    else response.writeHead(200).end(`${JSON.stringify({ type: 'ADDED', object: object('Secret', 'c') })}\n`);
  };
  await using east = await connected('east', argocd([], broken));
  east.cluster.start();
  const answer = await eventually('the third', () => {
    const now = answerOf(east);
    return Promise.resolve(now.kind === 'known' && now.clusters.length === 3 ? now : undefined);
  });
  assert.doesNotMatch(JSON.stringify([answer, east.failures]), new RegExp(token));
  assert.deepEqual(east.failures, []);
});
