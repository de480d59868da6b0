import { eventually } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { openFile } from './workbench.ts';

describe('Hover and findings, as a person reads them', () => {
  const window = useWindow();

  it('explains the field under the pointer', async () => {
    const shown = await openFile(window.page, 'clusters/production/apps.yaml');
    await eventually('the explanation', async () => {
      // Until the server has started, pointing at the field shows nothing; a person points again.
      await window.page.mouse.move(0, 0);
      await shown
        .locator('.view-line span', { hasText: /^prune$/ })
        .first()
        .hover();
      await window.page.locator('.monaco-hover', { hasText: 'required' }).waitFor({ timeout: 2_000 });
      return true;
    });
    await picture(window.page, 'hover', 'with the side bar');
  });
});
