import { until } from '../eventually.ts';
import { useWindow } from '../support/window.ts';
import { picture } from './picture.ts';
import { openFile, preview, retype, runCommand, visibleLines } from './workbench.ts';

describe("A chart's effective values, as a person sees them", () => {
  const window = useWindow();

  it('name the line that each comes from', async () => {
    await openFile(window.page, 'charts/catalog/values-prod.yaml');
    await window.page.locator('.editor-actions a.action-label[aria-label*="Rendered Preview"]').waitFor();
    await runCommand(window.page, 'Drydock: Show Effective Values');
    // Applications deploy the chart as well.
    await window.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'chart charts/catalog with charts/catalog/values-prod.yaml' })
      .click();
    await until('the values', () => valuesShow('maxReplicas: 16  # charts/catalog/values-prod.yaml:4, over charts/catalog/values.yaml:26'));
    await until('a value of the chart alone', () => valuesShow('engine: opensearch  # charts/catalog/values.yaml:'));
    await picture(window.page, 'values', 'without the side bar');
  });

  it('follow what is typed', async () => {
    const values = await openFile(window.page, 'charts/catalog/values-prod.yaml');
    await retype(window.page, values, 'maxReplicas: 16', 'maxReplicas: 32');
    await until('the edit', () => valuesShow('maxReplicas: 32  # charts/catalog/values-prod.yaml:4'));
  });

  it('of a HelmRelease lead to the file that its ConfigMap is generated from', async () => {
    const release = await openFile(window.page, 'environments/dev/catalog-preview.yaml');
    await release.locator('.codelens-decoration a', { hasText: 'Show Effective Values' }).click();
    await until('a value from the ConfigMap', () =>
      valuesShow(
        'pageSize: 12  # environments/dev/catalog-preview-values.yaml:3, over charts/catalog/values-dev.yaml:6, charts/catalog/values.yaml:21',
      ),
    );
    await until('a value of the release', () =>
      valuesShow('replicaCount: 1  # environments/dev/catalog-preview.yaml:32, over charts/catalog/values-dev.yaml:1'),
    );
  });

  it('of an Application lead to the files and the object that they are written in', async () => {
    const application = await openFile(window.page, 'argocd/staging/search.yaml');
    await application.locator('.codelens-decoration a', { hasText: 'Show Effective Values' }).click();
    await until('a value of the Application', () => valuesShow('pageSize: 48  # argocd/staging/search.yaml:20'));
    await until('a value of another source', () => valuesShow('domain: staging.acme.example  # clusters/staging/values.yaml:'));
  });

  it('of charts that a kustomization inflates lead to its entry, its file and the chart', async () => {
    const kustomization = await openFile(window.page, 'sandbox/kustomization.yaml');
    await kustomization.locator('.codelens-decoration a', { hasText: 'Show Effective Values' }).click();
    await until('an inline value', () => valuesShow('retention: 2h  # sandbox/kustomization.yaml:16'));
    await until('a value of the file', () => valuesShow('# sandbox/mailbox-values.yaml:'));
  });

  async function valuesShow(text: string): Promise<boolean> {
    return (await visibleLines(preview(window.page))).some((line) => line.includes(text));
  }
});
