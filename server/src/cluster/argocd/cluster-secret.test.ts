import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveObject } from '../live-object.ts';
import { registeredCluster } from './cluster-secret.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const config = JSON.stringify({ bearerToken: 'hunter2hunter2', tlsClientConfig: { keyData: base64('private'), insecure: false } });
const data = { name: base64('eu'), server: base64('https://eu.example.com'), project: base64('shop'), config: base64(config) };

const secret = (annotations: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = data): LiveObject => {
  const metadata = { name: 'eu', namespace: 'argocd', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  const labels = { 'argocd.argoproj.io/secret-type': 'cluster', env: 'production' };
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata, labels, annotations }, data: fields };
  return object;
};

test('a Secret says what a cluster is called, and nothing of its credentials', () => {
  const read = registeredCluster(secret({ team: 'eu' }));
  assert.deepEqual(read, {
    name: 'eu',
    server: 'https://eu.example.com',
    project: 'shop',
    labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'production' },
    annotations: { team: 'eu' },
  });
});

test('copies of a Secret in its annotations are left out, and so is what has its credentials in it', () => {
  const read = registeredCluster(
    secret({
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'kapp.k14s.io/original': '{}',
      'objectset.rio.cattle.io/applied': 'H4sIAAAA',
      plain: 'the token is hunter2hunter2.',
      encoded: `data: ${base64('hunter2hunter2')}`,
      whole: base64(config),
      key: base64('private'),
      team: 'false',
    }),
  );
  assert.deepEqual(read.annotations, { team: 'false' });
});

test('a Secret that lacks fields, or has a config that is no JSON, is read as Argo CD does', () => {
  const read = registeredCluster(secret({ a: 'not json at all', b: 'c' }, { name: base64('x'), config: base64('not json at all') }));
  assert.deepEqual([read.name, read.server, read.project, read.annotations], ['x', '', '', { b: 'c' }]);
});
