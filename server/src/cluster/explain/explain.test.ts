import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Application } from '../argocd/application.ts';
import type { LiveObject } from '../live-object.ts';
import { trackedOf } from '../tree/inventory.ts';
import type { Evidence, Statement } from './evidence.ts';
import { explanationText, explanationsFor } from './explain.ts';
import { messageExplanations } from './message-explanations.ts';

const metadata = { name: 'web', namespace: 'argocd', uid: '', resourceVersion: '', creationTimestamp: '' };

function evidence(object: Pick<LiveObject, 'apiVersion' | 'kind'> & Partial<LiveObject>, statements: readonly Statement[] = []): Evidence {
  const tracked = trackedOf({ metadata, ...object });
  assert.ok(tracked);
  return { tracked, statements, events: [], gaps: [] };
}

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', status: { conditions: [] } };
const titles = (of: Evidence): string[] => explanationsFor(of).explained.map(({ words }) => words.title);

describe('explanations', () => {
  for (const { title, examples } of messageExplanations)
    for (const text of examples)
      it(`${title}: ${text.slice(0, 60)}`, () =>
        assert.deepEqual(titles(evidence(kustomization, [{ about: 'Kustomization web', where: 'condition Ready', text }])), [title]));

  it('tell of what nothing complains of', () => {
    assert.deepEqual(titles(evidence({ ...kustomization, spec: { suspend: true } })), ['It is suspended']);
    const status = {
      sync: { status: 'OutOfSync' },
      health: { status: 'Healthy' },
      resources: [{ kind: 'ConfigMap', name: 'old', status: 'OutOfSync', requiresPruning: true }],
    } satisfies Application['status'];
    const spec = { destination: {} } satisfies Application['spec'];
    assert.deepEqual(titles(evidence({ ...application, spec, status })), [
      'Nothing syncs it by itself',
      'Git no longer has some resources, and they are not deleted',
    ]);
    const healing = { phase: 'Succeeded', startedAt: '', operation: { sync: { autoHealAttemptsCount: 7 } } };
    const looping = { ...status, resources: [], operationState: healing };
    const automated = { ...spec, syncPolicy: { automated: { selfHeal: true } } };
    assert.deepEqual(titles(evidence({ ...application, spec: automated, status: looping })), ['It is corrected again and again']);
    assert.deepEqual(titles(evidence({ apiVersion: kustomization.apiVersion, kind: 'Kustomization' })), ['No controller has looked at it']);
  });

  it('are told with what shows them, and what is not known is told as it is', () => {
    const text = explanationText(
      evidence(kustomization, [
        { about: 'Kustomization argocd/web', where: 'condition Ready (BuildFailed)', text: 'kustomize build failed: [x](http://evil)' },
        { about: 'Kustomization argocd/web', where: 'event Odd', text: 'something else' },
      ]),
      'prod',
    );
    assert.match(text, /^# Why is Kustomization argocd\/web not syncing\?\n\nOn prod/);
    assert.match(
      text,
      /## The manifests can not be rendered\n\n- .*kustomize build failed: \\\[x\\\]\\\(http:\/\/evil\\\)\n\n\*\*Usual cause\*\*/,
    );
    assert.match(text, /## What else is said\n\n- Kustomization argocd\/web, event Odd: something else/);
  });
});
