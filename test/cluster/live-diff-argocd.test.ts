// What a push would change, as the API server says it: Argo CD's Applications against the files of a clone.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { argocdNamespace, startArgocd } from './argocd.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged } from './converge.ts';
import { type OpenFleet, openFleet } from './open-fleet.ts';
import { withLastSynced } from '../../server/src/session/live-compared.ts';

exitOnSignals();

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {going: soon}}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", env: [{name: A, value: a}, {name: B, value: b}], ports: [{containerPort: 80}]}]}
`;
const config = (name: string, options = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, annotations: {argocd.argoproj.io/${options.startsWith('Ignore') ? 'compare' : 'sync'}-options: "${options}"}}\ndata: {a: "1", b: "2"}\n`;
const kustomization = (resources: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources}]\n`;
const repository = {
  'web/kustomization.yaml': kustomization('deployment.yaml, kept.yaml, going.yaml, other.yaml, hook.yaml, secret.yaml'),
  'web/deployment.yaml': deployment,
  'web/kept.yaml': config('kept', 'Prune=false'),
  'web/going.yaml': config('going'),
  'web/other.yaml': config('other', 'IgnoreExtraneous'),
  'web/hook.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hook, annotations: {argocd.argoproj.io/hook: PreSync}}\n',
  'web/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'chart/values.yaml': 'message: hello\n',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-chart"}\ndata: {message: "{{ .Values.message }}", version: "{{ .Capabilities.KubeVersion.Version }}", apps: "{{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }}"}\n',
  'values/more.yaml': 'message: from another source\n',
} as const;

const applications = (url: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: web}
  destination: {server: https://kubernetes.default.svc, namespace: web}
  syncPolicy: {automated: {prune: false}, syncOptions: [CreateNamespace=true]}
  ignoreDifferences:
    - {group: apps, kind: Deployment, jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "web") | .resources']}
    - {group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}
    - {kind: ConfigMap, name: kept, managedFieldsManagers: [an-operator]}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: both, namespace: ${argocdNamespace}}
spec:
  project: default
  sources:
    - {repoURL: "${url}", targetRevision: main, path: chart, helm: {valueFiles: [$more/values/more.yaml]}}
    - {repoURL: "${url}", targetRevision: main, ref: more}
  destination: {server: https://kubernetes.default.svc, namespace: web}
  syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: elsewhere, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: web}
  destination: {server: https://elsewhere.example.com, namespace: web}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: unsynced, namespace: ${argocdNamespace}}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: chart}
  destination: {server: https://kubernetes.default.svc, namespace: nowhere}
`;

const application = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, namespace: argocdNamespace });
const idOf = (name: string): string => `argoproj.io/Application/${argocdNamespace}/${name}`;

describe('the difference between files and a cluster with Argo CD', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let fleet: OpenFleet;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('argocd'));
    starting.use(await startArgocd(cluster));
    await cluster.git.commit('acme/fleet.git', repository);
    await cluster.api.apply(applications(`${cluster.git.url}/acme/fleet.git`));
    fleet = starting.use(await openFleet(cluster, 'acme/fleet.git'));
    for (const name of ['web', 'both'])
      await converged(cluster.api, application(name), 'Synced', ({ status }) => {
        const { sync, operationState } = (status ?? {}) as {
          readonly sync?: { readonly status?: string };
          readonly operationState?: { readonly phase?: string };
        };
        return sync?.status === 'Synced' && operationState?.phase === 'Succeeded';
      });
    scope = starting.move();
  });
  after(() => scope.disposeAsync());
  afterEach(() => {
    for (const file of ['web/deployment', 'web/new', 'web/kustomization', 'values/more']) fleet.edit(`${file}.yaml`, undefined);
  });

  it('is nothing right after a sync: no default, no mark of Argo CD, no hook', async () => {
    for (const name of ['web', 'both']) {
      const { lines, differences } = await fleet.compare(idOf(name));
      assert.deepEqual(lines, [], differences.map(({ live, rendered }) => `${live}\n===\n${rendered}`).join('\n'));
    }
    assert.match((await fleet.compare(idOf('web'))).notes.join('\n'), /^A hook is not compared/m);
  });

  it('is exactly what is typed, also what is taken out of what was applied by the client', async () => {
    const typed = deployment.replace(', annotations: {going: soon}', '').replace('{name: A, value: a}, ', '').replace('web:1', 'web:2');
    fleet.edit('web/deployment.yaml', typed);
    fleet.edit('web/new.yaml', config('new'));
    fleet.edit('web/kustomization.yaml', kustomization('deployment.yaml, new.yaml, secret.yaml'));
    const { lines, differences } = await fleet.compare(idOf('web'));
    assert.deepEqual(lines, [
      'change Deployment web/web',
      'create ConfigMap web/new',
      'kept ConfigMap web/kept',
      'prune ConfigMap web/going',
      'prune ConfigMap web/other',
    ]);
    const change = differences.find((each) => each.change === 'change');
    const rendered = (change?.rendered ?? '').split('\n');
    const gone = (change?.live ?? '').split('\n').filter((line) => !rendered.includes(line));
    assert.deepEqual(
      gone.map((line) => line.trim()).sort(),
      ['- name: A', 'going: soon', 'image: web:1', 'value: a'].sort(),
      change?.rendered,
    );
    const reasonOf = (label: string): string => differences.find((each) => each.label === label)?.reason ?? '';
    assert.equal(reasonOf('ConfigMap web/going'), 'Only a sync with pruning removes it.');
    assert.match(reasonOf('ConfigMap web/other'), /^With the compare option IgnoreExtraneous it leaves the Application Synced\./);
  });

  it('follows values of another source that are being typed', async () => {
    fleet.edit('values/more.yaml', 'message: typed\n');
    const { lines, differences } = await fleet.compare(idOf('both'));
    assert.deepEqual(lines, ['change ConfigMap web/both-chart']);
    assert.match(differences[0]?.rendered ?? '', /message: typed/);
  });

  it('leaves out what the Application and what all of Argo CD ignores, and shows the rest', async () => {
    const patch = (kind: string, name: string, content: unknown) =>
      cluster.api.patch({ apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, name, namespace: 'web' }, content);
    const containers = [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '1' } } }];
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', value: 'b' },
    ];
    await patch('Deployment', 'web', {
      spec: { replicas: 3, template: { spec: { containers: containers.map((each) => ({ ...each, env })) } } },
    });
    assert.deepEqual((await fleet.compare(idOf('web'))).lines, []);
    await patch('ConfigMap', 'going', { data: { a: 'changed', b: 'changed' } });
    assert.deepEqual((await fleet.compare(idOf('web'))).lines, ['change ConfigMap web/going']);
    const key = 'resource.customizations.ignoreDifferences.ConfigMap';
    const argocd = { apiVersion: 'v1', kind: 'ConfigMap', name: 'argocd-cm', namespace: argocdNamespace };
    await cluster.api.patch(argocd, { data: { [key]: 'jsonPointers: [/data/a]\njqPathExpressions: [.data.b]\n' } });
    assert.deepEqual((await fleet.compare(idOf('web'))).lines, []);
    await cluster.api.patch(argocd, { data: { [key]: null } });
    await patch('ConfigMap', 'going', { data: { a: '1', b: '2' } });
  });

  it('leaves out what managers own that the Application names', async () => {
    const write = (manager: string, data: object) =>
      cluster.api.request('PATCH', `/api/v1/namespaces/web/configmaps/kept?fieldManager=${manager}`, {
        type: 'application/merge-patch+json',
        content: { data },
      });
    await write('an-operator', { a: 'operated', c: 'added' });
    assert.deepEqual((await fleet.compare(idOf('web'))).lines, []);
    await write('somebody', { b: 'changed' });
    const { lines, differences } = await fleet.compare(idOf('web'));
    assert.deepEqual(lines, ['change ConfigMap web/kept']);
    assert.doesNotMatch(`${differences[0]?.live}${differences[0]?.rendered}`, /operated|added/);
    await write('somebody', { b: '2' });
  });

  it('tells that a namespace is missing which nothing makes', async () => {
    const { lines, differences } = await fleet.compare(idOf('unsynced'));
    assert.deepEqual(lines, ['refused ConfigMap nowhere/unsynced-chart']);
    assert.match(differences[0]?.reason ?? '', /namespaces "nowhere" not found/);
  });

  it('compares with what was synced last, whatever is typed', async () => {
    fleet.edit('web/deployment.yaml', deployment.replace('web:1', 'web:2'));
    fleet.edit('values/more.yaml', 'message: typed\n');
    for (const name of ['web', 'both']) {
      const { lines, differences } = await fleet.compare(idOf(name), withLastSynced);
      assert.deepEqual(lines, [], differences.map(({ live, rendered }) => `${live}\n===\n${rendered}`).join('\n'));
    }
    await cluster.api.patch(
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'both-chart', namespace: 'web' },
      { data: { message: 'by hand' } },
    );
    const { lines, differences, drift } = await fleet.compare(idOf('both'), withLastSynced);
    assert.deepEqual(lines, ['change ConfigMap web/both-chart']);
    assert.match(differences[0]?.live ?? '', /message: by hand/);
    assert.match(differences[0]?.rendered ?? '', /message: from another source/);
    assert.match(drift?.kind === 'compared' ? drift.called : '', /^last synced \([0-9a-f]{7}\)$/);
  });

  it('says what to do when what was synced last is not to be had', async () => {
    await assert.rejects(fleet.compare(idOf('unsynced'), withLastSynced), /Application unsynced was never synced/);
    const commit = await cluster.git.commit('acme/fleet.git', { 'values/more.yaml': 'message: newer\n' });
    await cluster.api.patch(application('both'), { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    await converged(cluster.api, application('both'), 'the new revision', ({ status }) =>
      JSON.stringify((status as { readonly history?: unknown } | undefined)?.history ?? []).includes(commit),
    );
    const words = new RegExp(
      `was last synced to ${commit.slice(0, 7)}, which is not in .*: fetch it there \\(git fetch\\), and compare again`,
    );
    await assert.rejects(fleet.compare(idOf('both'), withLastSynced), words);
    await fleet.pull();
    assert.deepEqual((await fleet.compare(idOf('both'), withLastSynced)).lines, []);
  });

  it('says when no context has the cluster that it deploys to', async () => {
    await assert.rejects(fleet.compare(idOf('elsewhere')), /deploys to https:\/\/elsewhere\.example\.com, and no context/);
  });
});
