// Syncing from VS Code, on a real cluster with Argo CD and Flux: what a person chooses, is asked and is told.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { openFile } from '../e2e/page/workbench.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady } from './converge.ts';
import { deliverFleet } from './editor/fleet.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, openClusters, row } from './editor/view.ts';
import { startFlux } from './flux.ts';

exitOnSignals();

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'web', namespace: argocdNamespace };
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'api', namespace: 'shop' };
const web = { apiVersion: 'v1', kind: 'ConfigMap', name: 'web', namespace: 'shop' };
const context = 'east';

describe('syncing from VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster(context));
    starting.use(await startFlux(cluster));
    starting.use(await startArgocd(cluster));
    const folder = await deliverFleet(cluster);
    await converged(cluster.api, application, 'Synced', (object) => syncOf(object) === 'Synced');
    await converged(cluster.api, kustomization, 'Ready', isReady);
    await cluster.api.patch(application, { spec: { syncPolicy: { automated: null } } });
    ({ page } = starting.use(await openWindow(folder, { KUBECONFIG: cluster.kubeconfig })));
    await openClusters(page, context, 'Argo CD', 'default');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
  });

  const picture = (name: string): Promise<void> => screenshot(page, `sync-${name}`);
  const dialog = () => page.locator('.monaco-dialog-box');
  const inPalette = async (command: string): Promise<void> => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${command}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click();
  };
  it('syncs an Application that drifted: options, the gate, and the tree', async () => {
    await cluster.api.patch(web, { data: { colour: 'red' } });
    await converged(cluster.api, application, 'OutOfSync', (object) => syncOf(object) === 'OutOfSync');
    await row(page, 'web').filter({ hasText: 'OutOfSync' }).waitFor();
    await choose(page, 'web', 'Sync…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Prune' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().filter({ hasText: 'Sync Application web on east?' }).waitFor();
    await dialog().filter({ hasText: 'Argo CD has found 1 of 2 resources to change: ConfigMap shop/web.' }).waitFor();
    await picture('gate');
    await dialog().getByRole('button', { name: 'Sync' }).click();
    await row(page, 'web').filter({ hasText: 'Synced · Healthy' }).filter({ hasNotText: 'OutOfSync' }).waitFor();
    assert.deepEqual((await cluster.api.get(web))?.['data'], { colour: 'blue' });
  });

  it('syncs the overlay that is open, by what deploys it, and says what is not pushed', async () => {
    const editor = await openFile(page, 'apps/api/config.yaml');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('# edited');
    await page.keyboard.press('ControlOrMeta+S');
    await inPalette('Drydock: Sync Overlay');
    await dialog().filter({ hasText: 'Reconcile Kustomization api on east?' }).waitFor();
    await dialog().filter({ hasText: 'not committed are 1 file in apps/api (apps/api/config.yaml)' }).waitFor();
    await picture('overlay');
    await dialog().getByRole('button', { name: 'Reconcile' }).click();
    await converged(cluster.api, kustomization, 'reconciled', ({ status }) => (status as Handled).lastHandledReconcileAt !== undefined);
  });
});

function syncOf(object: Readonly<Record<string, unknown>>): string | undefined {
  return (object['status'] as { readonly sync?: { readonly status?: string } } | undefined)?.sync?.status;
}

interface Handled {
  readonly lastHandledReconcileAt?: string;
}
