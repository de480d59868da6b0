// The difference with a cluster as it is asked for: by `drydock diff --live`, and by an editor through LSP.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Command, type Run, installCommand } from '../../cli/src/cli-in-test.ts';
import { liveDiff } from '../../protocol/src/clusters.ts';
import { defaultSettings } from '../../protocol/src/options.ts';
import { exitOnSignals } from '../../scripts/at-exit.ts';
import { run } from '../../scripts/process.ts';
import { eventually } from '../e2e/eventually.ts';
import { Editor } from '../fixture/editor.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { converged, isReady, patient } from './converge.ts';
import { fluxSource } from './flux-source.ts';
import { startFlux } from './flux.ts';
import { writeUserSettings } from './user-settings.ts';

exitOnSignals();

const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'apps', namespace: 'demo' };
const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
`;
const secret = `apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: hunter2}
`;
const files = {
  'apps/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [settings.yaml, secret.yaml, service.yaml]\n',
  'apps/settings.yaml': settings,
  'apps/secret.yaml': secret,
  'apps/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n',
} as const;

describe('the difference with a cluster', () => {
  let scope: AsyncDisposableStack;
  let cluster: Cluster;
  let drydock: Command;
  let checkout: string;
  let url: string;
  let hung: Hung;
  before(async () => {
    await using starting = new AsyncDisposableStack();
    cluster = starting.use(await startCluster('answers'));
    starting.use(await startFlux(cluster));
    hung = starting.use(await startHung());
    await cluster.git.commit('acme/fleet.git', files);
    url = `${cluster.git.url}/acme/fleet.git`;
    await cluster.api.apply(`${fluxSource(url)}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: demo}
spec: {interval: 1h, path: ./apps, prune: true, targetNamespace: demo, sourceRef: {kind: GitRepository, name: fleet}}
`);
    checkout = path.join(cluster.folder, 'checkout');
    await run('git', ['clone', '--quiet', url, checkout]);
    await withContext(cluster.kubeconfig, 'hung', hung.url);
    const env = await writeUserSettings(cluster.folder, { 'drydock.cluster.timeout': 1000 });
    drydock = starting.use(await installCommand({ ...env, KUBECONFIG: cluster.kubeconfig }));
    await converged(cluster.api, kustomization, 'Ready', isReady);
    scope = starting.move();
  });
  after(() => scope.disposeAsync());

  const diff = (...args: readonly string[]): Promise<Run> => drydock.run(checkout, 'diff', '--live', ...args);
  const write = (file: string, text: string): Promise<void> => writeFile(path.join(checkout, file), text);

  describe('drydock diff --live', () => {
    it('is 0 when nothing differs', async () => {
      const { code, stdout, stderr } = await diff('apps');
      assert.equal(stdout, '');
      assert.match(stderr, /^drydock: Kustomization apps on answers: no differences$/m);
      assert.equal(code, 0);
    });

    it('is 1 for differences, with Secrets masked', async () => {
      await write('apps/settings.yaml', settings.replace('blue', 'green'));
      await write('apps/secret.yaml', secret.replace('hunter2', 'correct-horse'));
      const { code, stdout } = await diff('apps/settings.yaml');
      assert.match(stdout, /^--- live\/ConfigMap demo\/settings\n\+\+\+ rendered\/ConfigMap demo\/settings$/m);
      assert.match(stdout, /^- {2}colour: blue\n\+ {2}colour: green$/m);
      assert.match(stdout, /^- {2}password: "\*{8} \(live\)"\n\+ {2}password: "\*{8} \(rendered\)"$/m);
      assert.doesNotMatch(stdout, /hunter2|correct-horse|aHVudGVyMg|Y29ycmVjdC1ob3JzZQ/);
      assert.equal(code, 1);
      await write('apps/secret.yaml', secret);
    });

    it('is 2 when a resource is refused, and compares the others', async () => {
      await write('apps/service.yaml', files['apps/service.yaml'].replace('80', '99999'));
      const { code, stdout, stderr } = await diff('kustomization/apps', '-n', 'demo');
      assert.match(stderr, /^drydock: Kustomization apps on answers: Service demo\/web \(refused\): .*99999/m);
      assert.match(stdout, /^\+ {2}colour: green$/m);
      assert.equal(code, 2);
      await write('apps/service.yaml', files['apps/service.yaml']);
    });

    it('is 2 when one of several clusters does not answer, and compares with the others', async () => {
      const { code, stdout, stderr } = await diff('apps', '--all-contexts');
      assert.match(stderr, /^drydock: hung: .*1 s/m);
      assert.match(stdout, /^\+ {2}colour: green$/m);
      assert.equal(code, 2);
    });

    it('is 2 when nothing deploys it', async () => {
      const { code, stderr } = await diff('kustomization/other');
      assert.match(stderr, /^drydock: nothing on answers is called kustomization\/other$/m);
      assert.equal(code, 2);
    });

    it('compares with what was synced last, whatever the files here say', async () => {
      const same = await diff('--last-synced', 'apps');
      assert.deepEqual([same.stdout, same.code], ['', 0]);
      await cluster.api.patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'demo' }, { data: { colour: 'red' } });
      const { code, stdout } = await diff('--last-synced', 'apps');
      assert.match(stdout, /^--- live\/ConfigMap demo\/settings\n\+\+\+ last synced \([0-9a-f]{7}\)\/ConfigMap demo\/settings$/m);
      assert.match(stdout, /^- {2}colour: red\n\+ {2}colour: blue$/m);
      assert.equal(code, 1);
    });

    it('is 2 with what to do when that is not to be had', async () => {
      const elsewhere = path.join(cluster.folder, 'elsewhere');
      await run('git', ['init', '--quiet', elsewhere]);
      const { code, stderr } = await drydock.run(elsewhere, 'diff', '--live', '--last-synced', 'kustomization/apps');
      assert.match(
        stderr,
        /last synced from http:.*fleet\.git at [0-9a-f]{7}, and no folder that is open here is a clone of it: open one\./,
      );
      assert.equal(code, 2);
    });
  });

  describe('an editor', () => {
    const row = (context: string): string => JSON.stringify({ row: 'object', context, group: 'kustomize.toolkit.fluxcd.io', ...nameOf });
    const opened = async (): Promise<Editor> => {
      const archive = Object.entries({ ...files, '.git/config': `[remote "origin"]\n\turl = ${url}\n` });
      return Editor.open(archive.map(([name, text]) => `-- ${name} --\n${text}`).join(''), {
        settings: { ...defaultSettings, cluster: { ...defaultSettings.cluster, kubeconfig: [cluster.kubeconfig] } },
      });
    };

    it('follows what is typed, masks Secrets, and is told when the object goes', async () => {
      await using editor = await opened();
      await editor.openFile('apps/settings.yaml');
      await editor.openFile('apps/secret.yaml');
      await editor.edit('apps/settings.yaml', 'blue', 'green');
      await editor.edit('apps/secret.yaml', 'hunter2', 'correct-horse');
      const { title, called, differences, same, failure } = await editor.ask(liveDiff, {
        id: row('answers'),
        against: 'rendered',
        token: '1',
      });
      assert.deepEqual([title, called, same, failure], ['Kustomization apps on answers', 'rendered', 1, '']);
      assert.deepEqual(
        differences.map(({ change, label }) => `${change} ${label}`),
        ['change ConfigMap demo/settings', 'change Secret demo/login'],
      );
      const [config, login] = differences;
      assert.ok(config && login);
      for (const side of [login.live, login.rendered])
        assert.doesNotMatch(await editor.openSupplied(side), /hunter2|correct-horse|aHVudGVyMg|Y29ycmVjdC1ob3JzZQ/);
      assert.match(await editor.openSupplied(config.live), /colour: red\n/);
      assert.match(await editor.openSupplied(config.rendered), /colour: green\n/);

      await editor.edit('apps/settings.yaml', 'green', 'yellow');
      await editor.until(() => editor.refreshes(config.rendered) > 0);
      assert.match(await editor.previewText(config.rendered), /colour: yellow\n/);
      assert.equal(editor.refreshes(login.rendered), 0);

      await cluster.api.remove(kustomization);
      await eventually('it to be gone', async () => ((await cluster.api.get(kustomization)) ? undefined : true), patient);
      await editor.edit('apps/settings.yaml', 'yellow', 'black');
      const told = () => editor.received<{ readonly message: string }>({ method: 'window/showMessage' }).map(({ message }) => message);
      await editor.until(() => told().length > 0);
      assert.match(
        told().join(),
        /^Kustomization apps on answers was deleted\. The difference that is open shows what was there before\.$/,
      );
      assert.match(await editor.previewText(config.rendered), /colour: yellow\n/);
    });

    it('is answered at once when it takes the question back, though the cluster hangs', async () => {
      await using editor = await opened();
      const { failure } = await editor.askAndCancel(liveDiff, { id: row('hung'), against: 'rendered', token: '2' });
      assert.equal(failure, 'It was cancelled.');
    });
  });
});

const nameOf = { kind: kustomization.kind, namespace: kustomization.namespace, name: kustomization.name };

interface Hung extends AsyncDisposable {
  readonly url: string;
}

/** A server that takes connections and never says a word. */
async function startHung(): Promise<Hung> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Adds a context with a cluster of its own to a kubeconfig. */
async function withContext(file: string, name: string, server: string): Promise<void> {
  const config = JSON.parse(await readFile(file, 'utf8')) as Record<'clusters' | 'contexts', object[]> & { users: { name: string }[] };
  config.clusters.push({ name, cluster: { server } });
  config.contexts.push({ name, context: { cluster: name, user: config.users[0]?.name } });
  await writeFile(file, JSON.stringify(config));
}
