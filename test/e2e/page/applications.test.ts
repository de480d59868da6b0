import { until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { openFile, preview, visibleLines } from './workbench.ts';

describe('The Applications of an ApplicationSet, as a person sees them', () => {
  const window = useWindow();

  it('are counted above it, as its fixture has it', async () => {
    const set = await openFile(window.page, 'argocd/production/tenants.yaml');
    await set.locator('.codelens-decoration a', { hasText: '6 applications' }).waitFor();
  });

  it('are listed with their parameters, and what one deploys opens beside', async () => {
    await window.page.locator('.codelens-decoration a', { hasText: '6 applications' }).click();
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    const search = rows.filter({ hasText: 'search-gke-europe-west3' });
    await search.filter({ hasText: 'server=https://gke-europe-west3.acme.example' }).waitFor();
    await picture(window.page, 'applications', 'with the open list');
    await search.click();
    await until('what it deploys', async () => {
      const lines = await visibleLines(preview(window.page));
      return (
        (lines[0] ?? '').startsWith('# Application search-gke-europe-west3 (') && lines.some((line) => line.includes('kind: ResourceQuota'))
      );
    });
  });
});
