import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type GitServer, serveGit } from '../../servers/git-server.ts';
import { becomes, until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { clickTitleButton, openFile, preview, runCommand, select, visibleLines } from './workbench.ts';

const kustomization = 'apps/notes/kustomization.yaml';
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\ndata:\n  color: green\n';

describe('A base that lies elsewhere, as a person meets it', () => {
  const window = useWindow();
  let server: GitServer;

  before('a repository elsewhere', async () => {
    server = await serveGit();
    await server.commit('acme/base', { 'app/kustomization.yaml': 'resources: [notes.yaml]\n', 'app/notes.yaml': configMap }, 'v1');
    const file = path.join(window.folder, kustomization);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `resources:\n  - ${server.url}/acme/base//app?ref=v1\nnamePrefix: my-\n`);
  });
  after(() => server[Symbol.asyncDispose]());

  it('is named, and nothing is asked for before "Fetch it" is chosen', async () => {
    const source = await openFile(window.page, kustomization);
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the reason', () => previewShows('not fetched'));
    await source.locator('.squiggly-warning').first().waitFor();
    assert.deepEqual(server.asked, []);
  });

  it('is fetched by the quick fix, and renders', async () => {
    const source = await openFile(window.page, kustomization);
    await select(window.page, source, 'acme/base');
    await window.page.keyboard.press('ControlOrMeta+.');
    await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Fetch it' }).click();
    await until('the rendering', () => previewShows('name: my-notes'));
    await until('the finding to go', async () => (await source.locator('.squiggly-warning').count()) === 0);
    assert.ok(server.asked.length > 0);
  });

  it('renders offline afterwards', async () => {
    await server[Symbol.asyncDispose]();
    await runCommand(window.page, 'Drydock: Restart Language Server');
    const source = await openFile(window.page, kustomization);
    await select(window.page, source, 'my-');
    await window.page.keyboard.type('our-');
    await until('the rendering', () => previewShows('name: our-notes'));
    assert.equal(await source.locator('.squiggly-warning, .squiggly-error').count(), 0);
  });

  it('is named again once the copies are cleared, which says how much room they take and asks', async () => {
    const dialog = window.page.locator('.monaco-dialog-box');
    await runCommand(window.page, 'Drydock: Clear Cache of Fetched Sources');
    await dialog.filter({ hasText: /They take .* MB/ }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(!(await previewShows('LAST GOOD RENDERING')));

    await runCommand(window.page, 'Drydock: Clear Cache of Fetched Sources');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await until('the mark', () => previewShows('LAST GOOD RENDERING'));
    await runCommand(window.page, 'Drydock: Clear Cache of Fetched Sources');
    await becomes(() => dialog.count(), 0);
    await runCommand(window.page, 'Notifications: Show Notifications');
    const told = window.page.locator('.notifications-center .notification-list-item-message');
    await told.filter({ hasText: 'there are no copies' }).waitFor();
    await told.filter({ hasText: /That frees .* MB/ }).waitFor();
  });

  async function previewShows(text: string): Promise<boolean> {
    return (await visibleLines(preview(window.page))).some((line) => line.includes(text));
  }
});
