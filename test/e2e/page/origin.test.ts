import { eventually, until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { clickTitleButton, editor, openFile, preview, visibleLines } from './workbench.ts';

describe('Where a rendered field comes from, as a person asks', () => {
  const window = useWindow();

  it('is told by hovering the field, and a click goes there', async () => {
    await openFile(window.page, 'apps/storefront/overlays/production/kustomization.yaml');
    await clickTitleButton(window.page, 'Rendered Preview');
    await until('the rendering', async () => (await visibleLines(preview(window.page))).some((line) => line.includes('LOG_LEVEL')));
    const field = preview(window.page)
      .locator('.view-line span', { hasText: /^LOG_LEVEL$/ })
      .first();
    await eventually('the origin', async () => {
      await window.page.mouse.move(0, 0);
      await field.hover();
      await window.page.locator('.monaco-hover', { hasText: 'From apps/storefront/' }).waitFor({ timeout: 2_000 });
      return true;
    });
    await picture(window.page, 'origin', 'with the side bar');
    await window.page.keyboard.press('Escape');
    await field.click();
    await window.page.keyboard.press('F12');
    await window.page.locator('.statusbar-item', { hasText: 'Ln 17,' }).waitFor();
    await editor(window.page, 'production/kustomization.yaml').first().waitFor();
  });
});
