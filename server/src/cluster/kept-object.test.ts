import assert from 'node:assert/strict';
import { it } from 'node:test';
import { applicationState, type Application } from './argocd/application.ts';
import { keptObject } from './kept-object.ts';
import { managedBy } from './tree/inventory.ts';

it('keeps of an Application what its rows are made of, and not what is written twice', () => {
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'web', uid: '1', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{}] },
    spec: { destination: {} },
    status: {
      sync: { status: 'OutOfSync', revision: 'abc', comparedTo: { source: {} } },
      health: { status: 'Healthy' },
      resources: [{ kind: 'ConfigMap', name: 'web', status: 'OutOfSync' }],
      history: [{ id: 1, deployedAt: '2026-01-01T00:00:00Z' }],
      summary: { images: ['web:1'] },
      operationState: {
        phase: 'Failed' as const,
        message: 'one or more objects failed to apply',
        startedAt: '2026-01-01T00:00:00Z',
        syncResult: { resources: [{ kind: 'ConfigMap', name: 'web' }] },
      },
    },
  };
  const kept = keptObject<Application>(application);
  assert.deepEqual(applicationState(kept), applicationState(application));
  assert.deepEqual(managedBy(kept), managedBy(application));
  assert.doesNotMatch(JSON.stringify(kept), /history|syncResult|comparedTo|summary|managedFields/);
});
