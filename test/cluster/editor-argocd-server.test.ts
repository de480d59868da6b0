// Argo CD through its own API server, in VS Code: signing in, what is shown, what can be done, and what can't.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { eventually } from '../e2e/eventually.ts';
import { runCommand, workbenchReady } from '../e2e/page/workbench.ts';
import { type Argocd, argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, patient } from './converge.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, menuOf, open, openClusters, row, rows } from './editor/view.ts';
import { answer, clearNotifications, listed, notification, pickMany } from './editor/window.ts';
import { deliverWorkshop } from './editor/workshop.ts';

exitOnSignals();

const application = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const settingsOf = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: argocdNamespace });
const viewerRoles = ['applications, get, */*', 'applicationsets, get, */*', 'projects, get, *']
  .map((what) => `p, viewer, ${what}, allow\n`)
  .join('');

const objects = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team, namespace: ${argocdNamespace}}
spec: {sourceRepos: ['*'], destinations: [{namespace: '*', server: '*'}]}
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set, namespace: ${argocdNamespace}}
spec:
  generators: [{list: {elements: [{name: one}]}}]
  template:
    metadata: {name: 'set-{{name}}'}
    spec:
      project: default
      source: {repoURL: https://example.invalid/none.git, targetRevision: main, path: none}
      destination: {server: https://kubernetes.default.svc, namespace: shop}
`;

describe('Argo CD through its API server in VS Code', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let argocd: Argocd;
  let page: Page;
  let root: string;
  let address: string;
  let viewer: string;
  let login: string;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('hidden'));
    argocd = starting.use(await startArgocd(cluster));
    const workshop = await deliverWorkshop(cluster, 'argocd');
    await cluster.api.apply(objects);
    await cluster.api.patch(settingsOf('argocd-cm'), { data: { 'accounts.viewer': 'apiKey' } });
    await cluster.api.patch(settingsOf('argocd-rbac-cm'), { data: { 'policy.csv': viewerRoles } });
    await converged(cluster.api, application('auto'), 'Synced', ({ status }) => (status as Status | undefined)?.sync?.status === 'Synced');
    await converged(cluster.api, application('set-one'), 'made', () => true);
    address = argocd.url.replace('http://', '');
    root = `Argo CD ${address}`;
    viewer = await eventually('a token of the viewer', () => tokenOf('viewer', argocd), patient);
    login = path.join(cluster.folder, 'argocd-login');
    await mkdir(login);
    const env = { KUBECONFIG: path.join(cluster.folder, 'none'), ARGOCD_CONFIG_DIR: login };
    ({ page } = starting.use(await openWindow(workshop.folder, env, { 'drydock.argocd.server': argocd.url })));
    // In a browser, VS Code keeps secrets with a key of which the server has a part: code-server's own front door, which is not started here.
    const key = randomBytes(32);
    await page.route('**/mint-key', (route) => route.fulfill({ body: key }));
    await openClusters(page);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  });

  const picture = (name: string): Promise<void> => screenshot(page, `argocd-${name}`);
  const giveToken = async (token: string): Promise<void> => {
    const asked = page.locator('.quick-input-widget', { hasText: `Sign In to Argo CD ${argocd.url}` });
    await asked.waitFor();
    await asked.locator('input').fill(token);
    await page.keyboard.press('Enter');
  };

  it('says that nobody is signed in, and how one does; a wrong token is refused, and asked for again', async () => {
    await open(page, root);
    const message = page.locator('.pane-body .monaco-list-row', { hasText: 'Nobody is signed in' });
    await message.waitFor();
    await picture('nobody');
    await message.click();
    await giveToken('nonsense');
    const refused = await notification(page, `${address} does not accept the token`);
    await picture('refused');
    await refused.getByRole('button', { name: 'Sign In Again…' }).click();
    await giveToken(await argocd.logIn());
    await notification(page, /Signed in to .* as admin/);
    await open(page, 'Argo CD');
  });

  it('shows projects, ApplicationSets and what they make', async () => {
    await row(page, 'team').waitFor();
    await open(page, 'default');
    await open(page, 'set');
    await row(page, 'set-one').waitFor();
    await row(page, 'auto').filter({ hasText: 'Synced' }).waitFor();
  });

  it('is still signed in when the window is opened again', async () => {
    await page.reload();
    await workbenchReady(page);
    await openClusters(page, root, 'Argo CD', 'default');
    await row(page, 'auto').filter({ hasText: 'Synced' }).waitFor();
    assert.equal(await page.locator('.pane-body .monaco-list-row', { hasText: 'Nobody is signed in' }).count(), 0);
    assert.equal(await page.locator('.quick-input-widget input[type="password"]:visible').count(), 0);
  });

  it('syncs, suspends and resumes', async () => {
    await clearNotifications(page);
    await choose(page, 'web', 'Sync…');
    await pickMany(page, 'Sync Application web');
    await answer(page, `Sync Application web on ${root}?`, 'Sync');
    await notification(page, `Sync Application web on ${root}: successfully synced`);
    await choose(page, 'auto', 'Suspend');
    await answer(page, `Suspend Application auto on ${root}?`, 'Suspend');
    await converged(cluster.api, application('auto'), 'suspended', ({ spec }) => (spec as Spec).syncPolicy.automated?.enabled === false);
    await choose(page, 'auto', 'Resume');
    await answer(page, `Resume Application auto on ${root}?`, 'Resume');
    await converged(cluster.api, application('auto'), 'resumed', ({ spec }) => (spec as Spec).syncPolicy.automated?.enabled === undefined);
  });

  it('disables what Argo CD’s API server can not do, and says so', async () => {
    const menu = await menuOf(page, 'web');
    for (const entry of ['Diff with Cluster', 'Show Events', "Show Controller's Log"])
      await menu.locator('.action-item.disabled', { hasText: entry }).waitFor();
    assert.equal(await menu.locator('.action-item.disabled', { hasText: 'Sync…' }).count(), 0);
    await picture('menu');
    await page.keyboard.press('Escape');
    await choose(page, 'set', 'Actions…');
    await listed(page, /Delete from Cluster.*not possible.*takes the Kubernetes context/).waitFor();
  });

  it('disables what Argo CD’s roles forbid', async () => {
    await runCommand(page, 'Drydock: Sign In to Argo CD…');
    await giveToken(viewer);
    await notification(page, /Signed in to .* as viewer/);
    await eventually(
      'Sync to be disabled',
      async () => {
        const menu = await menuOf(page, 'web');
        const count = await menu.locator('.action-item.disabled', { hasText: 'Sync…' }).count();
        await page.keyboard.press('Escape');
        return count > 0 || undefined;
      },
      patient,
    );
    await choose(page, 'web', 'Actions…');
    await listed(page, /Sync….*not possible.*You may not sync Applications of the project default, as Argo CD's roles have it/).waitFor();
  });

  it('is signed in by argocd login when the token is forgotten', async () => {
    await writeFile(
      path.join(login, 'config'),
      stringify({
        contexts: [{ name: 'mine', server: address, user: 'me' }],
        'current-context': 'mine',
        servers: [{ server: address, 'plain-text': true }],
        users: [{ name: 'me', 'auth-token': await argocd.logIn() }],
      }),
    );
    await runCommand(page, 'Drydock: Sign In to Argo CD…');
    await giveToken('');
    await notification(page, 'is forgotten. What argocd login has signed in stays.');
    await eventually(
      'the rows to be there',
      async () => (await rows(page)).some((line) => line.startsWith('web | Synced')) || undefined,
      patient,
    );
    await choose(page, 'web', 'Sync…');
    await page.locator('.quick-input-widget', { hasText: 'Sync Application web' }).waitFor();
  });
});

async function tokenOf(account: string, { url, logIn }: Argocd): Promise<string | undefined> {
  const response = await fetch(`${url}/api/v1/account/${account}/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await logIn()}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return response.ok ? ((await response.json()) as { readonly token: string }).token : undefined;
}

interface Status {
  readonly sync?: { readonly status?: string };
}

interface Spec {
  readonly syncPolicy: { readonly automated?: { readonly enabled?: boolean } };
}
