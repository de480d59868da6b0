// What can be done from the rows of the view "Clusters", in VS Code, on a real cluster with Argo CD and Flux.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { vsix } from '../../scripts/vsix.ts';
import { becomes, eventually } from '../e2e/eventually.ts';
import { openFile, runCommand, visibleLines, workbenchReady } from '../e2e/page/workbench.ts';
import { type Editor, startEditor } from '../e2e/support/editor.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady } from './converge.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, menuOf, open, openClusters, pointAt, row } from './editor/view.ts';
import { answer, clearNotifications, dialog, listed, notification, pick, pickMany, report } from './editor/window.ts';
import { type Workshop, configOf, deliverWorkshop } from './editor/workshop.ts';
import { startFlux } from './flux.ts';

exitOnSignals();

const context = 'east';
const readerContext = 'east-as-reader';
const patient = { patience: 60_000, interval: 200 };
const application = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const kustomization = (name: string) => ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name, namespace: 'shop' });
const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'greeting', namespace: 'shop' };
const first = { apiVersion: 'v1', kind: 'ConfigMap', name: 'first', namespace: 'shop' };

describe('the actions of the view "Clusters" in VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let workshop: Workshop;
  let editor: Editor;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster(context));
    starting.use(await startFlux(cluster));
    starting.use(await startArgocd(cluster));
    workshop = await deliverWorkshop(cluster, 'argocd', 'flux');
    await cluster.api.apply(rights);
    await converged(cluster.api, application('auto'), 'Synced', (object) => syncOf(object) === 'Synced');
    await converged(cluster.api, kustomization('api'), 'Ready', isReady);
    await converged(cluster.api, release, 'Ready', isReady);
    editor = starting.use(await startEditor({ kind: 'installed', vsix: await vsix() }, { KUBECONFIG: await bothUsers(cluster) }));
    page = await editor.openWindow(workshop.folder);
    page.setDefaultTimeout(30_000);
    await workbenchReady(page);
    await openClusters(page);
    await open(page, context);
    await open(page, 'Argo CD');
    await open(page, 'default');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
    // What a test that failed has left open is not in the way of the others.
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  });

  const picture = (name: string): Promise<void> => screenshot(page, `actions-${name}`);
  const operationEnded = (name: string): Promise<unknown> =>
    converged(cluster.api, application(name), 'without operation', ({ operation }) => operation === undefined);
  const colour = async (): Promise<unknown> =>
    ((await cluster.api.get(first))?.['data'] as { readonly colour?: string } | undefined)?.colour;

  it('syncs, tells that it is done, and links what came of it', async () => {
    await choose(page, 'web', 'Sync…');
    await pickMany(page, 'Sync Application web');
    await answer(page, 'Sync Application web on east?', 'Sync');
    const done = await notification(page, 'successfully synced');
    await picture('synced');
    await done.getByRole('button', { name: 'Show Conditions' }).click();
    assert.match(await report(page, /Last operation: Succeeded/), /Conditions of Application argocd\/web\s+As of [^\n]*\d/);
  });

  it('links what a failing sync failed at', async () => {
    await choose(page, 'broken', 'Sync…');
    await pickMany(page, 'Sync Application broken');
    await answer(page, 'Sync Application broken on east?', 'Sync');
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
    await choose(page, 'slow', 'Sync…');
    await pickMany(page, 'Sync Application slow');
    await answer(page, 'Sync Application slow on east?', 'Sync');
    const going = await notification(page, /waiting for healthy state of apps\/Deployment\/slow/);
    await picture('waiting');
    await going.getByRole('button', { name: 'Cancel' }).click();
    const left = await notification(page, 'no longer followed');
    await picture('left');
    await left.getByRole('button', { name: 'Terminate' }).click();
    await answer(page, 'Terminate the operation of Application slow on east?', 'Terminate');
    await converged(cluster.api, application('slow'), 'ended', ({ status }) => (status as Operated).operationState?.phase === 'Failed');
  });

  it('rolls back to a deployment of the past', async () => {
    await workshop.commit({ 'apps/web/first.yaml': configOf('first', 'green', -1) });
    await choose(page, 'web', 'Hard Refresh Application');
    await row(page, 'web').filter({ hasText: 'OutOfSync' }).waitFor();
    await choose(page, 'web', 'Sync…');
    await pickMany(page, 'Sync Application web');
    await answer(page, 'Sync Application web on east?', 'Sync');
    await eventually('the new colour', async () => ((await colour()) === 'green' ? true : undefined), patient);
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
    assert.equal(await colour(), 'green');
    await operationEnded('web');
    await choose(page, 'web', 'Roll Back…');
    await pick(page, '0 · ');
    await pickMany(page, 'Roll Back Application web to 0', 'Prune');
    await answer(page, 'Roll back Application web on east?', 'Roll');
    await eventually('the old colour', async () => ((await colour()) === 'blue' ? true : undefined), patient);
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
    await converged(
      cluster.api,
      application('auto'),
      'resumed',
      ({ spec }) => (spec as Automated).syncPolicy.automated.enabled === undefined,
    );
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

  it('shows logs, or why there are none', async () => {
    await choose(page, 'web', "Show Controller's Log");
    await outputShows('No pod with the label app.kubernetes.io/name=argocd-application-controller is in argocd');
    await picture('controller-log');
    await open(page, 'slow');
    await choose(page, 'Deployment/slow', 'Show Logs');
    await outputShows('there is no log; the pod is Pending.');
    await picture('logs');
    await runCommand(page, 'View: Hide Panel');
  });

  it('tells of Flux what is delivered in which order, what failed, and what was delivered', async () => {
    await row(page, 'Argo CD').locator('.monaco-tl-twistie').click();
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    await choose(page, 'api', 'Show Order of Delivery');
    await report(page, /Waits for\s+Kustomization shop\/infra · Ready\s+What waits for it\s+Nothing/);
    await picture('flux-order');
    await choose(page, 'api', 'Show History');
    await report(page, /History of Kustomization shop\/api[\s\S]*main at [0-9a-f]{7}/);
    await picture('flux-history');
    await choose(page, 'bad', 'Why Is It Not Syncing?');
    await report(page, /Why is Kustomization shop\/bad not syncing[\s\S]*Next step/);
    await picture('flux-why');
    await clearNotifications(page);
    await choose(page, 'bad', 'Reconcile');
    await answer(page, 'Reconcile Kustomization bad on east?', 'Reconcile');
    const failed = await notification(page, /Reconcile Kustomization bad on east: Deployment\/shop\/bad/);
    await picture('flux-failed');
    await failed.getByRole('button', { name: 'Show Conditions' }).click();
    await report(page, /Conditions of Kustomization shop\/bad[\s\S]*Ready/);
  });

  it('suspends and resumes, and reconciles in the order of the source first', async () => {
    await choose(page, 'api', 'Suspend');
    await answer(page, 'Suspend Kustomization api on east?', 'Suspend');
    await row(page, 'api').filter({ hasText: 'Suspended' }).waitFor();
    await choose(page, 'api', 'Reconcile with Source');
    await dialog(page).filter({ hasText: 'Kustomization api is suspended and would note the request without doing anything' }).waitFor();
    await picture('flux-suspended');
    await answer(page, 'not possible', 'Resume');
    await answer(page, 'Resume Kustomization api on east?', 'Resume');
    await answer(page, 'Reconcile Kustomization api on east?', 'Reconcile');
    await notification(page, 'Reconcile Kustomization api on east: Applied revision: main@sha1:');
    await picture('flux-reconciled');
  });

  it('says that a release is brought back in Git', async () => {
    await open(page, 'HelmReleases');
    await choose(page, 'greeting', 'Roll Back…');
    await pick(page, 'release 1, chart 0.1.0');
    await picture('release-rollback');
    await dialog(page).filter({ hasText: 'revert in Git the commit that changed its chart or values' }).waitFor();
    await dialog(page).getByRole('button', { name: 'OK' }).click();
  });

  it('deletes an object and leaves what it has deployed', async () => {
    await choose(page, 'api', 'Delete from Cluster…');
    await page.locator('.quick-input-widget', { hasText: 'Delete Kustomization api' }).waitFor();
    await picture('delete-choices');
    await pick(page, 'Only the object');
    await answer(page, 'Delete Kustomization api on east?', 'Delete');
    await row(page, 'api').waitFor({ state: 'detached' });
    assert.ok(await cluster.api.get({ ...first, name: 'api' }));
  });

  it('copies what is typed to look at an object', async () => {
    await choose(page, 'infra', 'Copy Command Line');
    await pick(page, 'flux get kustomizations infra');
    await becomes(() => page.evaluate('navigator.clipboard.readText()'), 'flux get kustomizations infra --context east --namespace shop');
  });

  it('offers a sync above what is deployed', async () => {
    const manifest = await openFile(page, 'clusters/east/argocd.yaml');
    await manifest.locator('.codelens-decoration a', { hasText: 'Sync' }).filter({ hasNotText: '·' }).first().click();
    await page.locator('.quick-input-widget', { hasText: 'Sync Application web' }).waitFor();
    await picture('lens');
    await page.keyboard.press('Escape');
    const overlay = await openFile(page, 'flux/infra/kustomization.yaml');
    await overlay.locator('.codelens-decoration a', { hasText: 'Sync' }).filter({ hasNotText: '·' }).first().click();
    await answer(page, 'Reconcile Kustomization infra on east?', 'Cancel');
  });

  it('disables what changes something in read-only mode, and says so', async () => {
    await editor.set({ 'drydock.cluster.readOnly': true });
    await menuShows('infra', 'Suspend', 'disabled');
    await menuShows('infra', 'Show Events', 'enabled');
    await choose(page, 'infra', 'Actions…');
    await listed(page, /Reconcile.*not possible.*drydock\.cluster\.readOnly is set/).waitFor();
    await picture('read-only-actions');
    await page.keyboard.press('Escape');
    const overlay = await openFile(page, 'flux/infra/kustomization.yaml');
    await overlay.locator('.codelens-decoration a', { hasText: 'Ready' }).waitFor();
    assert.equal(await overlay.locator('.codelens-decoration a', { hasText: 'Sync' }).count(), 0);
    await editor.set({});
    await overlay.locator('.codelens-decoration a', { hasText: 'Sync' }).waitFor();
  });

  it('disables what the user may not do, asks it rarely, and asks again for the one that is pointed at', async () => {
    await row(page, context).locator('.monaco-tl-twistie').click();
    const before = await reviews(cluster);
    await open(page, readerContext);
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    await menuShows('bad', 'Suspend', 'disabled');
    await menuShows('bad', 'Delete from Cluster', 'disabled');
    // `patch` and `delete`, for all and for the namespace, of each of the two kinds that are shown at the most.
    const asked = (await reviews(cluster)) - before;
    assert.ok(asked >= 4 && asked <= 8, `${asked} reviews`);
    const told = await pointAt(page, 'bad', 'Not possible here');
    await told.filter({ hasText: 'You may not patch kustomizations' }).waitFor();
    await picture('reader-hover');
    await page.keyboard.press('Escape');
    // That one has a right by its name, which shows when it is looked at.
    await pointAt(page, 'infra', 'Kustomization shop/infra');
    await page.keyboard.press('Escape');
    await menuShows('infra', 'Suspend', 'enabled');
    await menuShows('infra', 'Delete from Cluster', 'disabled');
  });

  /** Waits until the menu of a row has an entry that can, or can't, be chosen; leaves a picture. */
  const menuShows = (label: string, entry: string, state: 'enabled' | 'disabled'): Promise<true> =>
    eventually(
      `${entry} ${state}`,
      async () => {
        const menu = await menuOf(page, label);
        const found = menu.locator('.action-item', { hasText: entry });
        const isDisabled = (await found.and(page.locator('.disabled')).count()) > 0;
        await picture(`menu-${label}-${entry}-${state}`);
        await page.keyboard.press('Escape');
        await menu.waitFor({ state: 'hidden' });
        return (state === 'disabled') === isDisabled || undefined;
      },
      patient,
    );
  const outputShows = (words: string): Promise<true> =>
    eventually(
      `the output '${words}'`,
      async () => ((await visibleLines(page.locator('.panel .monaco-editor'))).join('\n').includes(words) ? (true as const) : undefined),
      patient,
    ).catch(async (error: unknown) => {
      throw new Error((await visibleLines(page.locator('.panel .monaco-editor'))).join('\n'), { cause: error });
    });
});

/** Reviews of access that the cluster was asked for so far. */
async function reviews({ api }: Cluster): Promise<number> {
  const { body } = await api.request('GET', '/metrics');
  const lines = String(body)
    .split('\n')
    .filter((line) => line.startsWith('apiserver_request_total{') && line.includes('resource="selfsubjectaccessreviews"'));
  if (lines.length === 0) throw new Error('The API server counts no reviews.');
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Both users of a cluster in one kubeconfig. @returns its absolute path */
async function bothUsers({ folder, kubeconfig, readerKubeconfig }: Cluster): Promise<string> {
  const read = async (file: string): Promise<Kubeconfig> => JSON.parse(await readFile(file, 'utf8')) as Kubeconfig;
  const [admin, reader] = [await read(kubeconfig), await read(readerKubeconfig)];
  const file = path.join(folder, 'kubeconfigs', 'both');
  const contexts = [...admin.contexts, ...reader.contexts.map((each) => ({ ...each, name: readerContext }))];
  await writeFile(file, JSON.stringify({ ...admin, users: [...admin.users, ...reader.users], contexts }), { mode: 0o600 });
  return file;
}

interface Kubeconfig {
  readonly users: readonly object[];
  readonly contexts: readonly object[];
}

const rights = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: looks}
rules:
  - {apiGroups: [argoproj.io, kustomize.toolkit.fluxcd.io, helm.toolkit.fluxcd.io, source.toolkit.fluxcd.io], resources: ['*'], verbs: [get, list, watch]}
  - {apiGroups: [kustomize.toolkit.fluxcd.io], resources: [kustomizations], resourceNames: [infra], verbs: [patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: looks}
subjects: [{kind: User, name: reader, apiGroup: rbac.authorization.k8s.io}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: looks}
`;

interface Operated {
  readonly operationState?: { readonly phase?: string };
}

interface Automated {
  readonly syncPolicy: { readonly automated: { readonly enabled?: boolean } };
}

function syncOf(object: Readonly<Record<string, unknown>>): string | undefined {
  return (object['status'] as { readonly sync?: { readonly status?: string } } | undefined)?.sync?.status;
}
