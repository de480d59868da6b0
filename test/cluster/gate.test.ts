// What stands before an action, and why something is not synced: asked of a real Argo CD and of git.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import type { ClusterAction, Gate } from '../../protocol/src/clusters.ts';
import { type Settings, defaultSettings } from '../../protocol/src/options.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import { ActionRefused } from '../../server/src/cluster/actions/action.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { eventsOf } from '../../server/src/cluster/events.ts';
import { evidenceOf } from '../../server/src/cluster/explain/evidence.ts';
import { explanationsFor } from '../../server/src/cluster/explain/explain.ts';
import { followControllerLogs, followLogs } from '../../server/src/cluster/logs.ts';
import { type Tracked, idOf, inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import type { ObjectName } from '../../server/src/cluster/tree/row.ts';
import { deployersOfFile } from '../../server/src/session/deployers-of-file.ts';
import { actionGate } from '../../server/src/session/gate/action-gate.ts';
import type { Session } from '../../server/src/session/session.ts';
import { eventually } from '../e2e/eventually.ts';
import { sessionOn } from '../fixture/session.ts';
import { type Argocd, argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, patient } from './converge.ts';
import { liveClusters } from './live-clusters.ts';
import { missingImage, startNodeStandIn } from './node-stand-in.ts';

exitOnSignals();

const run = promisify(execFile);
const fleet = 'acme/fleet.git';
const signal = new AbortController().signal;
const sync = { kind: 'sync', revision: '', prune: false, dryRun: false, force: false, applyOnly: false, only: [] } satisfies ClusterAction;

const named = (name: string): ObjectName => ({ group: 'argoproj.io', kind: 'Application', namespace: argocdNamespace, name });
const inApi = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const project = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', name: 'default', namespace: argocdNamespace };

const manifest = (url: string, name: string, options: { readonly project?: string; readonly policy?: string } = {}): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: ${argocdNamespace}}
spec:
  project: ${options.project ?? 'default'}
  source: {repoURL: "${url}", targetRevision: main, path: apps/${name}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name === 'root' ? argocdNamespace : name}}
  syncPolicy: {syncOptions: [CreateNamespace=true]${options.policy ?? ''}}
`;
const team = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team, namespace: ${argocdNamespace}}
spec: {sourceRepos: ['*'], destinations: [{namespace: 'team-*', server: '*'}]}
`;
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "example.com/${missingImage}:1"}]}
`;
const reader = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reads-applications}
rules: [{apiGroups: [argoproj.io], resources: ['*'], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reads-applications}
subjects: [{kind: User, name: reader, apiGroup: rbac.authorization.k8s.io}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reads-applications}
`;

describe('the gate', () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  let argocd: Argocd;
  let live: Live;
  let session: Session;
  let clone: string;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    east = starting.use(await startCluster('prod-east'));
    starting.use(startNodeStandIn(east));
    argocd = starting.use(await startArgocd(east));
    const url = `${east.git.url}/${fleet}`;
    await east.git.commit(fleet, {
      'apps/shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {value: "1"}\n',
      'apps/broken/web.yaml': deployment,
      'apps/root/child.yaml': manifest(url, 'child'),
      'apps/child/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: child}\n',
    });
    await east.api.apply(
      [manifest(url, 'shop'), manifest(url, 'broken'), team, manifest(url, 'forbidden', { project: 'team' })].join('---') +
        `---${manifest(url, 'root', { policy: ', automated: {selfHeal: true}' })}---${reader}`,
    );
    clone = path.join(starting.use(temporaryFolder('gate')).path, 'fleet');
    await run('git', ['clone', '--quiet', url, clone]);
    session = starting.use(await sessionOn(clone)).session;
    live = await starting.use(liveClusters(east.kubeconfig)).of('prod-east');
    live.start();
    await converged(east.api, inApi('shop'), 'OutOfSync', ({ status }) => (status as Status | undefined)?.sync?.status === 'OutOfSync');
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const trackedIn = (cluster: Live, name: string): Promise<Tracked> =>
    eventually(`${name} to be watched`, () => inventoryOf(cluster).objects.get(idOf(named(name))), patient);
  const gateIn = async (cluster: Live, name: string, action: ClusterAction, settings: Partial<Settings['cluster']> = {}): Promise<Gate> => {
    const tracked = await trackedIn(cluster, name);
    const target = { cluster, inventory: inventoryOf(cluster), tracked, others: [cluster] };
    return actionGate(
      session,
      { ...defaultSettings, cluster: { ...defaultSettings.cluster, productionContexts: [], ...settings } },
      target,
      action,
      signal,
    );
  };
  const gate = (name: string, action: ClusterAction, settings: Partial<Settings['cluster']> = {}) => gateIn(live, name, action, settings);
  const git = (...words: string[]) => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: clone });

  it('opens when nothing stands in the way, and tells what Argo CD has found to change', async () => {
    await eventually('the comparison', async () => (await gate('shop', sync)).changes[0]?.includes('1 of 1') || undefined, patient);
    const { title, refusals, warnings, changes, typed } = await gate('shop', sync);
    assert.equal(title, 'Sync Application shop on prod-east');
    assert.deepEqual([refusals, warnings, typed], [[], [], '']);
    assert.deepEqual(changes, ['Argo CD has found 1 of 1 resources to change: ConfigMap shop/a.']);
  });

  it('says what of the folder is not where the Application looks, and how it gets there', async () => {
    await writeFile(path.join(clone, 'apps/shop/config.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
    assert.deepEqual((await gate('shop', sync)).warnings, [
      'What is deployed is not what is open here: not committed are 1 file in apps/shop (apps/shop/config.yaml). Commit and push to main to deploy it.',
    ]);
    await git('commit', '--quiet', '--all', '--message=second');
    const [warning] = (await gate('shop', sync)).warnings;
    assert.match(
      warning ?? '',
      /^1 commit of main is not on origin\/main, which the Application tracks \([0-9a-f]+ second\): push to deploy them\.$/,
    );
    await git('reset', '--quiet', '--hard', 'origin/main');
  });

  it("decides the project's sync windows as Argo CD's API server does", async () => {
    const token = await argocd.logIn();
    const askArgo = async (): Promise<boolean> => {
      const response = await fetch(`${argocd.url}/api/v1/applications/shop/sync`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ dryRun: true }),
      });
      const text = await response.text();
      if (!response.ok) assert.match(text, /sync window/);
      await converged(east.api, inApi('shop'), 'idle', ({ operation }) => operation === undefined);
      return response.ok;
    };
    const always = { schedule: '* * * * *', duration: '1h', applications: ['*'] };
    // The hour that is the farthest from now, in a time zone that is not UTC.
    const farHour = (new Date().getUTCHours() + 12 + 9) % 24;
    const far = { schedule: `0 ${farHour} * * *`, duration: '1h', timeZone: 'Asia/Tokyo', applications: ['shop'] };
    const cases = [
      [[{ kind: 'deny', ...always }], false],
      [[{ kind: 'deny', ...always, manualSync: true }], true],
      [[{ kind: 'deny', ...always, applications: ['other'] }], true],
      [[{ kind: 'deny', ...always, applications: ['other'], namespaces: ['sh?p'] }], false],
      [[{ kind: 'deny', ...always, namespaces: ['other'], andOperator: true }], true],
      [[{ kind: 'allow', ...always }], true],
      [[{ kind: 'allow', ...far }], false],
      [
        [
          { kind: 'allow', ...far },
          { kind: 'allow', ...always },
        ],
        true,
      ],
      [[{ kind: 'deny', ...far }], true],
    ] as const;
    for (const [syncWindows, open] of cases) {
      await east.api.patch(project, { spec: { syncWindows } });
      const theirs = await eventually(
        `Argo CD to see ${JSON.stringify(syncWindows)}`,
        async () => ((await askArgo()) === open ? { open } : undefined),
        patient,
      );
      const { refusals } = await eventually(
        'the project to be seen',
        async () => {
          const seen = inventoryOf(live).objects.get(idOf({ ...named('default'), kind: 'AppProject' }))?.object.spec as {
            readonly syncWindows?: unknown;
          };
          return JSON.stringify(seen.syncWindows) === JSON.stringify(await windowsInApi()) ? gate('shop', sync) : undefined;
        },
        patient,
      );
      assert.equal(refusals.length === 0, theirs.open, `${JSON.stringify(syncWindows)}: ${refusals.join()}`);
      if (!open) assert.match(refusals.join(), /The project default lets nobody sync shop now\. Its sync windows: (deny|allow) from '/);
    }
    await east.api.patch(project, { spec: { syncWindows: null } });
  });

  const windowsInApi = async (): Promise<unknown> =>
    ((await east.api.get(project))?.['spec'] as { readonly syncWindows?: unknown } | undefined)?.syncWindows;

  it('refuses what the project forbids, in the words of Argo CD', async () => {
    const { refusals } = await eventually(
      'Argo CD to judge',
      async () => {
        const found = await gate('forbidden', sync);
        return found.refusals.length > 0 ? found : undefined;
      },
      patient,
    );
    assert.match(refusals.join(), /Argo CD refuses to sync it: .*do not match any of the allowed destinations in project 'team'/);
  });

  it('says that a parent will undo what is changed by hand', async () => {
    const { warnings } = await eventually(
      'the child to have a parent',
      async () => {
        const found = await gate('child', { kind: 'suspend' });
        return found.warnings.length > 0 ? found : undefined;
      },
      patient,
    );
    assert.match(warnings.join(), /Application root has put this Application into the cluster and will undo this when it looks next/);
  });

  it('wants the name of a production context typed, but not for what changes nothing, and nothing at all when all is read-only', async () => {
    const production = { productionContexts: ['prod-*'] };
    assert.equal((await gate('shop', sync, production)).typed, 'prod-east');
    assert.equal((await gate('shop', { ...sync, dryRun: true }, production)).typed, '');
    assert.match((await gate('shop', sync, { readOnly: true })).refusals.join(), /drydock\.cluster\.readOnly is set/);
  });

  it('refuses what the user has no right to, and says which right', async () => {
    using readers = liveClusters(east.readerKubeconfig);
    const limited = await readers.of('prod-east');
    limited.start();
    const { refusals } = await gateIn(limited, 'shop', sync);
    assert.match(
      refusals.join(),
      /You may not patch applications\.argoproj\.io in the namespace 'argocd' as the user of the context 'prod-east'/,
    );
  });

  it('finds what deploys a file', async () => {
    const known = () => [{ cluster: live, inventory: inventoryOf(live) }];
    const labels = async (file: string) =>
      (await deployersOfFile(session.view, path.posix.join(clone, file), known, signal)).deployers.map(({ label }) => label);
    assert.deepEqual(await labels('apps/shop/config.yaml'), [`Application ${argocdNamespace}/shop`]);
    // The child's manifest is deployed by root, and declares the child.
    assert.deepEqual((await labels('apps/root/child.yaml')).toSorted(), [
      `Application ${argocdNamespace}/child`,
      `Application ${argocdNamespace}/root`,
    ]);
    assert.deepEqual(await labels('elsewhere.yaml'), []);
  });

  it('explains an image that can not be pulled from what the pods say, and lists events', async () => {
    const result = await act(live, named('broken'), sync, [], () => undefined, signal);
    assert.ok(result.succeeded, result.message);
    const titles = await eventually(
      'the pod to be explained',
      async () => {
        const evidence = await evidenceOf(live, inventoryOf(live), await trackedIn(live, 'broken'), signal);
        const found = explanationsFor(evidence).explained.map(({ words }) => words.title);
        return found.includes('An image can not be pulled') ? found : undefined;
      },
      patient,
    );
    assert.ok(titles.length > 0);
    await eventually(
      'the event of the operation',
      async () => {
        const events = await eventsOf(live, named('broken'), signal);
        return events.some(({ reason, from }) => reason.startsWith('Operation') && from.includes('argocd')) || undefined;
      },
      patient,
    );
  });

  it('explains what the project forbids', async () => {
    const evidence = await evidenceOf(live, inventoryOf(live), await trackedIn(live, 'forbidden'), signal);
    assert.ok(explanationsFor(evidence).explained.some(({ words }) => words.title === 'The project does not allow it'));
  });

  it('says why there is no log', async () => {
    const lines: string[] = [];
    const web = { group: 'apps', kind: 'Deployment', namespace: 'broken', name: 'web' };
    await followLogs(live, web, (line) => lines.push(line), signal);
    assert.match(lines.join('\n'), /^web-[^:]*\/web: there is no log; the pod is /);
    await assert.rejects(
      followLogs(live, { ...web, kind: 'ConfigMap' }, () => undefined, signal),
      ActionRefused,
    );
    await assert.rejects(
      followControllerLogs(live, named('shop'), () => undefined, signal),
      /argocd-application-controller.*installed elsewhere/,
    );
  });
});

interface Status {
  readonly sync?: { readonly status: string };
}
