// What can be done from the rows of Flux in the view "Clusters", in VS Code, on a real cluster, and what rights and read-only mode leave.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { becomes, until } from '../e2e/eventually.ts';
import { openFile } from '../e2e/page/workbench.ts';
import type { Editor } from '../e2e/support/editor.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady, patient } from './converge.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, menuShows, open, openClusters, pointAt, row } from './editor/view.ts';
import { answer, clearNotifications, dialog, listed, notification, pick, report } from './editor/window.ts';
import { deliverWorkshop } from './editor/workshop.ts';
import { startFlux } from './flux.ts';

exitOnSignals();

const context = 'east';
const readerContext = 'east-as-reader';
const kustomization = (name: string) => ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name, namespace: 'shop' });
const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'greeting', namespace: 'shop' };
const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'shop' });

describe('the actions of Flux in the view "Clusters" in VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let editor: Editor;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster(context));
    starting.use(await startFlux(cluster));
    const workshop = await deliverWorkshop(cluster, 'flux');
    await cluster.api.apply(rights);
    await converged(cluster.api, kustomization('api'), 'Ready', isReady);
    await converged(cluster.api, release, 'Ready', isReady);
    ({ editor, page } = starting.use(await openWindow(workshop.folder, { KUBECONFIG: await bothUsers(cluster) })));
    await openClusters(page, context, 'Flux', 'Kustomizations');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
    // What a test that failed has left open is not in the way of the others.
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  });

  const picture = (name: string): Promise<void> => screenshot(page, `flux-actions-${name}`);
  /** Deletes a Kustomization in a way of those that are offered; the gate says what becomes of what it deployed. */
  const remove = async (name: string, way: string, words: string): Promise<void> => {
    await choose(page, name, 'Delete from Cluster…');
    await page.locator('.quick-input-widget', { hasText: `Delete Kustomization ${name}` }).waitFor();
    await picture(`delete-${name}-choices`);
    await pick(page, way);
    await dialog(page).filter({ hasText: words }).waitFor();
    await picture(`delete-${name}-gate`);
    await answer(page, `Delete Kustomization ${name} on east?`, 'Delete');
    await row(page, name).waitFor({ state: 'detached' });
  };

  it('tells of Flux what is delivered in which order, what failed, and what was delivered', async () => {
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
    await remove('api', 'Only the object', 'What Kustomization api has put into the cluster stays there.');
    assert.ok(await cluster.api.get(config('api')));
  });

  it('deletes an object with what it has deployed', async () => {
    await remove('spare', 'With all that it has deployed', 'All that Kustomization spare has put into the cluster is deleted with it.');
    await until('what it had deployed to go', async () => (await cluster.api.get(config('spare'))) === undefined, patient);
  });

  it('copies what is typed to look at an object', async () => {
    await choose(page, 'infra', 'Copy Command Line');
    await pick(page, 'flux get kustomizations infra');
    await becomes(() => page.evaluate('navigator.clipboard.readText()'), 'flux get kustomizations infra --context east --namespace shop');
  });

  it('offers a sync above what is deployed', async () => {
    const overlay = await openFile(page, 'flux/infra/kustomization.yaml');
    await overlay.locator('.codelens-decoration a', { hasText: 'Sync' }).filter({ hasNotText: '·' }).first().click();
    await answer(page, 'Reconcile Kustomization infra on east?', 'Cancel');
  });

  it('disables what changes something in read-only mode, and says so', async () => {
    await editor.set({ 'drydock.cluster.readOnly': true });
    await menuShows(page, 'infra', 'Suspend', 'disabled');
    await menuShows(page, 'infra', 'Show Events', 'enabled');
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
    await menuShows(page, 'bad', 'Suspend', 'disabled');
    await menuShows(page, 'bad', 'Delete from Cluster', 'disabled');
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
    await menuShows(page, 'infra', 'Suspend', 'enabled');
    await menuShows(page, 'infra', 'Delete from Cluster', 'disabled');
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
