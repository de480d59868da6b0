import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fluxState } from '../flux/flux-object.ts';
import { watchedKinds } from '../kinds.ts';
import { type Tracked } from '../tree/inventory.ts';
import { type Cascade, fateOfDeployed } from './delete.ts';

it('says of each kind what deleting an object leaves and takes', () => {
  const cases: readonly (readonly [kind: string, spec: object, cascade: Cascade, words: string])[] = [
    ['Application', {}, 'background', 'All that Application web has put into the cluster is deleted with it.'],
    ['Application', {}, 'orphan', 'What Application web has put into the cluster stays there.'],
    ['ApplicationSet', {}, 'orphan', 'The Applications that ApplicationSet web has made stay.'],
    ['Kustomization', { prune: true }, 'background', 'All that Kustomization web has put into the cluster is deleted with it.'],
    ['Kustomization', { prune: true }, 'orphan', 'What Kustomization web has put into the cluster stays there.'],
    ['Kustomization', { prune: false }, 'background', 'What Kustomization web has put into the cluster stays there: it does not prune.'],
    [
      'Kustomization',
      { prune: true, deletionPolicy: 'Orphan' },
      'background',
      'What Kustomization web has put into the cluster stays there: its deletionPolicy is Orphan.',
    ],
    [
      'Kustomization',
      { prune: false, deletionPolicy: 'Delete' },
      'background',
      'All that Kustomization web has put into the cluster is deleted with it.',
    ],
    ['HelmRelease', { suspend: true }, 'background', 'It is suspended: what HelmRelease web has put into the cluster stays there.'],
    ['HelmRelease', {}, 'background', 'All that HelmRelease web has put into the cluster is deleted with it.'],
    ['GitRepository', {}, 'background', ''],
  ];
  for (const [kind, spec, cascade, words] of cases) assert.equal(fateOfDeployed(tracked(kind, spec), cascade).join(), words);
});

function tracked(kind: string, spec: object): Tracked {
  const watched = watchedKinds.find((each) => each.kind === kind);
  assert.ok(watched);
  const object = {
    apiVersion: `${watched.group}/v1`,
    kind,
    metadata: { name: 'web', namespace: 'shop', uid: '1', resourceVersion: '1', creationTimestamp: '' },
    spec,
  };
  return { name: { group: watched.group, kind, namespace: 'shop', name: 'web' }, kind: watched, object, state: fluxState(object) };
}
