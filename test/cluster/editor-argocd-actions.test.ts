// What can be done from the rows of Argo CD in the view "Clusters", in VS Code, on a real cluster. One window for all of it: to start
// what it takes costs more than most of the tests.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { until } from '../e2e/eventually.ts';
import { openFile, runCommand } from '../e2e/page/workbench.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, patient } from './converge.ts';
import { diffEditor, sides } from './editor/diff.ts';
import { openWindow } from './editor/open-window.ts';
import { outputLines, outputShows } from './editor/output.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, menuShows, open, openClusters, pointAt, row } from './editor/view.ts';
import { answer, clearNotifications, dialog, listed, notification, pick, pickMany, report } from './editor/window.ts';
import { type Workshop, configOf, deliverWorkshop, talkerOf } from './editor/workshop.ts';
import { type LogStandIn, logNode, startLogStandIn } from './log-stand-in.ts';

exitOnSignals();

const inArgocd = (kind: string, name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind, name, namespace: argocdNamespace });
const application = (name: string) => inArgocd('Application', name);
const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'shop' });
const talker = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'talker', namespace: 'shop' };
/** The pod that Argo CD's controller has where it is installed; here it is a process. */
const controllerPod = `apiVersion: v1
kind: Pod
metadata: {name: argocd-application-controller-0, namespace: ${argocdNamespace}, labels: {app.kubernetes.io/name: argocd-application-controller}}
spec: {nodeName: ${logNode}, containers: [{name: controller, image: example.com/argocd}]}
`;

describe('the actions of Argo CD in the view "Clusters" in VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let logs: LogStandIn;
  let workshop: Workshop;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('east'));
    logs = starting.use(await startLogStandIn(cluster));
    starting.use(await startArgocd(cluster));
    workshop = await deliverWorkshop(cluster, 'project', 'argocd');
    await converged(cluster.api, application('auto'), 'Synced', ({ status }) => (status as Status).sync?.status === 'Synced');
    ({ page } = starting.use(await openWindow(workshop.folder, { KUBECONFIG: cluster.kubeconfig })));
    await openClusters(page, 'east', 'Argo CD', 'default');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
    // What a test that failed has left open is not in the way of the others.
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  });

  const picture = (name: string): Promise<void> => screenshot(page, `argocd-actions-${name}`);
  /** Syncs as a person does it: the menu, the list of options, the gate. */
  const sync = async (name: string, ...options: readonly string[]): Promise<void> => {
    await choose(page, name, 'Sync…');
    await pickMany(page, `Sync Application ${name}`, ...options);
    await answer(page, `Sync Application ${name} on east`, 'Sync');
  };
  const told = (name: string, words: string) => notification(page, `Sync Application ${name} on east: ${words}`);
  const operationEnded = (name: string): Promise<unknown> =>
    converged(cluster.api, application(name), 'without operation', ({ operation }) => operation === undefined);
  const operationOf = async (name: string) =>
    ((await cluster.api.get(application(name)))?.['status'] as Status | undefined)?.operationState;
  const colourOf = async (name: string): Promise<unknown> =>
    ((await cluster.api.get(config(name)))?.['data'] as { readonly colour?: string } | undefined)?.colour;
  /** Has Argo CD look at what was committed. */
  const delivered = async (name: string, changed: Readonly<Record<string, string>>): Promise<void> => {
    await workshop.commit(changed);
    await choose(page, name, 'Hard Refresh Application');
    await row(page, name).filter({ hasText: 'OutOfSync' }).waitFor();
  };

  it('syncs, tells that it is done, and links what came of it', async () => {
    await sync('web');
    const done = await notification(page, 'successfully synced');
    await picture('synced');
    await done.getByRole('button', { name: 'Show Conditions' }).click();
    assert.match(await report(page, /Last operation: Succeeded/), /Conditions of Application argocd\/web\s+As of [^\n]*\d/);
  });

  it('links what a failing sync failed at', async () => {
    await sync('broken');
    const failed = await notification(page, 'Failed: Deployment broken');
    await picture('failed');
    await failed.getByRole('button', { name: 'Why?' }).click();
    await report(page, /Why is Application argocd\/broken not syncing[\s\S]*Next step/);
    await picture('failed-why');
    const again = await notification(page, 'Failed: Deployment broken');
    await picture('failed-again');
    await again.getByRole('button', { name: 'Show Events' }).click();
    await report(page, /Events of/);
  });

  it('says while it goes on what a sync waits for, and ends it when the user wants that', async () => {
    await clearNotifications(page);
    await sync('slow');
    const going = await notification(page, /waiting for healthy state of apps\/Deployment\/slow/);
    await picture('waiting');
    await going.getByRole('button', { name: 'Cancel' }).click();
    const left = await notification(page, 'no longer followed');
    await picture('left');
    await left.getByRole('button', { name: 'Terminate' }).click();
    await answer(page, 'Terminate the operation of Application slow on east?', 'Terminate');
    await converged(cluster.api, application('slow'), 'ended', ({ status }) => (status as Status).operationState?.phase === 'Failed');
  });

  it('ends from the menu what goes on, which can be chosen only then', async () => {
    await operationEnded('slow');
    await clearNotifications(page);
    await menuShows(page, 'slow', 'Terminate Operation', 'disabled');
    await sync('slow');
    await notification(page, /waiting for healthy state of apps\/Deployment\/slow/);
    await menuShows(page, 'slow', 'Terminate Operation', 'enabled');
    await choose(page, 'slow', 'Terminate Operation');
    await dialog(page).filter({ hasText: 'Terminate the operation of Application slow on east?' }).waitFor();
    await picture('terminate-gate');
    await answer(page, 'Terminate the operation of Application slow on east?', 'Terminate');
    await told('slow', 'Operation terminated');
    await picture('terminated');
    await menuShows(page, 'slow', 'Terminate Operation', 'disabled');
  });

  it('rolls back to a deployment of the past', async () => {
    await delivered('web', { 'apps/web/first.yaml': configOf('first', 'green', -1) });
    await sync('web');
    await until('the new colour', async () => (await colourOf('first')) === 'green', patient);
    await operationEnded('web');
    await choose(page, 'web', 'Roll Back…');
    await listed(page, '0 · ').waitFor();
    await picture('rollback-history');
    await pick(page, '0 · ');
    await page.locator('.quick-input-widget', { hasText: 'Roll Back Application web to 0' }).waitFor();
    await picture('rollback-options');
    await pickMany(page, 'Roll Back Application web to 0', 'Dry run');
    await answer(page, 'Roll back Application web on east (dry run)?', 'Roll');
    await notification(page, 'Roll back Application web on east (dry run): successfully synced');
    await picture('rollback-dry-run');
    assert.equal(await colourOf('first'), 'green');
    await operationEnded('web');
    await choose(page, 'web', 'Roll Back…');
    await pick(page, '0 · ');
    await pickMany(page, 'Roll Back Application web to 0', 'Prune');
    await answer(page, 'Roll back Application web on east?', 'Roll');
    await until('the old colour', async () => (await colourOf('first')) === 'blue', patient);
    // Rows move to where problems come first; what is chosen next must not be another one's.
    await row(page, 'web').filter({ hasText: 'OutOfSync · Healthy' }).waitFor();
  });

  it('offers to suspend automated sync before a rollback', async () => {
    await choose(page, 'auto', 'Roll Back…');
    await pick(page, '0 · ');
    await pickMany(page, 'Roll Back Application auto to 0');
    await dialog(page).filter({ hasText: 'auto is synced automatically, which would undo a rollback at once' }).waitFor();
    await picture('rollback-automated');
    await answer(page, 'Roll back Application auto on east: not possible', 'Suspend Automated Sync');
    await answer(page, 'Suspend Application auto on east?', 'Suspend');
    await answer(page, 'Roll back Application auto on east?', 'Roll');
    await notification(page, 'Roll back Application auto on east: successfully synced');
    await picture('rollback-suspended');
    await choose(page, 'auto', 'Resume');
    await answer(page, 'Resume Application auto on east?', 'Resume');
    const isResumed = ({ spec }: Readonly<Record<string, unknown>>): boolean =>
      (spec as Automated).syncPolicy.automated.enabled === undefined;
    await converged(cluster.api, application('auto'), 'resumed', isResumed);
  });

  it('opens a report of each kind', async () => {
    for (const [entry, words] of [
      ['Show Events', /Events of Application argocd\/web[\s\S]*OperationCompleted/],
      ['Show History', /History of Application argocd\/web[\s\S]*Deployed/],
      ['Show Order of Delivery', /Order of delivery of Application argocd\/web[\s\S]*Wave -1[\s\S]*first[\s\S]*Wave 1[\s\S]*second/],
      ['Why Is It Not Syncing?', /Why is Application argocd\/web not syncing/],
    ] as const) {
      await choose(page, 'web', entry);
      assert.match(await report(page, words), /As of [^\n]*\d/);
      await picture(`report-${entry}`);
    }
  });

  it('syncs one resource from its own row, and links what still differs', async () => {
    await delivered('web', {
      'apps/web/first.yaml': configOf('first', 'yellow', -1),
      'apps/web/second.yaml': configOf('second', 'yellow', 1),
    });
    await workshop.pull();
    await clearNotifications(page);
    await open(page, 'web');
    await choose(page, 'ConfigMap/first', 'Sync…');
    await pickMany(page, 'Sync ConfigMap first');
    await dialog(page).filter({ hasText: 'Sync Application web on east?' }).waitFor();
    await picture('selected-gate');
    await dialog(page).filter({ hasText: 'Argo CD has found 1 of 1 resources to change' }).waitFor();
    await dialog(page)
      .filter({ hasText: 'Only this is synced, without hooks, and not noted in the history: ConfigMap shop/first.' })
      .waitFor();
    await answer(page, 'Sync Application web on east?', 'Sync');
    const done = await told('web', 'successfully synced');
    await picture('selected');
    assert.deepEqual([await colourOf('first'), await colourOf('second')], ['yellow', 'blue']);
    await done.getByRole('button', { name: 'Diff' }).click();
    await page.locator('.tab.active', { hasText: 'ConfigMap shop/second: live ↔ rendered (Application web on east)' }).waitFor();
    await diffEditor(page).waitFor();
    await until(
      'both sides',
      async () => {
        const { live, other } = await sides(page);
        return live.includes('colour: blue') && other.includes('colour: yellow');
      },
      patient,
    );
    await picture('diff-link');
    await row(page, 'web').locator('.monaco-tl-twistie').click();
  });

  it('tries without changing anything, and leaves hooks out when it only applies', async () => {
    await clearNotifications(page);
    await choose(page, 'hooked', 'Sync…');
    await pickMany(page, 'Sync Application hooked', 'Dry run');
    await dialog(page).filter({ hasText: 'Sync Application hooked on east (dry run)?' }).waitFor();
    await picture('dry-run-gate');
    await answer(page, 'Sync Application hooked on east (dry run)?', 'Sync');
    await notification(page, 'Sync Application hooked on east (dry run): successfully synced');
    await picture('dry-run');
    assert.equal(await colourOf('hooked'), undefined);
    await operationEnded('hooked');
    await sync('hooked', 'Apply only');
    await told('hooked', 'successfully synced');
    await picture('applied-only');
    assert.equal(await colourOf('hooked'), 'blue');
    const job = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' };
    assert.equal(await cluster.api.get(job), undefined);
  });

  it('shows logs, or why there are none', async () => {
    await choose(page, 'web', "Show Controller's Log");
    await outputShows(page, 'No pod with the label app.kubernetes.io/name=argocd-application-controller is in argocd');
    await picture('controller-log-none');
    await open(page, 'slow');
    await choose(page, 'Deployment/slow', 'Show Logs');
    await outputShows(page, 'there is no log; the pod is Pending.');
    await picture('logs-none');
    await row(page, 'slow').locator('.monaco-tl-twistie').click();
  });

  it("follows a workload's log until the user has seen enough", async () => {
    await sync('talker');
    await told('talker', 'successfully synced');
    await clearNotifications(page);
    logs.write('talker', 'listens on :8080');
    logs.write('talker', 'GET /healthz 200');
    await open(page, 'talker');
    await choose(page, 'Deployment/talker', 'Show Logs');
    await outputShows(page, 'GET /healthz 200');
    assert.match((await outputLines(page)).join('\n'), /talker-[\da-z-]+\/talker: 2026-01-01T00:00:00Z listens on :8080/);
    logs.write('talker', 'GET /orders 200');
    await outputShows(page, 'GET /orders 200');
    const following = await notification(page, 'Following: Logs of Deployment talker');
    await picture('logs-followed');
    await following.getByRole('button', { name: 'Cancel' }).click();
    await outputShows(page, '(No longer followed.)');
    await row(page, 'talker').locator('.monaco-tl-twistie').click();
  });

  it('follows what the controller says of one Application', async () => {
    await cluster.api.apply(controllerPod);
    const all = await readFile(path.join(cluster.folder, 'argocd', 'argocd-application-controller.log'), 'utf8');
    for (const line of all.trimEnd().split('\n')) logs.write('controller', line);
    await choose(page, 'auto', "Show Controller's Log");
    await outputShows(page, '"application":"auto"');
    const line = (application: string, msg: string): string => JSON.stringify({ application, level: 'info', msg, project: 'default' });
    logs.write('controller', line('web', 'Of another one, to auto'));
    logs.write('controller', line('auto', 'Of this one'));
    await outputShows(page, 'Of this one');
    await picture('controller-log');
    const seen = (await outputLines(page)).join('\n');
    assert.doesNotMatch(seen, /Of another one|"application":"(?!(argocd\/)?auto")/);
    await runCommand(page, 'View: Hide Panel');
  });

  it('disables what a closed sync window forbids, until it opens', async () => {
    await open(page, 'quiet');
    const reason = "The project quiet lets nobody sync held now. Its sync windows: deny from '* * * * *' for 1h (UTC).";
    await menuShows(page, 'held', 'Sync…', 'disabled');
    await menuShows(page, 'held', 'Roll Back…', 'disabled');
    await pointAt(page, 'held', reason);
    await picture('window-hover');
    await page.keyboard.press('Escape');
    await choose(page, 'held', 'Actions…');
    await listed(page, 'Sync…').filter({ hasText: 'not possible' }).filter({ hasText: reason }).waitFor();
    await picture('window-actions');
    await page.keyboard.press('Escape');
    await cluster.api.patch(inArgocd('AppProject', 'quiet'), { spec: { syncWindows: null } });
    await menuShows(page, 'held', 'Sync…', 'enabled');
    await sync('held');
    await told('held', 'successfully synced');
    assert.equal(await colourOf('held'), 'blue');
  });

  it('replaces by force what can not be changed', async () => {
    const stable = (await cluster.api.get(talker))?.metadata.uid;
    await delivered('talker', { 'apps/talker/talker.yaml': talkerOf('canary') });
    await sync('talker');
    await notification(page, /field is immutable\. Failed: Deployment talker/);
    await picture('immutable');
    await operationEnded('talker');
    await choose(page, 'talker', 'Sync…');
    await listed(page, 'Force').waitFor();
    await picture('force-options');
    await pickMany(page, 'Sync Application talker', 'Force');
    await dialog(page).filter({ hasText: 'Resources that can not be changed are deleted and made again (force).' }).waitFor();
    await picture('force-gate');
    await answer(page, 'Sync Application talker on east?', 'Sync');
    await told('talker', 'successfully synced');
    await picture('forced');
    assert.deepEqual((await operationOf('talker'))?.operation?.sync?.syncStrategy, { hook: { force: true } });
    const canary = await cluster.api.get(talker);
    assert.deepEqual((canary?.['spec'] as Selecting).selector, { matchLabels: { app: 'talker', track: 'canary' } });
    assert.notEqual(canary?.metadata.uid, stable);
  });

  it('offers a sync above what is deployed', async () => {
    const manifest = await openFile(page, 'clusters/east/argocd.yaml');
    await manifest.locator('.codelens-decoration a', { hasText: 'Sync' }).filter({ hasNotText: '·' }).first().click();
    await page.locator('.quick-input-widget', { hasText: 'Sync Application web' }).waitFor();
    await picture('lens');
    await page.keyboard.press('Escape');
  });

  it('deletes an Application alone, or with what it has deployed', async () => {
    const remove = async (name: string, way: string, words: string): Promise<void> => {
      await choose(page, name, 'Delete from Cluster…');
      await page.locator('.quick-input-widget', { hasText: `Delete Application ${name}` }).waitFor();
      await picture(`delete-${name}-choices`);
      await pick(page, way);
      await dialog(page).filter({ hasText: words }).waitFor();
      await picture(`delete-${name}-gate`);
      await answer(page, `Delete Application ${name} on east?`, 'Delete');
      await row(page, name).waitFor({ state: 'detached' });
      assert.equal(await cluster.api.get(application(name)), undefined);
    };
    await remove('web', 'Only the object', 'What Application web has put into the cluster stays there.');
    assert.equal(await colourOf('second'), 'blue');
    await remove('talker', 'foreground: waits for it', 'All that Application talker has put into the cluster is deleted with it.');
    assert.equal(await cluster.api.get(talker), undefined);
    await remove('held', 'in the background', 'All that Application held has put into the cluster is deleted with it.');
    await until('what it had deployed to go', async () => (await colourOf('held')) === undefined, patient);
  });
});

interface Status {
  readonly sync?: { readonly status?: string };
  readonly operationState?: { readonly phase?: string; readonly operation?: { readonly sync?: { readonly syncStrategy?: unknown } } };
}

interface Automated {
  readonly syncPolicy: { readonly automated: { readonly enabled?: boolean } };
}

interface Selecting {
  readonly selector: unknown;
}
