import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedBy } from './applications.ts';
import { pipelineOf } from '../model/preview-uri.ts';

const set = {
  kind: 'object',
  group: 'argoproj.io',
  objectKind: 'ApplicationSet',
  namespace: 'argocd',
  name: 'all',
  within: { kind: 'file', path: '/repo/set.yaml' },
} as const;
const generator = 'spec.generators[0].list';

test('an Application has its parameters in a line, texts first, and the preview of what it deploys', () => {
  const params = { metadata: { labels: { a: 'b' } }, name: 'eu', server: 'https://eu' };
  const { applications } = generatedBy(set, {
    applications: [{ name: 'agent-eu', namespace: 'argocd', generator, params, step: 2 }],
    errors: [],
    controllerError: '',
  });
  const [application] = applications;
  assert.ok(application);
  const { preview, ...told } = application;
  assert.deepEqual(told, { name: 'agent-eu', parameters: 'name=eu server=https://eu metadata={"labels":{"a":"b"}}', step: 'step 2' });
  assert.deepEqual(pipelineOf(preview), { ...set, objectKind: 'Application', name: 'agent-eu', within: set });
});

test('an Application with an error has no preview, and one without parameters names its generator', () => {
  const { applications, clusters, errors } = generatedBy(set, {
    applications: [{ name: '', namespace: '', generator, params: null, error: 'no such key' }],
    errors: [{ path: generator, message: 'no elements' }],
    controllerError: 'does nothing',
    clustersFrom: 'fixture',
  });
  assert.equal(clusters, 'clusters: fixture');
  assert.deepEqual(applications, [{ name: '(no name)', parameters: generator, step: '', error: 'no such key', preview: '' }]);
  assert.deepEqual(errors, ['does nothing', `${generator}: no elements`]);
});
