// The view "Clusters" of VS Code, on a real cluster with Argo CD and Flux: what a person sees and does there.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { eventually } from '../e2e/eventually.ts';
import { picture } from '../e2e/page/picture.ts';
import { openFile, visibleLines } from '../e2e/page/workbench.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady, patient } from './converge.ts';
import { deliverFleet } from './editor/fleet.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, open, openClusters, row, rows, showContainer } from './editor/view.ts';
import { startFlux } from './flux.ts';
import { clusterSecret, clusterToken } from './registered-clusters.ts';

exitOnSignals();

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'web', namespace: argocdNamespace };
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'api', namespace: 'shop' };
const config = { apiVersion: 'v1', kind: 'ConfigMap', name: 'web', namespace: 'shop' };
const context = 'east';
/** Watches of ExternalArtifacts that are not the editor's: the garbage collector's, Argo CD's of its whole cluster, and Flux's two controllers'. */
const others = 4;

describe('the view "Clusters" in VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster(context));
    starting.use(await startFlux(cluster));
    starting.use(await startArgocd(cluster));
    const folder = await deliverFleet(cluster);
    await converged(cluster.api, application, 'Synced', isSynced);
    await converged(cluster.api, kustomization, 'Ready', isReady);
    ({ page } = starting.use(await openWindow(folder, { KUBECONFIG: cluster.kubeconfig })));
    // The garbage collector looks for new kinds every half minute.
    await eventually('all others to watch', async () => ((await watches(cluster)) === others ? true : undefined), patient);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await screenshot(page, test.name);
  });

  /** Waits until a row is shown with these words. */
  const shows = (line: string): Promise<true> =>
    eventually(`a row '${line}'`, async () => ((await rows(page)).includes(line) ? (true as const) : undefined), {
      patience: 60_000,
      interval: 200,
    }).catch(async (error: unknown) => {
      throw new Error(`There is no row '${line}' in\n${(await rows(page)).join('\n')}`, { cause: error });
    });

  it('asks nothing of a cluster before it is opened', async () => {
    const set = await openFile(page, 'sets/agents.yaml');
    await set.locator('.codelens-decoration a', { hasText: '1 application', hasNotText: 'clusters' }).waitFor();
    await page.locator('.activitybar .action-label[aria-label^="Drydock"]').click();
    await page.locator('.pane-header[aria-label^="GitOps Objects"]').waitFor();
    assert.equal(await watches(cluster), others);
  });

  it('shows what Argo CD delivers, down to the resources', async () => {
    await openClusters(page, context, 'Argo CD', 'default');
    await shows('web | Synced · Healthy');
    await open(page, 'web');
    await shows('ConfigMap/web | shop');
  });

  it('shows what Flux delivers, down to the resources', async () => {
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    await shows('api | Ready');
    await open(page, 'api');
    await shows('ConfigMap/api');
  });

  it('tells more of what is pointed at, with the commit that is here, too', async () => {
    await row(page, 'web').hover();
    const hover = page.locator('.monaco-hover', { hasText: 'Application argocd/web' });
    await hover.filter({ hasText: /revision [0-9a-f]{7}, checked out here: change/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('opens the live object, a Secret without its values', async () => {
    await choose(page, 'Secret/web', 'Open Live Object');
    const live = page.locator('.editor-instance .monaco-editor[data-uri^="drydock-object:"]');
    const text = async (): Promise<string> => (await visibleLines(live)).join('\n');
    await eventually('the object', async () => ((await text()).includes('kind: Secret') ? true : undefined));
    assert.match(await text(), /password: ["']?\*{8}/);
    assert.doesNotMatch(await text(), /aHVudGVyMg|hunter2/);
  });

  it('tells above a manifest and an overlay how they stand, and shows the row', async () => {
    const overlay = await openFile(page, 'apps/web/kustomization.yaml');
    await overlay.locator('.codelens-decoration a', { hasText: 'east: Application web: Synced · Healthy' }).waitFor();
    const manifest = await openFile(page, 'clusters/east/web.yaml');
    await row(page, 'Flux').click();
    await manifest.locator('.codelens-decoration a', { hasText: 'east: Synced · Healthy · ' }).click();
    await page.locator('.pane-body .customview-tree .monaco-list-row.focused', { hasText: 'web' }).waitFor();
    await picture(page, 'clusters', 'with the side bar');
  });

  it('lists what an ApplicationSet generates with the clusters of the one that is open, as they are now', async () => {
    const set = await openFile(page, 'sets/agents.yaml');
    const lens = (count: string) => set.locator('.codelens-decoration a', { hasText: `${count} (clusters: context ${context}, ` }).first();
    await lens('1 application').waitFor();
    await cluster.api.apply(`${JSON.stringify(clusterSecret('eu', 'https://127.0.0.1:2', 'prod'))}\n`);
    await lens('2 applications').click();
    const list = page.locator('.quick-input-widget');
    await list.locator('.quick-input-title', { hasText: `2 applications (clusters: context ${context}, ` }).waitFor();
    await list.locator('.monaco-list-row', { hasText: 'agent-eu' }).filter({ hasText: 'server=https://127.0.0.1:2' }).waitFor();
    await screenshot(page, 'application-set');
    assert.doesNotMatch(await page.content(), new RegExp(clusterToken));
    await page.keyboard.press('Escape');
  });

  it('shows drift without being asked', async () => {
    await cluster.api.patch(config, { data: { colour: 'red' } });
    await shows('web | OutOfSync · Healthy');
    await shows('ConfigMap/web | shop · OutOfSync');
  });

  it('watches only what is seen', async () => {
    assert.equal(await watches(cluster), others + 1);
    await showContainer(page, 'Explorer');
    await eventually('the watches to end', async () => ((await watches(cluster)) === others ? true : undefined), {
      patience: 60_000,
      interval: 200,
    });
    await openClusters(page);
    await eventually('the watches to begin', async () => ((await watches(cluster)) === others + 1 ? true : undefined), {
      patience: 60_000,
      interval: 200,
    });
    await row(page, 'web').waitFor();
  });

  it('marks the folders that are deployed in the explorer', async () => {
    await showContainer(page, 'Explorer');
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'apps' }).first().click();
    const told = 'east: Application web, OutOfSync · Healthy';
    await page.locator(`.explorer-folders-view :is([aria-label*="${told}"], [title*="${told}"])`).first().waitFor();
  });
});

function isSynced(object: Readonly<Record<string, unknown>>): boolean {
  return (object['status'] as { readonly sync?: { readonly status?: string } } | undefined)?.sync?.status === 'Synced';
}

/** How many watch Flux's ExternalArtifacts. */
async function watches({ api }: Cluster): Promise<number> {
  const { body } = await api.request('GET', '/metrics');
  const line = String(body)
    .split('\n')
    .find(
      (each) =>
        each.startsWith('apiserver_longrunning_requests{') &&
        each.includes('resource="externalartifacts"') &&
        each.includes('verb="WATCH"'),
    );
  return Number(line?.split(' ').at(-1) ?? 0);
}
