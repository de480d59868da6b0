import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from './json.ts';
import { withLiveFields } from './live-fields.ts';

test('what is ignored is applied as it is live, the rest as it is rendered', () => {
  assert.deepEqual(
    withLiveFields(
      { kind: 'Secret', type: 'Opaque', metadata: { labels: { app: 'new' } } },
      { kind: 'Secret', data: { key: 'live' }, metadata: { labels: { app: 'old' }, annotations: { rotated: 'now', by: 'hand' } } },
      { kind: 'Secret', metadata: { labels: { app: 'old' }, annotations: { by: 'hand' } } },
    ),
    { kind: 'Secret', type: 'Opaque', data: { key: 'live' }, metadata: { labels: { app: 'new' }, annotations: { rotated: 'now' } } },
  );
});

test('entries of lists are told apart by their names', () => {
  const hook = (name: string, bundle: JsonObject, timeoutSeconds: number) => ({ name, clientConfig: bundle, timeoutSeconds });
  assert.deepEqual(
    withLiveFields(
      { webhooks: [hook('new', {}, 1), hook('b', {}, 1), hook('a', {}, 1)] },
      { webhooks: [hook('a', { caBundle: 'A' }, 5), hook('b', { caBundle: 'B' }, 5)] },
      { webhooks: [hook('a', {}, 5), hook('b', {}, 5)] },
    ),
    { webhooks: [hook('new', {}, 1), hook('b', { caBundle: 'B' }, 1), hook('a', { caBundle: 'A' }, 1)] },
  );
});

test('nothing is taken from a list whose entries are ignored as a whole', () => {
  assert.deepEqual(withLiveFields({ list: [1, 2] }, { list: [1, 2, 3] }, { list: [1, 3] }), { list: [1, 2] });
});
