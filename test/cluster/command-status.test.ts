// `drydock status`, as users start it, on real API servers.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Command, type Run, installCommand } from '../../cli/src/cli-in-test.ts';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { silentServer } from '../servers/silent-server.ts';
import { writeUserSettings } from './user-settings.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { declareFleet, declaredApplication } from './declared.ts';

exitOnSignals();

const commit = '0123456789abcdef0123456789abcdef01234567';
const web = declaredApplication('web');
const apps = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace: 'default', name: 'apps' };
const webStatus = (sync: string) => ({
  status: {
    sync: { status: sync, revision: commit, comparedTo: { source: { repoURL: 'https://example.com/fleet.git' }, destination: {} } },
    health: { status: 'Healthy' },
    resources: [{ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'web', name: 'front', status: sync }],
  },
});
const appsStatus = (ready: 'True' | 'False', message: string) => ({
  status: {
    observedGeneration: 1,
    lastAppliedRevision: `main@sha1:${commit}`,
    conditions: [
      {
        type: 'Ready',
        status: ready,
        reason: ready === 'True' ? 'ReconciliationSucceeded' : 'BuildFailed',
        message,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  },
});

describe('drydock status', () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  let bare: Cluster;
  let command: Command;
  let both: string;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    [east, bare] = await Promise.all([startCluster('east'), startCluster('bare')]);
    starting.use(east);
    starting.use(bare);
    await declareFleet(east);
    await east.api.patch(web, webStatus('Synced'));
    await east.api.patchStatus(apps, appsStatus('True', 'Applied revision'));
    command = starting.use(await installCommand({ ...(await writeUserSettings(east.folder, {})), KUBECONFIG: east.kubeconfig }));
    both = [east.kubeconfig, bare.kubeconfig].join(path.delimiter);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const status = (...args: readonly string[]): Promise<Run> => command.run(east.folder, 'status', ...args);
  const rows = ({ stdout }: Run): string[] => stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '));

  it('prints what Argo CD and Flux deliver, in the order in which it depends on each other', async () => {
    const run = await status();
    assert.deepEqual(rows(run), [
      'KIND | NAMESPACE | NAME | STATE | REVISION | MESSAGE',
      'Application | argocd | web | Synced · Healthy | 0123456',
      'Kustomization | default | infra | Suspended',
      'Kustomization | default | apps | Ready | main at 0123456 | Applied revision',
      '',
    ]);
    assert.deepEqual([run.stderr, run.code], ['', 0]);
  });

  it('ends with 1 when something needs attention, and shows its words in one harmless line', async () => {
    await east.api.patch(web, webStatus('OutOfSync'));
    await east.api.patchStatus(apps, appsStatus('False', 'kustomize build failed:\n\u001B[2Jno such file'));
    const run = await status('is:degraded');
    assert.deepEqual(rows(run).slice(1), [
      'Kustomization | default | apps | BuildFailed | main at 0123456 | kustomize build failed: [2Jno such file',
      '',
    ]);
    assert.equal(run.code, 1);
    assert.equal((await status()).code, 1);
  });

  it('takes the words of the tree’s filter, also for what an Application manages', async () => {
    assert.deepEqual(rows(await status('deployment/front')).slice(1), ['Application | argocd | web | OutOfSync · Healthy | 0123456', '']);
    assert.deepEqual(rows(await status('ns:default', 'is:suspended')).slice(1), ['Kustomization | default | infra | Suspended', '']);
    const none = await status('is:missing');
    assert.deepEqual([none.stdout, none.code], ['', 0]);
  });

  it('prints for programs what it knows, unshortened', async () => {
    const told = JSON.parse((await status('--format', 'json', 'kustomization/apps')).stdout) as unknown;
    assert.deepEqual(told, [
      {
        context: 'east',
        group: 'kustomize.toolkit.fluxcd.io',
        kind: 'Kustomization',
        namespace: 'default',
        name: 'apps',
        health: 'degraded',
        suspended: false,
        needsAttention: true,
        state: 'BuildFailed',
        revision: `main@sha1:${commit}`,
        since: '2026-01-01T00:00:00Z',
        message: 'kustomize build failed:\n\u001B[2Jno such file',
        resources: [],
      },
    ]);
  });

  it('asks several clusters, and says which of them has neither tool', async () => {
    const run = await command.run(east.folder, 'status', '--kubeconfig', east.kubeconfig, '--context', 'east', '--context', 'east');
    assert.match(run.stdout, /^KIND/);
    const { stdout, stderr, code } = await (await withBoth()).run(east.folder, 'status', '--all-contexts', 'application');
    assert.match(stdout, /^CONTEXT +KIND.*\neast +Application +argocd +web /);
    assert.match(stderr, /^drydock: bare: Neither Argo CD nor Flux is installed here/);
    assert.equal(code, 1);
  });

  it('tells of a cluster that hangs, and of the others what they say', async () => {
    await using silent = await silentServer();
    const file = path.join(east.folder, 'silent.yaml');
    await writeFile(file, kubeconfigOf(silent.url));
    await using impatient = await installCommand({
      ...(await writeUserSettings(east.folder, { 'drydock.cluster.timeout': 1000 })),
      KUBECONFIG: [file, both].join(path.delimiter),
    });
    const { stdout, stderr, code } = await impatient.run(east.folder, 'status', '--all-contexts', 'web');
    assert.match(stdout, /\neast +Application +argocd +web /);
    assert.match(stderr, /drydock: silent: http:\/\/127\.0\.0\.1:\d+ did not answer within 1 s \(drydock\.cluster\.timeout\)/);
    assert.equal(code, 1);
  });

  it('tells what a user may not list, in the words of the server', async () => {
    const { stdout, stderr, code } = await status('--kubeconfig', east.readerKubeconfig);
    assert.equal(stdout, '');
    assert.match(stderr, /drydock: east: applications\.argoproj\.io is forbidden: User "reader" cannot list resource "applications"/);
    assert.match(stderr, /cannot list resource "kustomizations"/);
    assert.equal(code, 1);
  });

  it('says which contexts there are when one is not among them, and leaves out those that the user has hidden', async () => {
    const unknown = await status('--context', 'west');
    assert.deepEqual([unknown.stdout, unknown.stderr, unknown.code], ['', 'drydock: there is no context "west": there are east\n', 1]);
    await using hiding = await installCommand({
      ...(await writeUserSettings(east.folder, { drydock: { cluster: { hiddenContexts: ['ea*'] } } })),
      KUBECONFIG: both,
    });
    const hidden = await hiding.run(east.folder, 'status', '--context', 'east');
    assert.equal(hidden.stderr, 'drydock: there is no context "east": there are bare\n');
  });

  it('names what is wrong with the command line', async () => {
    assert.equal((await status('--format', 'yaml')).code, 2);
    assert.equal((await status('--all-contexts', '--context', 'east')).code, 2);
  });

  it('tells of an API server that is away', async () => {
    await bare.stopApiServer();
    const { stderr, code } = await status('--kubeconfig', bare.kubeconfig);
    assert.match(stderr, /drydock: bare: https:\/\/127\.0\.0\.1:\d+ can't be reached \(.*ECONNREFUSED.*\): is the cluster running\?/);
    assert.equal(code, 1);
  });

  async function withBoth(): Promise<Command> {
    return scope.use(await installCommand({ ...(await writeUserSettings(east.folder, {})), KUBECONFIG: both }));
  }
});

const kubeconfigOf = (server: string): string => `
apiVersion: v1
kind: Config
clusters: [{ name: silent, cluster: { server: '${server}' } }]
users: [{ name: silent, user: { token: t } }]
contexts: [{ name: silent, context: { cluster: silent, user: silent } }]
`;
