import assert from 'node:assert/strict';
import { until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { clickTitleButton, editor, openFile, preview, retype, runCommand, savedState, visibleLines, workbenchReady } from './workbench.ts';

describe('The rendered preview, as a person sees it', () => {
  const window = useWindow();

  it('opens by the button in the title and follows what is typed', async () => {
    const kustomization = await openFile(window.page, 'apps/storefront/overlays/production/kustomization.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the rendering', () => previewShows('name: storefront-config-'));
    await picture(window.page, 'preview', 'without the side bar');

    await retype(window.page, kustomization, 'LOG_LEVEL=warn', 'LOG_LEVEL=debug');
    await until('the edit in the preview', () => previewShows('LOG_LEVEL: debug'));
  });

  it('keeps the last good rendering while a patch is broken, and says where', async () => {
    const patch = await openFile(window.page, 'apps/storefront/overlays/production/deployment-resources.yaml');
    await retype(window.page, patch, 'spec:', 'spec: [');
    await until('the mark', () => previewShows('LAST GOOD RENDERING'));
    await window.page.locator('.statusbar-item', { hasText: 'last good rendering' }).waitFor();
    await patch.locator('.squiggly-error').first().waitFor();
    await picture(window.page, 'last-good-rendering', 'without the side bar');

    await window.page.keyboard.press('Backspace');
    await window.page.keyboard.press('Backspace');
    await until('the mark to go', async () => !(await previewShows('LAST GOOD RENDERING')));
  });

  it('asks once which of its overlays a base is shown in', async () => {
    await openFile(window.page, 'apps/payment/base/deployment.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    const choices = window.page.locator('.quick-input-list .monaco-list-row');
    await choices.first().waitFor();
    await choices.filter({ hasText: 'apps/payment/overlays/staging' }).first().click();
    await until('the rendering', () => previewShows('namespace: shop-staging'));

    await runCommand(window.page, 'Drydock: Choose What to Preview');
    await choices.filter({ hasText: 'chosen last' }).first().waitFor();
    await window.page.keyboard.press('Escape');
    assert.equal(await editor(window.page, 'apps/payment/base/deployment.yaml').count(), 1);
  });

  it('opens by the code lens above a kustomization', async () => {
    const kustomization = await openFile(window.page, 'observability/overlays/aks/kustomization.yaml');
    await kustomization.locator('.codelens-decoration a').first().click();
    await until('the rendering', () => previewIsOf('observability/overlays/aks'));
  });

  it('opens by the code lens above a Flux Kustomization, with the variables of its cluster', async () => {
    const apps = await openFile(window.page, 'clusters/staging/apps.yaml');
    await apps.locator('.codelens-decoration a').first().click();
    await until('the rendering', () => previewIsOf('Kustomization shop (clusters/staging/apps.yaml)'));
    await until('a variable of the cluster', () => previewShows('--cluster=acme-staging'));
    await picture(window.page, 'flux', 'without the side bar');
  });

  it('is there again when the window is reloaded', async () => {
    // The one that was opened last is in front, before and after.
    await savedState(window.page, 'shop.rendered');
    await window.page.reload();
    await workbenchReady(window.page);
    await until('the rendering', () => previewIsOf('Kustomization shop (clusters/staging/apps.yaml)'));
  });

  it('stays where it was scrolled to when it is rendered again', async () => {
    const kustomization = await openFile(window.page, 'apps/storefront/overlays/staging/kustomization.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the rendering', () => previewIsOf('apps/storefront/overlays/staging'));
    await preview(window.page).locator('.view-lines').click();
    for (let page = 0; page < 3; page += 1) await window.page.keyboard.press('PageDown');
    await until('another part of the rendering', async () => !(await previewIsOf('apps/storefront/overlays/staging')));
    let before: string | undefined;
    await until('the scrolling to end', async () => {
      const lines = await visibleLines(preview(window.page));
      await window.page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
      before = lines[1];
      return (await visibleLines(preview(window.page))).join('\n') === lines.join('\n');
    });
    await retype(window.page, kustomization, 'namespace: shop-staging', 'namespace: shop-tests');
    await until('the edit in the preview', () => previewShows('namespace: shop-tests'));
    assert.equal((await visibleLines(preview(window.page)))[1], before);
  });

  async function previewIsOf(overlay: string): Promise<boolean> {
    const [heading = ''] = await visibleLines(preview(window.page));
    return heading.startsWith(`# ${overlay}: `) && /\d+ resources?(?:,|$)/.test(heading);
  }

  async function previewShows(text: string): Promise<boolean> {
    const lines = await visibleLines(preview(window.page));
    return lines.some((line) => line.includes(text));
  }
});
