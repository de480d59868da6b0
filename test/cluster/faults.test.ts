// What goes wrong between the tree of clusters and a real API server: certificates, rights, kinds and objects that come and go.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { act } from '../../server/src/cluster/actions/act.ts';
import type { Cluster as Live } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import { inventoryOf } from '../../server/src/cluster/tree/inventory.ts';
import type { ObjectName } from '../../server/src/cluster/tree/row.ts';
import { rowsBelow } from '../../server/src/cluster/tree/rows.ts';
import { eventually } from '../e2e/eventually.ts';
import { silentServer } from '../servers/silent-server.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { patient } from './converge.ts';
import { applyDefinition, applyDefinitions, argocdDefinitions } from './definitions.ts';

exitOnSignals();

interface Kubeconfig {
  readonly clusters: { name: string; cluster: Record<string, unknown> }[];
  readonly users: { name: string; user: { token: string } }[];
  readonly contexts: { name: string; context: { cluster: string; user: string } }[];
}

const signal = new AbortController().signal;
const namespace = 'argocd';
const shop: ObjectName = { group: 'argoproj.io', kind: 'Application', namespace, name: 'shop' };
const shopYaml = `
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: ${namespace}}
spec:
  project: default
  source: {repoURL: https://example.com/fleet.git, path: shop}
  destination: {server: https://kubernetes.default.svc}
`;
const definitions = ['applications', 'applicationsets', 'appprojects'].map((plural) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: `${plural}.argoproj.io`,
  namespace: '',
}));
const alerts = (version: string, kind: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.notification.toolkit.fluxcd.io}
spec:
  group: notification.toolkit.fluxcd.io
  scope: Namespaced
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s, singular: ${kind.toLowerCase()}, listKind: ${kind}List}
  versions: [{name: ${version}, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;

describe('faults of clusters', () => {
  let scope: AsyncDisposableStack;
  let east: Cluster;
  const failures: unknown[] = [];
  const kubeconfig = async (): Promise<Kubeconfig> => JSON.parse(await readFile(east.kubeconfig, 'utf8')) as Kubeconfig;

  before(async () => {
    await using starting = new AsyncDisposableStack();
    east = starting.use(await startCluster('east'));
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  /** The clusters of a kubeconfig, watched until the stack goes out of scope, by the names of their contexts. */
  async function watched(running: DisposableStack, config: Kubeconfig | string, timeout = 10_000): Promise<Readonly<Record<string, Live>>> {
    const file = typeof config === 'string' ? config : path.join(east.folder, `${crypto.randomUUID()}.json`);
    if (typeof config !== 'string') await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    const clusters = running.adopt(
      new Clusters(
        { kubeconfig: () => [file], hidden: () => [], timeout: () => timeout },
        { changed: () => undefined, failed: (_, error) => failures.push(error) },
      ),
      (each) => each.dispose(),
    );
    const all = (await clusters.contexts()).contexts.map((context) => clusters.of(context));
    for (const each of all) each.start();
    return Object.fromEntries(all.map((each) => [each.context.name, each]));
  }
  /** Writes a kubeconfig whose users have this token. */
  const writeToken = async (file: string, token: string): Promise<void> => {
    const known = await kubeconfig();
    await writeFile(file, JSON.stringify({ ...known, users: known.users.map(({ name }) => ({ name, user: { token } })) }));
  };
  const lines = (live: Live | undefined): string[] => {
    assert.ok(live);
    const view = { cluster: live, inventory: inventoryOf(live), filter: undefined };
    return rowsBelow(view, { row: 'context', context: live.context.name }).map(({ label, description }) => `${label} | ${description}`);
  };
  const shows = (live: Live | undefined, expected: RegExp): Promise<string> =>
    eventually(`rows like ${String(expected)}`, () => lines(live).find((line) => expected.test(line)), { patience: 60_000, interval: 50 });
  const hasKind = (live: Live | undefined, kind: string): boolean => live?.kinds.some((each) => each.kind === kind) ?? false;
  const become = (what: string, holds: () => boolean): Promise<true> => eventually(what, () => holds() || undefined, patient);

  it('refuses a certificate that nobody vouches for, says what helps, and believes the kubeconfig', async () => {
    using running = new DisposableStack();
    const known = await kubeconfig();
    const cluster = known.clusters[0]?.cluster ?? {};
    const { 'certificate-authority-data': authority, ...unknown } = cluster;
    const variant = (name: string, more: object): Kubeconfig['clusters'][number] => ({ name, cluster: { ...unknown, ...more } });
    const variants = [
      variant('unknown', {}),
      variant('named', { 'certificate-authority-data': authority }),
      variant('unchecked', { 'insecure-skip-tls-verify': true }),
    ];
    const user = known.users[0]?.name ?? '';
    const contexts = variants.map(({ name }) => ({ name, context: { cluster: name, user } }));
    const live = await watched(running, { ...known, clusters: variants, contexts });
    assert.match(await shows(live['unknown'], /not trusted/), /certificate-authority-data.*insecure-skip-tls-verify/);
    for (const name of ['named', 'unchecked']) await become(`${name} to be connected`, () => live[name]?.state.kind === 'connected');
    assert.equal(live['unknown']?.state.kind, 'failing');
  });

  it('shows a tool that is installed meanwhile, and forgets it when it is removed', async () => {
    using running = new DisposableStack();
    const { east: live } = await watched(running, east.kubeconfig);
    await shows(live, /Neither Argo CD nor Flux is installed here/);
    await applyDefinitions(east.api, await argocdDefinitions());
    await east.api.apply(shopYaml);
    await shows(live, /^Argo CD \| 1$/);
    await Promise.all(definitions.map((definition) => east.api.remove(definition)));
    await shows(live, /Neither Argo CD nor Flux is installed here/);
    await applyDefinitions(east.api, await argocdDefinitions());
    await east.api.apply(shopYaml);
    await shows(live, /^Argo CD \| 1$/);
  });

  it('looks again for who may not see definitions, when it is told to', async () => {
    using running = new DisposableStack();
    await east.api.apply(readerRole);
    const { east: live } = await watched(running, east.readerKubeconfig);
    await shows(live, /^Argo CD \| 1$/);
    assert.ok(!hasKind(live, 'Receiver'));
    await applyDefinition(east.api, alerts('v1', 'Receiver'));
    live?.restart();
    await become('Receivers to be known', () => hasKind(live, 'Receiver'));
  });

  it('finds a kind that the preferred version of its group does not have', async () => {
    using running = new DisposableStack();
    const { east: live } = await watched(running, east.kubeconfig);
    await applyDefinition(east.api, alerts('v1beta3', 'Alert'));
    await become('Alerts to be known', () => hasKind(live, 'Alert') && hasKind(live, 'Receiver'));
  });

  it('shows two of three clusters while the third hangs, and then says so of it', async () => {
    using running = new DisposableStack();
    await using silent = await silentServer();
    const known = await kubeconfig();
    const user = known.users[0]?.name ?? '';
    const clusters = [
      ...known.clusters,
      ...known.clusters.map(({ cluster }) => ({ name: 'west', cluster })),
      { name: 'silent', cluster: { server: silent.url } },
    ];
    const contexts = clusters.map(({ name }) => ({ name, context: { cluster: name, user } }));
    const live = await watched(running, { ...known, clusters, contexts }, 5_000);
    await shows(live['east'], /^Argo CD \| 1$/);
    await shows(live['west'], /^Argo CD \| 1$/);
    assert.match(await shows(live['silent'], /did not answer within/), /5 s \(drydock\.cluster\.timeout\)/);
    assert.equal(live['east']?.state.kind, 'connected');
  });

  it('says that credentials have ended, and goes on with new ones', async () => {
    using running = new DisposableStack();
    const file = path.join(east.folder, 'ended.json');
    await writeToken(file, 'ended');
    const { east: live } = await watched(running, file);
    await shows(live, /does not accept the credentials \(401\): sign in again/);
    await writeToken(file, east.admin.token);
    await shows(live, /^Argo CD \| 1$/);
    await become('it to be connected', () => live?.state.kind === 'connected');
  });

  it('shows what it knows until it is asked again, and nothing of it to credentials that have ended', async () => {
    using running = new DisposableStack();
    const file = path.join(east.folder, 'renewed.json');
    await writeToken(file, east.admin.token);
    const { east: live } = await watched(running, file);
    assert.ok(live);
    await shows(live, /^Argo CD \| 1$/);
    live.restart();
    assert.ok(lines(live).includes('Argo CD | 1'), lines(live).join('\n'));
    await become('it to be connected', () => live.state.kind === 'connected');
    assert.ok(lines(live).includes('Argo CD | 1'), lines(live).join('\n'));
    await writeToken(file, 'ended');
    live.restart();
    assert.match(await shows(live, /credentials \(401\)/), /sign in again/);
    assert.equal(inventoryOf(live).objects.size, 0);
  });

  it('ends an action when its object is deleted', async () => {
    using running = new DisposableStack();
    const { east: live } = await watched(running, east.kubeconfig);
    assert.ok(live);
    const name = { apiVersion: 'argoproj.io/v1alpha1', kind: shop.kind, name: shop.name, namespace };
    for (const [action, begun] of [
      [{ kind: 'refresh', refresh: 'normal' }, ({ metadata }) => metadata.annotations !== undefined],
      [{ kind: 'sync', revision: '', prune: false, dryRun: false, force: false, applyOnly: false, only: [] }, ({ operation }) => operation],
    ] as const satisfies readonly (readonly [
      Parameters<typeof act>[2],
      (object: Awaited<ReturnType<typeof east.api.get>> & object) => unknown,
    ])[]) {
      await east.api.apply(shopYaml);
      const acting = act(live, shop, action, [], () => undefined, signal);
      const ending = assert.rejects(acting, /shop was deleted while it was (refreshed|synced)/);
      await eventually(
        'the action to begin',
        async () => {
          const object = await east.api.get(name);
          return object && begun(object) ? true : undefined;
        },
        patient,
      );
      await east.api.remove(name);
      await ending;
    }
  });

  it('fails at nothing unheard', () => assert.deepEqual(failures, []));
});

const readerRole = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: gitops-reader}
rules: [{apiGroups: [argoproj.io, notification.toolkit.fluxcd.io], resources: ["*"], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: gitops-reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gitops-reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: reader}]
`;
