import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { type OpenSession, openSession } from '../../../../test/fixture/session.ts';
import { type Application, applicationState } from '../../cluster/argocd/application.ts';
import type { AppProject } from '../../cluster/argocd/project.ts';
import { watchedKind } from '../../cluster/kinds.ts';
import type { LiveObject } from '../../cluster/live-object.ts';
import { type Inventory, type Tracked, idOf, nameOf } from '../../cluster/tree/inventory.ts';
import { RememberedWindows } from './remembered-windows.ts';

const signal = new AbortController().signal;
const named = (name: string) => ({ name, namespace: 'argocd', uid: name, resourceVersion: '1', creationTimestamp: '' });
const application = (): Application => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: named('shop'),
  spec: { project: 'quiet', destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' } },
});
const project = (...schedules: readonly string[]): AppProject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: named('quiet'),
  spec: { syncWindows: schedules.map((schedule) => ({ kind: 'deny', schedule, duration: '1h', applications: ['*'] })) },
});

describe('the sync windows that rows know of', () => {
  let open: OpenSession;
  before(async () => {
    open = await openSession('-- kustomization.yaml --\nresources: []\n');
  });
  after(() => open[Symbol.asyncDispose]());
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T22:30:00Z') }));
  afterEach(() => mock.timers.reset());

  it('close and open with the project, and what was known of one that is replaced stays until it is looked at', async () => {
    const windows = new RememberedWindows(open.session.rendering);
    const shop = tracked(application());
    assert.ok(await windows.look(inventory(shop, project('0 22 * * *')), shop, signal));
    assert.match(windows.refusals(shop).join(), /The project quiet lets nobody sync shop now/);
    const again = tracked(application());
    assert.deepEqual(windows.refusals(again), windows.refusals(shop));
    assert.ok(await windows.look(inventory(again, project('0 4 * * *')), again, signal));
    assert.deepEqual(windows.refusals(again), []);
    assert.ok(await windows.look(inventory(again, project('* * * * *')), again, signal));
    assert.ok(await windows.look(inventory(again, project()), again, signal));
    assert.deepEqual(windows.refusals(again), []);
  });

  it('close and open by the clock', async () => {
    const windows = new RememberedWindows(open.session.rendering);
    const shop = tracked(application());
    const known = inventory(shop, project('0 22 * * *'));
    assert.equal(await windows.look(known, shop, signal), true);
    assert.equal(await windows.lookAgain(known, signal), false);
    mock.timers.setTime(Date.parse('2026-01-01T23:10:00Z'));
    assert.equal(await windows.lookAgain(known, signal), true);
    assert.deepEqual(windows.refusals(shop), []);
  });
});

function tracked(object: LiveObject): Tracked {
  const kind = watchedKind('argoproj.io', object.kind);
  if (!kind) throw new Error(`${object.kind} is not watched.`);
  return { name: nameOf(object), kind, object, state: applicationState(application()) };
}

function inventory(shop: Tracked, quiet: AppProject): Inventory {
  const all = [shop, tracked(quiet)];
  return { objects: new Map(all.map((each) => [idOf(each.name), each])), parentOf: () => undefined, childrenOf: () => [] };
}
