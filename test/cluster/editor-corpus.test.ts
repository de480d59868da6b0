// Repositories that other people keep, delivered by real controllers and looked at in VS Code: nothing of them was written for Drydock.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { installCommand } from '../../cli/src/cli-in-test.ts';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { vsix } from '../../scripts/vsix.ts';
import { eventually } from '../e2e/eventually.ts';
import { openFile, runCommand, workbenchReady } from '../e2e/page/workbench.ts';
import { startEditor } from '../e2e/support/editor.ts';
import { withoutCorpus } from '../fixture/corpus.ts';
import type { KubernetesObject } from './api.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { conditionOf, converged, isReady, patient } from './converge.ts';
import { deliverCorpus } from './editor/corpus.ts';
import { choices, diffEditor, sides } from './editor/diff.ts';
import { screenshot } from './editor/screenshot.ts';
import { choose, open, openClusters, rows, showContainer } from './editor/view.ts';
import { answer, clearNotifications, notification, report } from './editor/window.ts';
import { startFlux } from './flux.ts';
import { startNodeStandIn } from './node-stand-in.ts';

exitOnSignals();

const application = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const kustomization = (name: string) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  name,
  namespace: 'flux-system',
});
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-myapp', namespace: 'default' };
const secret = { apiVersion: 'v1', kind: 'Secret', name: 'example-webhook-ca-keypair', namespace: 'example-system' };
/** What a controller for certificates makes of `ignore-differences/resources/validatingwebhook.yaml`, which no API server takes as it is. */
const webhook = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: example-webhook-validations
  annotations:
    argocd.argoproj.io/tracking-id: ignore-differences-example:admissionregistration.k8s.io/ValidatingWebhookConfiguration:default/example-webhook-validations
webhooks:
  - name: example-validate.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: Ignore
    clientConfig:
      url: https://127.0.0.1:1/validate
      caBundle: ${Buffer.from('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n').toString('base64')}
    rules: [{apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE, UPDATE], resources: [deployments]}]
`;
const examples = 'argocd-diff-preview/examples';
const production = `${examples}/kustomize/my-service/overlay/production/kustomization.yaml`;
const declared = `${examples}/kustomize/applications/my-service-prod.yaml`;

describe('repositories of others in VS Code', { skip: withoutCorpus }, () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let folder: string;
  let page: Page;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('east'));
    starting.use(startNodeStandIn(cluster));
    starting.use(await startFlux(cluster));
    starting.use(await startArgocd(cluster));
    folder = await deliverCorpus(cluster);
    const { api } = cluster;
    await converged(api, kustomization('podinfo'), 'Ready', isReady);
    await converged(api, kustomization('apps'), 'failed', (object) => conditionOf(object, 'Ready')?.reason === 'ArtifactFailed');
    await converged(api, application('my-service-production'), 'OutOfSync', (object) => syncOf(object) === 'OutOfSync');
    await converged(api, application('refactoring-appset-example-production'), 'Synced', (object) => syncOf(object) === 'Synced');
    const editor = starting.use(await startEditor({ kind: 'installed', vsix: await vsix() }, { KUBECONFIG: cluster.kubeconfig }));
    page = await editor.openWindow(folder);
    page.setDefaultTimeout(60_000);
    await workbenchReady(page);
    // As many rows as there are.
    await page.setViewportSize({ width: 1600, height: 1200 });
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(async (test) => {
    await screenshot(page, `corpus-${test.name}`);
    await closeEditors();
    await clearNotifications(page);
  });

  /** By their buttons: a report that gets the focus late closes what is open for commands. */
  const closeEditors = async (): Promise<void> => {
    const buttons = page.locator('.tabs-container .tab .tab-actions .action-label');
    for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
      await page.locator('.tabs-container .tab').first().click();
      await buttons.first().click();
    }
  };
  const show = (...lines: readonly string[]): Promise<true> =>
    eventually(`rows ${lines.join(', ')}`, async () => missing(await rows(page), lines).length === 0 || undefined, patient).catch(
      async (error: unknown) => {
        throw new Error(`${missing(await rows(page), lines).join(', ')} is not among\n${(await rows(page)).join('\n')}`, { cause: error });
      },
    );
  const lens = (opened: Locator, text: string): Locator => opened.locator('.codelens-decoration a', { hasText: text }).first();

  it('lists all that is delivered, as it stands', async () => {
    await openClusters(page);
    await open(page, 'east');
    await open(page, 'Argo CD');
    await open(page, 'default');
    await open(page, 'refactoring-appset-example');
    await show(
      'my-service-production | OutOfSync · Missing',
      'destination-server-example | ComparisonError · Unknown · Healthy',
      'refactoring-appset-example-production | Synced · Healthy',
      'refactoring-appset-example-staging | Synced · Healthy',
      'list-generator-example-appset-empty | Up to date',
    );
    await open(page, 'Flux');
    await open(page, 'Kustomizations');
    await open(page, 'Sources');
    await show(
      'apps | ArtifactFailed · after infra-configs',
      'podinfo | Ready',
      'flux-system | GitRepository · Ready',
      'flux-system | ArtifactGenerator · Not yet reconciled',
    );
  });

  it('says what it takes for what can not be delivered', async () => {
    await choose(page, 'infra-controllers', 'Why Is It Not Syncing?');
    const artifact = await report(page, /infra-controllers not syncing/);
    assert.match(
      artifact,
      /The artifact that it delivers from was not made[^]*ArtifactGenerator flux-system\/flux-system[^]*source-watcher/,
    );
    await closeEditors();
    await open(page, 'git-generator-example-appset');
    await choose(page, 'folder1', 'Why Is It Not Syncing?');
    assert.match(await report(page, /folder1 not syncing/), /No namespace is named[^]*spec\.destination\.namespace/);
  });

  it('tells above each manifest how it stands, and nothing of one cluster above what is declared for another', async () => {
    const staging = await openFile(page, 'flux2-kustomize-helm-example/clusters/staging/apps.yaml');
    await lens(staging, 'east: ArtifactFailed').waitFor();
    await lens(await openFile(page, 'flux2-kustomize-helm-example/apps/staging/kustomization.yaml'), 'Kustomization apps').waitFor();
    const other = await openFile(page, 'flux2-kustomize-helm-example/clusters/production/apps.yaml');
    await lens(other, 'Open Rendered Preview').waitFor();
    assert.equal(await lens(other, 'east').count(), 0);
    const plain = await openFile(page, `${examples}/multi-source/services/frontend/deployment.yaml`);
    await lens(plain, 'east: Application multi-source-app: OutOfSync').waitFor();
  });

  it('knows all that deploys a base', async () => {
    await openFile(page, `${examples}/kustomize/my-service/base/deployment.yaml`);
    await runCommand(page, 'Drydock: Diff with Cluster');
    assert.deepEqual(
      (await choices(page, 'Diff with Cluster')).map((each) => /argocd\/(\S+),/.exec(each)?.[1]),
      ['ignore-annotation-appset-production', 'my-service-production', 'ignore-annotation-appset-staging', 'my-service-staging'],
    );
    await page.keyboard.press('Escape');
  });

  it('syncs from the manifest, shows drift, compares it, and syncs it away', async () => {
    const sync = async (): Promise<void> => {
      await lens(await openFile(page, declared), 'Sync').waitFor();
      await page.locator('.codelens-decoration a', { hasText: /Sync$/ }).last().click();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Prune' }).waitFor();
      await page.keyboard.press('Enter');
      await answer(page, 'Sync Application my-service-production on east?', 'Sync');
    };
    await sync();
    await show('my-service-production | Synced · Healthy');
    await cluster.api.patch(deployment, { spec: { replicas: 1 } });
    await show('my-service-production | OutOfSync · Healthy');
    await lens(await openFile(page, declared), 'Diff with Cluster').click();
    await diffEditor(page).waitFor();
    await eventually('the drift', async () => {
      const { live, other } = await sides(page);
      return live.includes('replicas: 1') && live.replace('replicas: 1', 'replicas: 3') === other ? true : undefined;
    });
    await screenshot(page, 'corpus-drift');
    await sync();
    await show('my-service-production | Synced · Healthy');
    assert.equal(((await cluster.api.get(deployment))?.['spec'] as { readonly replicas: number }).replicas, 3);
  });

  it('marks in the explorer what is deployed', async () => {
    await showContainer(page, 'Explorer');
    // It reveals what is opened.
    await openFile(page, production);
    const told = 'east: Application my-service-production, Synced · Healthy';
    await page.locator(`.explorer-folders-view :is([aria-label*="${told}"], [title*="${told}"])`).first().waitFor();
    await openClusters(page);
  });

  it('finds no difference in what is ignored, though no API server takes what is rendered', async () => {
    await cluster.api.apply(webhook);
    await cluster.api.patch(application('ignore-differences-example'), {
      operation: { sync: { syncOptions: ['RespectIgnoreDifferences=true'] } },
    });
    await converged(cluster.api, application('ignore-differences-example'), 'Synced', (object) => syncOf(object) === 'Synced');
    await cluster.api.patch(secret, { data: { 'tls.crt': Buffer.from('rotated').toString('base64') } });
    await lens(await openFile(page, `${examples}/ignore-differences/app.yaml`), 'Diff with Cluster').click();
    await notification(page, 'Application ignore-differences-example on east: No difference: 2 resources are live as rendered.');
    assert.equal(syncOf((await cluster.api.get(application('ignore-differences-example'))) ?? {}), 'Synced');
  });

  it('compares in a terminal, also beside an Application that names no namespace', async () => {
    await using command = await installCommand({ KUBECONFIG: cluster.kubeconfig });
    const overlay = path.dirname(path.join(folder, production));
    await writeFile(
      path.join(overlay, 'replica_count.yaml'),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: myapp}\nspec: {replicas: 4}\n',
    );
    const { stdout, stderr, code } = await command.run(folder, 'diff', '--live', overlay);
    assert.match(stdout, /^\+\+\+ rendered\/Deployment default\/prod-myapp[^]*\n- {2}replicas: 3\n\+ {2}replicas: 4$/m);
    assert.match(stderr, /ignore-annotation-appset-production on east: Deployment prod-myapp \(refused\): It names no namespace/);
    assert.equal(code, 2);
    const status = await command.run(folder, 'status', 'multi-source-app');
    assert.match(status.stdout, /multi-source-app +OutOfSync · Missing +[0-9a-f]{7}\n/);
  });
});

function syncOf(object: Partial<KubernetesObject>): string | undefined {
  return (object['status'] as { readonly sync?: { readonly status?: string } } | undefined)?.sync?.status;
}

function missing(shown: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((each) => !shown.includes(each));
}
