// What a push would change, as the API server says it: Flux's Kustomizations and HelmReleases against the files of a clone.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { eventually } from '../e2e/eventually.ts';
import { converged, isReady, patient } from './converge.ts';
import { fluxSource } from './flux-source.ts';
import { startFlux } from './flux.ts';
import { type OpenFleet, openFleet } from './open-fleet.ts';
import { withLastSynced } from '../../server/src/session/live-compared.ts';

exitOnSignals();

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}], resources: {limits: {cpu: "1"}}, env: [{name: REGION, value: "\${region}"}, {name: TOKEN, value: "\${token}"}]}
`;
const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const secret = `apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {user: admin, password: first-password}
`;
const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: "1", b: "2"}
`;
const plain = (name: string, extra = ''): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${extra}}\ndata: {a: "1"}\n`;
const kustomization = (resources: readonly string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
const files = ['deployment', 'service', 'secret', 'settings', 'kept', 'going', 'once', 'left', 'ignored', 'merged'].map(
  (each) => `${each}.yaml`,
);
const marked = (mark: string): string => `, annotations: {kustomize.toolkit.fluxcd.io/${mark}}`;

const repository = {
  'apps/kustomization.yaml': kustomization(files),
  'apps/deployment.yaml': deployment,
  'apps/service.yaml': service,
  'apps/secret.yaml': secret,
  'apps/settings.yaml': settings,
  'apps/kept.yaml': plain('kept', marked('prune: disabled')),
  'apps/going.yaml': plain('going'),
  'apps/once.yaml': plain('once', marked('ssa: IfNotPresent')),
  'apps/left.yaml': plain('left', marked('reconcile: disabled')),
  'apps/ignored.yaml': plain('ignored', marked('ssa: Ignore')),
  'apps/merged.yaml': plain('merged', marked('ssa: Merge')),
  'chart/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'chart/values.yaml': 'message: hello\nreplicas: 1\n',
  'chart/templates/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-chart"}
data: {message: "{{ .Values.message }}", version: "{{ .Capabilities.KubeVersion.Version }}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-kept", annotations: {helm.sh/resource-policy: keep}}
data: {a: "1"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: demo}}
  template:
    metadata: {labels: {app: demo}}
    spec: {containers: [{name: demo, image: "demo:1"}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-hook", annotations: {helm.sh/hook: post-install}}
data: {a: "1"}
`,
  'clusters/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: greeting, namespace: demo}
spec:
  interval: 1h
  install: {disableWait: true}
  chart: {spec: {chart: ./chart, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: fleet}}}
  driftDetection: {mode: enabled, ignore: [{paths: [/spec/replicas], target: {kind: Deployment}}]}
  values: {message: hello from Flux}
`,
};

const objects = (url: string): string => `
${fluxSource(url)}apiVersion: v1
kind: ConfigMap
metadata: {name: cluster-settings, namespace: demo}
data: {region: eu-west}
---
apiVersion: v1
kind: Secret
metadata: {name: cluster-secrets, namespace: demo}
stringData: {token: token-of-the-cluster}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: app, namespace: demo}
spec:
  interval: 1h
  path: ./apps
  prune: true
  targetNamespace: demo
  sourceRef: {kind: GitRepository, name: fleet}
  postBuild: {substituteFrom: [{kind: ConfigMap, name: cluster-settings}, {kind: Secret, name: cluster-secrets}]}
---
${repository['clusters/release.yaml']}`;

const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-secrets}
spec:
  failurePolicy: Fail
  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets]}]}
  validations: [{expression: "object.metadata.name != 'more'", message: "no more Secrets, please"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: few-secrets}
spec: {policyName: few-secrets, validationActions: [Deny]}
`;

const app = 'kustomize.toolkit.fluxcd.io/Kustomization/demo/app';
const release = 'helm.toolkit.fluxcd.io/HelmRelease/demo/greeting';

describe('the difference between files and a cluster with Flux', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let fleet: OpenFleet;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('flux'));
    starting.use(await startFlux(cluster));
    await cluster.git.commit('acme/fleet.git', repository);
    await cluster.api.apply(objects(`${cluster.git.url}/acme/fleet.git`));
    fleet = starting.use(await openFleet(cluster, 'acme/fleet.git'));
    await converged(
      cluster.api,
      { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'app', namespace: 'demo' },
      'Ready',
      isReady,
    );
    await converged(
      cluster.api,
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'greeting', namespace: 'demo' },
      'Ready',
      isReady,
    );
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  it('is nothing right after a reconciliation, with values that only the cluster has', async () => {
    const { lines, notes, differences } = await fleet.compare(app);
    assert.deepEqual(lines, [], differences.map(({ live, rendered }) => `${live}\n===\n${rendered}`).join('\n'));
    assert.match(notes.join('\n'), /^GitRepository fleet is not in this repository: it is taken as it is in the cluster\.$/m);
    assert.match(notes.join('\n'), /^Secret cluster-secrets is not in this repository: its values are those in the cluster\.$/m);
    assert.match(notes.join('\n'), /^ConfigMap demo\/once is left as it is/m);
  });

  it('is nothing for a release either', async () => {
    const { lines, differences, notes } = await fleet.compare(release);
    assert.deepEqual(lines, [], differences.map(({ live, rendered }) => `${live}\n===\n${rendered}`).join('\n'));
    assert.match(notes.join('\n'), /^A hook is not compared/m);
  });

  it('is exactly what is typed: a change, something new, something that goes and something that is kept', async () => {
    fleet.edit('apps/deployment.yaml', deployment.replace('web:1', 'web:2'));
    fleet.edit('apps/new.yaml', plain('new'));
    fleet.edit('apps/kustomization.yaml', kustomization([...files.filter((each) => !/kept|going/.test(each)), 'new.yaml']));
    const { lines, differences } = await fleet.compare(app);
    assert.deepEqual(lines, [
      'change Deployment demo/web',
      'create ConfigMap demo/new',
      'kept ConfigMap demo/kept',
      'prune ConfigMap demo/going',
    ]);
    const change = differences.find((each) => each.change === 'change');
    assert.equal(change?.rendered.replace('web:2', 'web:1'), change?.live);
    assert.match(differences.find((each) => each.change === 'kept')?.reason ?? '', /prune: disabled/);
    // The token came from a Secret, and the manifest has it in plain text.
    assert.doesNotMatch(`${change?.live}${change?.rendered}`, /token-of-the-cluster/);
    assert.match(change?.live ?? '', /value: "?\*{8}/);
    for (const file of ['deployment', 'new', 'kustomization']) fleet.edit(`apps/${file}.yaml`, undefined);
  });

  it('shows which keys of a Secret differ, and no value', async () => {
    fleet.edit('apps/secret.yaml', secret.replace('first-password', 'second-password'));
    const { lines, differences } = await fleet.compare(app);
    assert.deepEqual(lines, ['change Secret demo/login']);
    const text = `${differences[0]?.live}${differences[0]?.rendered}`;
    for (const password of ['first-password', 'second-password', 'admin'])
      for (const written of [password, Buffer.from(password).toString('base64')]) assert.ok(!text.includes(written), text);
    assert.match(differences[0]?.live ?? '', /password: "?\*{8} \(live\)"?\n/);
    assert.match(differences[0]?.rendered ?? '', /user: "?\*{8}"?\n/);
    fleet.edit('apps/secret.yaml', undefined);
  });

  it('tells what the server refuses and why, and compares the rest', async () => {
    fleet.edit('apps/deployment.yaml', deployment.replace('matchLabels: {app: web}', 'matchLabels: {app: other}'));
    fleet.edit('apps/service.yaml', service.replace('port: 80', 'port: 99999'));
    fleet.edit('apps/settings.yaml', settings.replace('b: "2"', 'b: "3"'));
    fleet.edit('apps/going.yaml', 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n');
    const { lines, differences } = await fleet.compare(app);
    assert.deepEqual(lines, [
      'change ConfigMap demo/settings',
      'prune ConfigMap demo/going',
      'refused Deployment demo/web',
      'refused Service demo/web',
      'refused Widget demo/w',
    ]);
    const reasonOf = (label: string) => differences.find((each) => each.label === label)?.reason ?? '';
    assert.match(reasonOf('Deployment demo/web'), /selector/);
    assert.match(reasonOf('Service demo/web'), /99999/);
    assert.match(reasonOf('Widget demo/w'), /has no kind Widget/);
    for (const file of ['deployment', 'service', 'settings', 'going']) fleet.edit(`apps/${file}.yaml`, undefined);
  });

  it('shows what a policy of the cluster says', async () => {
    await cluster.api.apply(policy);
    fleet.edit('apps/going.yaml', plain('going') + '---\napiVersion: v1\nkind: Secret\nmetadata: {name: more}\n');
    // A policy holds a moment after it was made.
    const { lines, differences } = await eventually(
      'the policy to hold',
      async () => {
        const compared = await fleet.compare(app);
        return compared.lines.join().startsWith('refused') ? compared : undefined;
      },
      patient,
    );
    assert.deepEqual(lines, ['refused Secret demo/more']);
    assert.match(differences[0]?.reason ?? '', /no more Secrets, please/);
    fleet.edit('apps/going.yaml', undefined);
  });

  it('shows what somebody has changed, added and removed by hand', async () => {
    // Flux takes back what kubectl has written, and leaves what others have.
    const change = (name: string, patch: unknown) =>
      cluster.api.request('PATCH', `/api/v1/namespaces/demo/configmaps/${name}?fieldManager=kubectl-edit`, {
        type: 'application/merge-patch+json',
        content: patch,
      });
    await change('settings', { data: { a: 'changed', b: null, c: 'added' } });
    await change('once', { data: { a: 'changed' } });
    await cluster.api.apply(plain('left', ', namespace: demo').replace('"1"', 'changed'));
    const { lines, differences } = await fleet.compare(app);
    assert.deepEqual(lines, ['change ConfigMap demo/settings']);
    assert.match(differences[0]?.live ?? '', /a: changed\n.*c: added\n/s);
    assert.match(differences[0]?.rendered ?? '', /data:\n {2}a: "1"\n {2}b: "2"\n(?! )/);
  });

  it('leaves what Flux is told to ignore, and keeps what is merged', async () => {
    // Flux does not make what it ignores.
    await cluster.api.apply(plain('ignored', ', namespace: demo').replace('"1"', 'by hand'));
    const write = (data: object) =>
      cluster.api.request('PATCH', '/api/v1/namespaces/demo/configmaps/merged?fieldManager=kubectl-edit', {
        type: 'application/merge-patch+json',
        content: { data },
      });
    const lines = async () => (await fleet.compare(app)).lines.filter((line) => /ignored|merged/.test(line));
    await write({ c: 'added' });
    assert.deepEqual(await lines(), []);
    assert.match((await fleet.compare(app)).notes.join('\n'), /^ConfigMap demo\/ignored is left as it is: It has .*ssa: Ignore\.$/m);
    await write({ a: 'changed' });
    const { differences } = await fleet.compare(app);
    assert.deepEqual(await lines(), ['change ConfigMap demo/merged']);
    assert.match(differences.find(({ label }) => label.endsWith('merged'))?.rendered ?? '', /a: "1"\n {2}c: added\n/);
  });

  it('compares with what was applied and released last, whatever is typed', async () => {
    fleet.edit('apps/going.yaml', plain('typed'));
    fleet.edit('clusters/release.yaml', repository['clusters/release.yaml'].replace('hello from Flux', 'hello from a buffer'));
    await cluster.api.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'going', namespace: 'demo' }, { data: { a: 'by hand' } });
    const applied = await fleet.compare(app, withLastSynced);
    assert.deepEqual(
      applied.lines.filter((line) => /going|typed/.test(line)),
      ['change ConfigMap demo/going'],
    );
    assert.deepEqual((await fleet.compare(release, withLastSynced)).lines, []);
    const say = (message: string) =>
      cluster.api.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'greeting-chart', namespace: 'demo' }, { data: { message } });
    await say('by hand');
    const released = await fleet.compare(release, withLastSynced);
    assert.deepEqual(released.lines, ['change ConfigMap demo/greeting-chart']);
    assert.match(released.differences[0]?.rendered ?? '', /message: hello from Flux/);
    assert.equal(released.drift?.kind === 'compared' ? released.drift.called : '', 'last released (greeting.v1)');
    await say('hello from Flux');
    for (const file of ['apps/going', 'clusters/release']) fleet.edit(`${file}.yaml`, undefined);
  });

  it('leaves out what a release ignores, and keeps what its chart keeps', async () => {
    await cluster.api.patch({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'greeting', namespace: 'demo' }, { spec: { replicas: 5 } });
    assert.deepEqual((await fleet.compare(release)).lines, []);
    const chart = repository['chart/templates/all.yaml'];
    fleet.edit('chart/templates/all.yaml', chart.replace(/metadata: \{name: "\{\{ .Release.Name \}\}-kept"/, 'metadata: {name: other'));
    const { lines } = await fleet.compare(release);
    assert.deepEqual(lines, ['create ConfigMap demo/other', 'kept ConfigMap demo/greeting-kept']);
    fleet.edit('chart/templates/all.yaml', undefined);
    fleet.edit('chart/values.yaml', 'message: unused\nreplicas: 1\n');
    fleet.edit('clusters/release.yaml', repository['clusters/release.yaml'].replace('hello from Flux', 'hello from a buffer'));
    const typed = await fleet.compare(release);
    assert.deepEqual(typed.lines, ['change ConfigMap demo/greeting-chart']);
    assert.match(typed.differences[0]?.rendered ?? '', /message: hello from a buffer/);
  });
});
