import type { Locator } from 'playwright-core';
import { until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { editor, preview, visibleLines } from './workbench.ts';

describe('The view of GitOps objects, as a person uses it', () => {
  const window = useWindow();

  it('lists what Argo CD and Flux run, and the overlays', async () => {
    await window.page.locator('.activitybar .action-label[aria-label^="Drydock"]').click();
    for (const group of ['Argo CD', 'Flux', 'Sources', 'Image Automation', 'Notifications', 'Overlays']) await row(group).waitFor();
  });

  it('opens an object where it is written', async () => {
    await row('Argo CD').click();
    await row('payment-production').click();
    const opened = editor(window.page, 'argocd/production/payment.yaml');
    await until('its file', async () => (await visibleLines(opened)).some((line) => line.includes('name: payment-production')));
    await picture(window.page, 'objects', 'with the side bar');
  });

  it('renders an overlay by the button beside it', async () => {
    await row('Argo CD').click();
    await row('Overlays').click();
    const overlay = row('apps/checkout/overlays/dev');
    await overlay.hover();
    await overlay.locator('.action-label[aria-label*="Rendered Preview"]').click();
    await until('the rendering', async () => {
      const [heading] = await visibleLines(preview(window.page));
      return /^# apps\/checkout\/overlays\/dev: \d+ resources, main at [0-9a-f]{7}$/.test(heading ?? '');
    });
  });

  it('opens what an ApplicationSet generates, and what those deploy, level by level', async () => {
    await row('Overlays').click();
    await row('Argo CD').click();
    for (const label of ['microservices', 'storefront-dev']) {
      await row(label).first().locator('.monaco-tl-twistie').click();
    }
    await row('storefront').first().waitFor();
    await picture(window.page, 'renderings', 'with the side bar');
    await row('storefront').first().click();
    await until('the resource in the preview', async () =>
      (await visibleLines(preview(window.page))).some((line) => line.includes('name: storefront')),
    );
  });

  function row(label: string): Locator {
    return window.page.locator('.pane-body .monaco-list-row', { has: window.page.getByText(label, { exact: true }) });
  }
});
