import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { clickTitleButton, openFile, preview, retype, runCommand, visibleLines } from './workbench.ts';

describe('The rendered document, as a person sees it', () => {
  const window = useWindow();

  it('marks the lines that changed in the gutter, for a moment', async () => {
    const kustomization = await openFile(window.page, 'apps/storefront/overlays/production/kustomization.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the rendering', () => previewShows('kind: ConfigMap'));
    const marks = preview(window.page).locator('.cgmr[class*="ced-"]');
    assert.equal(await marks.count(), 0);
    const seen = marks.first().waitFor();
    await retype(window.page, kustomization, 'LOG_LEVEL=warn', 'LOG_LEVEL=debug');
    await seen;
    await until('the marks to go', async () => (await marks.count()) === 0);
    assert.ok(await previewShows('LOG_LEVEL: debug'));
  });

  it('is compared with what it was when it was opened', async () => {
    await preview(window.page).locator('.view-lines').click();
    await runCommand(window.page, 'Drydock: Compare With Earlier Rendering');
    const diff = window.page.locator('.monaco-diff-editor');
    await until('both sides', async () => {
      const shown = (await diff.textContent())?.replaceAll('\u00a0', ' ') ?? '';
      return shown.includes('LOG_LEVEL: warn') && shown.includes('LOG_LEVEL: debug');
    });
    await window.page.locator('.editor-group-container.active .tab.active .action-label[aria-label^="Close"]').click();
    await until('the preview alone', async () => (await preview(window.page).count()) === 1 && (await diff.count()) === 0);
  });

  it('is filtered by kind with the button in its title, and cleared by the other', async () => {
    await preview(window.page).locator('.view-lines').click();
    await clickTitleButton(window.page, 'Filter Preview');
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'ConfigMap' }).filter({ hasText: 'resource' }).first().click();
    await until('the filter', async () => / of \d+ resources \(filter: ConfigMap\/\*\)/.test(await heading()));
    assert.ok(!(await previewShows('kind: Deployment')));
    await window.page.locator('.statusbar-item', { hasText: / of \d+ resources in/ }).waitFor();

    await clickTitleButton(window.page, 'Clear Filter');
    await until('all resources', async () => !(await heading()).includes('filter'));
  });

  it('is filtered by what is typed', async () => {
    await clickTitleButton(window.page, 'Filter Preview');
    await window.page.locator('.quick-input-widget input').fill('*/storefront');
    await window.page.keyboard.press('Enter');
    await until('the filter', async () => (await heading()).includes('(filter: */storefront)'));
    await runCommand(window.page, 'Drydock: Clear Filter of Preview');
    await until('all resources', async () => !(await heading()).includes('filter'));
  });

  it('leads to a resource by its symbol', async () => {
    await preview(window.page).locator('.view-lines').click();
    await window.page.keyboard.press('ControlOrMeta+Shift+O');
    const symbols = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Deployment storefront' });
    await symbols.first().waitFor();
    await window.page.keyboard.type('Deployment storefront');
    await window.page.keyboard.press('Enter');
    await until('the resource', () => previewShows('kind: Deployment'));
  });

  it('tells by hovering its heading what it was rendered from', async () => {
    await preview(window.page).locator('.view-lines').click();
    await window.page.keyboard.press('ControlOrMeta+Home');
    await until('the heading', async () => (await heading()).startsWith('# apps/storefront/overlays/production: '));
    assert.match(await heading(), /, \S+ at [0-9a-f]{7}(?: with unsaved changes)?$/);
    await preview(window.page).locator('.view-line').first().hover();
    await window.page.locator('.monaco-hover', { hasText: 'Working tree: ' }).waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('is saved, after a question about the values of its Secrets', async () => {
    await window.page.keyboard.press('ControlOrMeta+1'); // the editor on the left
    await openFile(window.page, 'apps/payment/overlays/dev/kustomization.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the rendering', async () => (await heading()).startsWith('# apps/payment/overlays/dev: '));
    await preview(window.page).locator('.view-lines').click();
    await runCommand(window.page, 'Drydock: Save Rendering As');
    await window.page.locator('.monaco-dialog-box', { hasText: 'values of Secrets' }).waitFor();
    await window.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Save Masked' }).click();
    const file = path.join(window.folder, 'apps-payment-overlays-dev.yaml');
    const name = window.page.locator('.quick-input-widget input');
    await until('the proposed name', async () => (await name.inputValue()) === file);
    await name.press('Enter');
    const saved = await eventually('the file', () => readFile(file, 'utf8').catch(() => undefined));
    assert.match(saved, /^apiVersion: /);
    assert.match(saved, /: "\*{8}"\n/);
  });

  async function heading(): Promise<string> {
    return (await visibleLines(preview(window.page)))[0] ?? '';
  }

  async function previewShows(wanted: string): Promise<boolean> {
    const lines = await visibleLines(preview(window.page));
    return lines.some((line) => line.includes(wanted));
  }
});
