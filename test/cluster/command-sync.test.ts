// `drydock sync`, as users start it, with real controllers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { type Command, type Run, installCommand } from '../../cli/src/cli-in-test.ts';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { run } from '../../scripts/process.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { converged, isReady } from './converge.ts';
import { fluxSource } from './flux-source.ts';
import { startFlux } from './flux.ts';
import { configOf, repository } from './repository.ts';
import { writeUserSettings } from './user-settings.ts';

exitOnSignals();

const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop', namespace: argocdNamespace };
const overlay = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'fleet', namespace: 'demo' };
const config = (namespace: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-app', namespace });

const manifest = (url: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: overlays/dev}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {syncOptions: [CreateNamespace=true]}
`;
const objects = (url: string): string => `${manifest(url)}---${fluxSource(url)}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: fleet, namespace: demo}
spec: {interval: 1h, path: ./flux, prune: true, targetNamespace: demo, sourceRef: {kind: GitRepository, name: fleet}}
`;

describe('drydock sync', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let drydock: Command;
  let checkout: string;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('staging'));
    await Promise.all([startArgocd(cluster).then((each) => starting.use(each)), startFlux(cluster).then((each) => starting.use(each))]);
    const files = { ...repository, 'flux/kustomization.yaml': repository['overlays/dev/kustomization.yaml'].replace('../../', '../') };
    await cluster.git.commit('acme/fleet.git', files);
    const url = `${cluster.git.url}/acme/fleet.git`;
    await cluster.api.apply(objects(url));
    checkout = path.join(cluster.folder, 'checkout');
    await run('git', ['clone', '--quiet', url, checkout]);
    await mkdir(path.join(checkout, 'argocd'));
    await writeFile(path.join(checkout, 'argocd/shop.yaml'), manifest(url));
    // Whoever wrote the checkout does not decide what is production.
    await mkdir(path.join(checkout, '.vscode'));
    await writeFile(
      path.join(checkout, '.vscode/settings.json'),
      JSON.stringify({ 'drydock.cluster.productionContexts': [], 'drydock.cluster.readOnly': false }),
    );
    drydock = starting.use(await installCommand(await userWith({})));
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const userWith = async (settings: object): Promise<Readonly<Record<string, string>>> => ({
    ...(await writeUserSettings(cluster.folder, settings)),
    KUBECONFIG: cluster.kubeconfig,
  });
  const sync = (...args: readonly string[]): Promise<Run> => drydock.run(checkout, 'sync', ...args);
  const versionIn = async (namespace: string): Promise<unknown> =>
    ((await cluster.api.get(config(namespace)))?.['data'] as { readonly version?: string } | undefined)?.version;
  const push = (version: string): Promise<unknown> => cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf(version) });

  it('asks nobody where there is no terminal, and does nothing then', async () => {
    await converged(cluster.api, application, 'compared', ({ status }) => JSON.stringify(status ?? {}).includes('OutOfSync'));
    const { stdout, stderr, code } = await sync('overlays/dev');
    assert.equal(stdout, '');
    assert.match(stderr, /^Sync Application shop on staging\n/);
    assert.match(stderr, /nothing was done: there is no terminal to ask on, and --yes was not given\n$/);
    assert.equal(code, 1);
    assert.equal(await versionIn('shop'), undefined);
  });

  it('dry-runs an Application', async () => {
    const { stdout, code } = await sync('overlays/dev', '--yes', '--dry-run');
    assert.match(stdout, /^done: /);
    assert.equal(code, 0);
    assert.equal(await versionIn('shop'), undefined);
  });

  it('syncs the Application that deploys an overlay, and tells what goes on', async () => {
    const { stdout, stderr, code } = await sync('overlays/dev', '--yes');
    assert.match(stdout, /^done: successfully synced/);
    assert.equal(code, 0, stderr);
    assert.equal(await versionIn('shop'), '1');
  });

  it('finds what is declared in a file, and takes a revision', async () => {
    const first = await cluster.git.git('acme/fleet.git', 'rev-parse', 'HEAD');
    await push('2');
    assert.equal((await sync('argocd/shop.yaml', '--yes')).code, 0);
    assert.equal(await versionIn('shop'), '2');
    assert.equal((await sync('application/SHOP', '--yes', '--revision', first)).code, 0);
    assert.equal(await versionIn('shop'), '1');
  });

  it('reconciles the Kustomization that deploys a folder, its source first', async () => {
    await converged(cluster.api, overlay, 'Ready', isReady);
    await push('3');
    const { stdout, stderr, code } = await sync('flux', '--yes', '--with-source');
    assert.match(stdout, /^done: Applied revision: main@sha1:/);
    assert.match(stderr, /Reconcile Kustomization fleet on staging\n(?:.*\n)*GitRepository\/fleet: /);
    assert.equal(code, 0, stderr);
    assert.equal(await versionIn('demo'), '3');
  });

  it('lists what a base may mean, each as the command that means it alone', async () => {
    const { stderr, code } = await sync('base/config.yaml', '--yes');
    assert.equal(
      stderr,
      `drydock: base/config.yaml may mean any of these:
  drydock sync application/shop -n ${argocdNamespace} --context staging
  drydock sync kustomization/fleet -n demo --context staging
`,
    );
    assert.equal(code, 2);
  });

  it('ends with 1 when a sync fails, and names what it failed at', async () => {
    await cluster.git.commit('acme/fleet.git', { 'base/config.yaml': configOf('4').replace('data:', 'data: {broken: 1}\nbinaryData:') });
    const { stdout, code } = await sync('overlays/dev', '--yes');
    assert.match(stdout, /^failed: /);
    assert.equal(code, 1);
    await push('5');
    assert.equal((await sync('overlays/dev', '--yes')).code, 0);
  });

  it('refuses what is suspended, and what the controller can not be told', async () => {
    await cluster.api.patch(overlay, { spec: { suspend: true } });
    const { stdout, stderr, code } = await sync('flux', '--yes');
    assert.equal(stdout, '');
    assert.match(stderr, /suspended/);
    assert.equal(code, 1);
    await cluster.api.patch(overlay, { spec: { suspend: null } });
    assert.match((await sync('flux', '--yes', '--prune')).stderr, /--prune is nothing that a Kustomization can be told/);
    assert.equal((await sync('flux', '--yes', '--prune')).code, 2);
  });

  it('changes nothing for a user who wants it read-only, or whose settings can not be read', async () => {
    await using careful = await installCommand(await userWith({ 'drydock.cluster.readOnly': true }));
    const refused = await careful.run(checkout, 'sync', 'overlays/dev', '--yes');
    assert.match(refused.stderr, /drydock\.cluster\.readOnly/);
    assert.deepEqual([refused.stdout, refused.code], ['', 1]);
    await using confused = await installCommand(await userWith({ 'drydock.cluster.readOnly': 'yes' }));
    const unread = await confused.run(checkout, 'sync', 'overlays/dev', '--yes');
    assert.match(unread.stderr, /nothing is changed, since settings can't be read:\n.*drydock\.cluster\.readOnly should be true or false/);
    assert.deepEqual([unread.stdout, unread.code], ['', 1]);
  });

  it('wants the name of what the user counts as production, whatever the checkout says', async () => {
    await using careful = await installCommand(await userWith({ 'drydock.cluster.productionContexts': ['stag*'] }));
    const refused = await careful.run(checkout, 'sync', 'overlays/dev', '--yes');
    assert.match(refused.stderr, /staging counts as production .* and --confirm staging was not given/);
    assert.deepEqual([refused.stdout, refused.code], ['', 1]);
    assert.equal((await careful.run(checkout, 'sync', 'overlays/dev', '--confirm', 'staging')).code, 0);
  });

  it('asks on a terminal', { skip: process.platform !== 'linux' && 'script(1) of other systems is started differently' }, async () => {
    await using careful = await installCommand(await userWith({ 'drydock.cluster.productionContexts': ['stag*'] }));
    const [no, wrong, right] = [
      await onTerminal(drydock, 'n', 'overlays/dev'),
      await onTerminal(careful, 'prod', 'overlays/dev'),
      await onTerminal(careful, 'staging', 'overlays/dev'),
    ];
    assert.match(no.stdout, /Go on\? \[y\/N\] [^]*nothing was done/);
    assert.match(wrong.stdout, /Type staging to go on: [^]*nothing was done/);
    assert.match(right.stdout, /Type staging to go on: [^]*done: successfully synced/);
    assert.deepEqual([no.code, wrong.code, right.code], [1, 1, 0]);
  });

  it('stops waiting in time', async () => {
    await cluster.api.patch(application, { operation: null });
    const { stderr, code } = await sync('overlays/dev', '--yes', '--timeout', '0.001');
    assert.match(stderr, /not done after 0\.001 s \(--timeout\)/);
    assert.equal(code, 1);
  });

  /** Runs the command in a pseudo-terminal and types a line when it asks. */
  async function onTerminal({ program, env }: Command, line: string, ...args: readonly string[]): Promise<Run> {
    const words = [process.execPath, program, 'sync', ...args].join(' ');
    const child = spawn('script', ['--quiet', '--return', '--command', words, '/dev/null'], { cwd: checkout, env, stdio: 'pipe' });
    child.stdout.on('data', (chunk: Buffer) => {
      if (/\[y\/N\] |to go on: /.test(chunk.toString())) child.stdin.write(`${line}\n`);
    });
    const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, stdout, stderr };
  }
});
