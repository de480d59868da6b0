// Comparing an overlay with its clusters in VS Code, with Argo CD and Flux: what a person opens, types and reads.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { run } from '../../scripts/process.ts';
import { eventually } from '../e2e/eventually.ts';
import { picture as pictureOfReadme } from '../e2e/page/picture.ts';
import { openFile, retype, runCommand, visibleLines } from '../e2e/page/workbench.ts';
import { addToArgocd } from './argocd-cluster.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady } from './converge.ts';
import { choices, diffEditor, sides } from './editor/diff.ts';
import { deliverFleet } from './editor/fleet.ts';
import { openWindow } from './editor/open-window.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, open, openClusters, row } from './editor/view.ts';
import { clearNotifications, notification } from './editor/window.ts';
import { startFlux } from './flux.ts';

exitOnSignals();

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'web', namespace: argocdNamespace };
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'api', namespace: 'shop' };
const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'shop' });

describe('comparing with a cluster in VS Code', () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  let west: Cluster;
  let folder: string;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    east = starting.use(await startCluster('east'));
    starting.use(await startFlux(east));
    starting.use(await startArgocd(east));
    folder = await deliverFleet(east);
    west = starting.use(await startCluster('west'));
    await west.api.apply('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    await addToArgocd(east, west, 'occident');
    await converged(east.api, application, 'Synced', isSynced);
    await converged(east.api, kustomization, 'Ready', isReady);
    const kubeconfigs = [east.kubeconfig, west.kubeconfig].join(path.delimiter);
    ({ page } = starting.use(await openWindow(folder, { KUBECONFIG: kubeconfigs })));
    page.setDefaultTimeout(20_000); // what is chosen from a row is chosen again when nothing comes of it
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await picture(test.name);
    await page.keyboard.press('Escape');
    if ((await page.locator('.tab.dirty').count()) > 0) await runCommand(page, 'File: Save All');
    await run('git', ['checkout', '--quiet', '.'], { cwd: folder });
    await runCommand(page, 'View: Close All Editors');
    await clearNotifications(page);
  });

  const picture = (name: string): Promise<void> => screenshot(page, `diff-${name}`);
  /** Waits until the diff that is open shows this. */
  const shown = (what: string, holds: (each: { readonly live: string; readonly other: string }) => boolean): Promise<true> =>
    eventually(what, async () => (holds(await sides(page)) ? (true as const) : undefined), { patience: 20_000, interval: 100 }).catch(
      async (error: unknown) => {
        const { live, other } = await sides(page);
        throw new Error(`The diff does not show ${what}:\n${live}\n---\n${other}`, { cause: error });
      },
    );
  /** Chooses from a row until it shows something: a row that changes just then has to be chosen again. */
  const chooseUntil = (label: string, entry: string, shows: () => Promise<unknown>): Promise<true> =>
    eventually(
      `${entry} of ${label}`,
      async () => {
        await choose(page, label, entry);
        await shows();
        return true as const;
      },
      { patience: 60_000, interval: 100 },
    );
  const aDiff = () => diffEditor(page).waitFor({ timeout: 10_000 });
  /** Changes a file on disk, which is open: what the editor shows then, the server knows. */
  const write = async (file: string, text: string): Promise<void> => {
    const opened = await openFile(page, file);
    await writeFile(path.join(folder, file), text);
    const isShown = async () => ((await visibleLines(opened)).join('\n').trim() === text.trim() ? (true as const) : undefined);
    await eventually(`${file} as it was written`, isShown);
  };

  it('asks which cluster before any is asked, and says when there is no difference', async () => {
    await openFile(page, 'apps/web/config.yaml');
    await runCommand(page, 'Drydock: Diff with Cluster');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'east' }).first().click();
    await notification(page, 'Application web on east: No difference: 2 resources are live as rendered.');
  });

  it('compares what is typed, and follows it while the diff is open', async () => {
    const source = await openFile(page, 'apps/web/config.yaml');
    await retype(page, source, 'blue', 'green');
    await runCommand(page, 'Drydock: Diff with Cluster');
    await diffEditor(page).waitFor();
    await shown('what is typed', ({ live, other }) => live.includes('colour: blue') && other.includes('colour: green'));
    await page.locator('.tab.active', { hasText: 'ConfigMap shop/web: live ↔ rendered (Application web on east)' }).waitFor();
    await picture('typed');
    await runCommand(page, 'View: Move Editor into Right Group');
    await runCommand(page, 'View: Focus Left Editor Group');
    await retype(page, source, 'green', 'yellow');
    await shown('what is typed now', ({ live, other }) => live.includes('colour: blue') && other.includes('colour: yellow'));
    await picture('followed');
    await pictureOfReadme(page, 'live-diff', 'with the side bar');
    await retype(page, source, 'colour: yellow}', 'colour: yellow'); // brackets that are typed are closed
    await shown(
      'why there is nothing new',
      ({ other }) => other.includes('# This is what was compared last:') && other.includes('colour: yellow'),
    );
    await picture('broken');
    await retype(page, source, 'colour: yellow', 'colour: blue}');
    await shown('no difference', ({ live, other }) => live === other && live.includes('colour: blue'));
  });

  it('lists what is created, changed, pruned and refused from a row, and shows all of it', async () => {
    await openClusters(page, 'east', 'Argo CD', 'default');
    const before = await readFile(path.join(folder, 'apps/web/config.yaml'), 'utf8');
    const [first = ''] = before.split('---\n');
    const added = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new, namespace: shop}\ndata: {a: "1"}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 99999}]}\n`;
    await write('apps/web/config.yaml', `${first.replace('blue', 'green')}---\n${added}`);
    await chooseUntil('web', 'Diff with Cluster', () => choices(page, 'Diff with Cluster'));
    const listed = await choices(page, 'Diff with Cluster');
    await picture('list');
    assert.match(listed.join('\n'), /1 created, 1 changed, 1 pruned, 1 refused, 0 unchanged/);
    assert.match(listed.join('\n'), /ConfigMap shop\/web.*changed/);
    assert.match(listed.join('\n'), /ConfigMap shop\/new.*created/);
    assert.match(listed.join('\n'), /Secret shop\/web.*pruned/);
    assert.match(listed.join('\n'), /Service shop\/web.*refused/);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show All' }).first().click();
    await page.locator('.tab.active', { hasText: 'Application web on east: live ↔ rendered' }).waitFor();
    const all = page.locator('.multiDiffEntry');
    await eventually('all diffs', async () => ((await all.count()) >= 4 ? true : undefined));
    await picture('all');
  });

  it('opens from the code lens above the overlay', async () => {
    await write('apps/web/config.yaml', (await readFile(path.join(folder, 'apps/web/config.yaml'), 'utf8')).replace('blue', 'green'));
    const overlay = await openFile(page, 'apps/web/kustomization.yaml');
    await overlay.locator('.codelens-decoration a', { hasText: 'Diff with Cluster' }).click();
    await diffEditor(page).waitFor();
    await shown('the file', ({ live, other }) => live.includes('colour: blue') && other.includes('colour: green'));
    await write('apps/web/config.yaml', (await readFile(path.join(folder, 'apps/web/config.yaml'), 'utf8')).replace('green', 'blue'));
    await shown('the file as it was', ({ live, other }) => live === other);
  });

  it('shows of a Secret that it differs, and nothing of what it holds', async () => {
    const before = await readFile(path.join(folder, 'apps/web/config.yaml'), 'utf8');
    await write('apps/web/config.yaml', before.replace('hunter2', 'correct-horse'));
    await open(page, 'web');
    await chooseUntil('Secret/web', 'Diff with Cluster', aDiff);
    await shown('the Secret', ({ live, other }) => /password: "?\*{8} \(live\)/.test(live) && /password: "?\*{8} \(rendered\)/.test(other));
    const { live, other } = await sides(page);
    for (const text of ['hunter2', 'correct-horse'])
      for (const form of [text, Buffer.from(text).toString('base64')]) assert.ok(!`${live}${other}`.includes(form));
  });

  it('shows what somebody has changed since the last sync, whatever the files here say', async () => {
    const before = await readFile(path.join(folder, 'apps/web/config.yaml'), 'utf8');
    await write('apps/web/config.yaml', before.replace('blue', 'green'));
    await east.api.patch(config('web'), { data: { colour: 'red' } });
    await chooseUntil('web', 'Diff Cluster with Last Synced', aDiff);
    await shown('the drift', ({ live: itIs, other: itWas }) => itIs.includes('colour: red') && itWas.includes('colour: blue'));
    await page
      .locator('.tab.active', { hasText: /ConfigMap shop\/web: live ↔ last synced \([0-9a-f]{7}\) \(Application web on east\)/ })
      .waitFor();
    await picture('last synced by Argo CD');
    await east.api.patch(config('web'), { data: { colour: 'blue' } });

    await east.api.request('PATCH', '/api/v1/namespaces/shop/configmaps/api?fieldManager=kubectl-edit', {
      type: 'application/merge-patch+json',
      content: { data: { colour: 'red' } },
    });
    await runCommand(page, 'View: Close All Editors');
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    await chooseUntil('api', 'Diff Cluster with Last Synced', aDiff);
    await shown('the drift', ({ live: itIs, other: itWas }) => itIs.includes('colour: red') && itWas.includes('colour: blue'));
  });

  it('tells what to do when the commit of the last sync is not here', async () => {
    const text = await readFile(path.join(folder, 'apps/api/config.yaml'), 'utf8');
    const commit = await east.git.commit('acme/fleet.git', { 'apps/api/config.yaml': text.replace('blue', 'white') });
    const at = new Date().toISOString();
    const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'fleet', namespace: 'shop' };
    await east.api.patch(source, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': at } } });
    await converged(east.api, kustomization, 'the new revision', ({ status }) =>
      ((status as { readonly lastAppliedRevision?: string } | undefined)?.lastAppliedRevision ?? '').endsWith(commit),
    );
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    const words = `Kustomization api on east: Kustomization api was last synced to ${commit.slice(0, 7)}, which is not in`;
    await chooseUntil('api', 'Diff Cluster with Last Synced', () => notification(page, words));
    await picture('not fetched');
  });

  it('tells that what is compared was deleted, and goes on', async () => {
    const source = await openFile(page, 'apps/api/config.yaml');
    await runCommand(page, 'Drydock: Diff with Cluster');
    await diffEditor(page).waitFor();
    await shown('the difference', ({ live, other }) => live.includes('colour: white') && other.includes('colour: blue'));
    await runCommand(page, 'View: Move Editor into Right Group');
    await east.api.remove(kustomization);
    await notification(page, 'Kustomization api on east was deleted. The difference that is open shows what was there before.');
    await runCommand(page, 'View: Focus Left Editor Group');
    await source.locator('.view-line').first().click();
    await page.keyboard.type('# typed ');
    await eventually('what is typed', async () => ((await visibleLines(source)).join().includes('# typed') ? true : undefined));
    await picture('deleted while open');
    const { live, other } = await sides(page);
    assert.match(live, /colour: white/);
    assert.match(other, /colour: blue/);
  });

  it('asks which, of an overlay that is on several clusters, and compares with each', async () => {
    const manifest = await readFile(path.join(folder, 'clusters/east/web.yaml'), 'utf8');
    const elsewhere = manifest
      .replace('name: web\n', 'name: web-west\n')
      .replace('server: https://kubernetes.default.svc', 'name: occident')
      .replace('automated: {}', '');
    await east.api.apply(elsewhere);
    await row(page, 'web-west').waitFor();
    const source = await openFile(page, 'apps/web/config.yaml');
    await retype(page, source, 'blue', 'green');
    await runCommand(page, 'Drydock: Diff with Cluster');
    const listed = await choices(page, 'Diff with Cluster');
    assert.equal(listed.length, 2);
    await picture('which');
    await page.keyboard.press('Enter');
    await eventually('the list', async () => {
      const all = (await choices(page, 'Diff with Cluster')).join('\n');
      return all.includes('1 changed, 1 unchanged') && all.includes('2 created, 0 unchanged') ? true : undefined;
    });
    await picture('several');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'ConfigMap shop/web' }).first().click();
    await diffEditor(page).waitFor();
  });

  it('tells when the cluster that is deployed to is away', async () => {
    await west.stopApiServer();
    const words = /Application web-west on east: https:\/\/127\.0\.0\.1:\d+ can't be reached/;
    await chooseUntil('web-west', 'Diff with Cluster', () => notification(page, words));
    await picture('away');
  });
});

function isSynced(object: Readonly<Record<string, unknown>>): boolean {
  return (object['status'] as { readonly sync?: { readonly status?: string } } | undefined)?.sync?.status === 'Synced';
}
