// The view "Clusters" in VS Code where there is much: many Applications, and contexts that are production or not to be seen.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { becomes, eventually } from '../e2e/eventually.ts';
import { runCommand } from '../e2e/page/workbench.ts';
import { writeKubeconfig } from './access.ts';
import type { KubernetesObject } from './api.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, patient } from './converge.ts';
import { declareFleet, declaredApplication } from './declared.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, open, openClusters, row, rows } from './editor/view.ts';
import { answer, notification } from './editor/window.ts';

exitOnSignals();

const context = 'east';
const production = 'east-prod';
const hidden = 'east-of-others';
const count = 450;
const nameOf = (index: number): string => `app-${String(index).padStart(3, '0')}`;
const applicationOf = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: many
  source: {repoURL: https://example.com/fleet.git, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {automated: {}}
`;
const drifted = {
  status: {
    sync: { status: 'OutOfSync', comparedTo: { source: { repoURL: 'https://example.com/fleet.git' }, destination: {} } },
    health: { status: 'Healthy' },
  },
};

describe('the view "Clusters" in VS Code, where there is much', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster(context));
    await declareFleet(cluster);
    await cluster.api.apply(Array.from({ length: count }, (_, index) => applicationOf(nameOf(index))).join('---\n'));
    await cluster.api.patch(declaredApplication(nameOf(300)), drifted);
    const others = [production, hidden].map((name) => path.join(cluster.folder, 'kubeconfigs', name));
    for (const file of others) await writeKubeconfig(file, { ...cluster.server, name: path.basename(file) }, cluster.admin, 'default');
    const env = { KUBECONFIG: [cluster.kubeconfig, ...others].join(path.delimiter) };
    ({ page } = starting.use(await openWindow(cluster.folder, env, { 'drydock.cluster.hiddenContexts': ['*-of-others'] })));
    await openClusters(page, context, 'Argo CD', 'many');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await screenshot(page, `many-${test.name}`);
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  });

  it('does not show a context that is hidden', async () => {
    const shown = (await rows(page)).join('\n');
    assert.ok(!shown.includes(hidden), shown);
  });

  it('shows a page of rows, problems first, and the next ones when they are wanted', async () => {
    await row(page, 'many')
      .filter({ hasText: `1 of ${count}` })
      .waitFor();
    const shown = await rows(page);
    const first = shown.findIndex((line) => line.startsWith('many |'));
    assert.equal(shown[first + 1], `${nameOf(300)} | OutOfSync · Healthy`);
    await row(page, nameOf(0)).click();
    for (const rest of [count - 200, count - 400]) {
      await page.keyboard.press('End');
      await row(page, `${rest} more…`).click();
      await eventually('the next page', async () => ((await page.getByText(`${rest} more…`).count()) === 0 ? true : undefined), patient);
    }
    await page.keyboard.press('End');
    await row(page, nameOf(count - 1)).waitFor();
    assert.equal(await page.getByText('more…').count(), 0);
  });

  it('is filtered by a name and by a state, says so, and shows all again', async () => {
    const names = async (): Promise<string[]> => (await rows(page)).flatMap((line) => /^app-\d+/.exec(line) ?? []);
    for (const [filter, wanted] of [
      ['app-04', Array.from({ length: 10 }, (_, index) => nameOf(40 + index))],
      ['app is:outOfSync', [nameOf(300)]],
    ] as const) {
      await runCommand(page, 'Drydock: Filter Clusters');
      await page.locator('.quick-input-widget input').first().fill(filter);
      await page.keyboard.press('Enter');
      await page.getByText(`Filtered by '${filter}'`).waitFor();
      await becomes(names, [...wanted]);
    }
    await screenshot(page, 'many-filtered');
    await page.locator('.pane-header[aria-label^="Clusters"]').hover();
    await page.locator('.pane-header[aria-label^="Clusters"] .action-label[aria-label*="Clear"]').click();
    await eventually('all of them', async () => ((await names()).length > 10 ? true : undefined), patient);
  });

  it('wants the name of a production context typed before anything is changed there', async () => {
    await row(page, context).locator('.monaco-tl-twistie').click();
    await open(page, production);
    await open(page, 'Argo CD');
    await open(page, 'many');
    await choose(page, nameOf(300), 'Suspend');
    await answer(page, `Suspend Application ${nameOf(300)} on ${production}?`, 'Suspend');
    const asked = page.locator('.quick-input-widget');
    await asked.filter({ hasText: `This is production. Type '${production}' to go on.` }).waitFor();
    await asked.locator('input').first().fill('east');
    await page.keyboard.press('Enter');
    await asked.filter({ hasText: `Type '${production}', or press Escape.` }).waitFor();
    await screenshot(page, 'many-production');
    await page.keyboard.press('Escape');
    const suspended = (object: KubernetesObject): boolean => (object['spec'] as Spec).syncPolicy.automated.enabled === false;
    const untouched = await cluster.api.get(declaredApplication(nameOf(300)));
    assert.ok(untouched && !suspended(untouched));
    await choose(page, nameOf(300), 'Suspend');
    await answer(page, `Suspend Application ${nameOf(300)} on ${production}?`, 'Suspend');
    await asked.filter({ hasText: `This is production. Type '${production}' to go on.` }).waitFor();
    await asked.locator('input').first().fill(production);
    await page.keyboard.press('Enter');
    await notification(page, `Suspend Application ${nameOf(300)} on ${production}: suspended`);
    await converged(cluster.api, declaredApplication(nameOf(300)), 'suspended', suspended);
  });
});

interface Spec {
  readonly syncPolicy: { readonly automated: { readonly enabled?: boolean } };
}
