// A Kubernetes control plane on this machine: etcd, kube-apiserver and kube-controller-manager, without nodes.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Server, type User, newUser, writeKubeconfig, writeTokens } from './access.ts';
import { type Api, apiOf } from './api.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { kubernetesPrograms } from './programs.ts';

/** A control plane that runs. */
export interface ControlPlane extends AsyncDisposable {
  readonly server: Server;
  /** May do everything. */
  readonly admin: User;
  /** May do what every authenticated user may, and what is granted to the user `reader`. */
  readonly reader: User;
  /** The API as `admin`. */
  readonly api: Api;
  /** Ends the API server and leaves everything else, as when a connection breaks. */
  stopApiServer(): Promise<void>;
  /** Starts it again, at the same address with the same certificate. Resolves when it is ready. */
  startApiServer(): Promise<void>;
}

/**
 * Starts a control plane; it is ready for everything when this resolves.
 *
 * @param name What the cluster and its context are called.
 * @param folder An empty folder for all that it keeps, and its logs.
 */
export async function startControlPlane(name: string, folder: string): Promise<ControlPlane> {
  const programs = await kubernetesPrograms();
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const at = (file: string): string => path.join(folder, file);
  const admin = newUser('admin', ['system:masters']);
  const reader = newUser('reader', []);
  await writeTokens(at('tokens.csv'), [admin, reader]);
  await writeFile(at('service-accounts.pem'), signingKey(), { mode: 0o600 });
  await mkdir(at('certificates'));

  await using running = new AsyncDisposableStack();
  const daemon = (program: keyof typeof programs, args: readonly string[]): Daemon =>
    startDaemon({ name: program, program: programs[program], args, env: {}, folder });
  running.use(daemon('etcd', etcdArgs(at('etcd'), etcdPort, peerPort)));

  // The API server signs for itself: the authority stands in the same file.
  const server: Server = { url: `https://127.0.0.1:${port}`, name, authority: at('certificates/apiserver.crt') };
  const start = async (): Promise<Daemon> => {
    const started = daemon('kube-apiserver', apiServerArgs(folder, etcdPort, port));
    await started.ready(async () => (await apiOf(server, admin).request('GET', '/readyz')).body === 'ok');
    return started;
  };
  let apiServer = await start();
  // After the controller manager and before etcd, without which it would take its time.
  running.defer(() => apiServer[Symbol.asyncDispose]());
  const api = apiOf(server, admin);

  await writeKubeconfig(at('controller-manager.kubeconfig'), server, admin, 'default');
  const manager = running.use(daemon('kube-controller-manager', controllerManagerArgs(folder)));
  // The last thing that happens to a new namespace.
  await manager.ready(async () => {
    const wanted = { apiVersion: 'v1', namespace: 'default' };
    const account = await api.get({ ...wanted, kind: 'ServiceAccount', name: 'default' });
    const authority = await api.get({ ...wanted, kind: 'ConfigMap', name: 'kube-root-ca.crt' });
    return account !== undefined && authority !== undefined;
  });

  const kept = running.move();
  return {
    server,
    admin,
    reader,
    api,
    stopApiServer: async () => apiServer[Symbol.asyncDispose](),
    async startApiServer() {
      apiServer = await start();
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function signingKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function etcdArgs(data: string, port: number, peerPort: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const clients = ['--listen-client-urls', client, '--advertise-client-urls', client];
  const peers = ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `etcd=${peer}`];
  // What it keeps is thrown away: it need not survive a power cut.
  return ['--name', 'etcd', '--data-dir', data, '--unsafe-no-fsync', '--log-level', 'warn', ...clients, ...peers];
}

function apiServerArgs(folder: string, etcdPort: number, port: number): string[] {
  const key = path.join(folder, 'service-accounts.pem');
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${path.join(folder, 'certificates')}`,
    `--token-auth-file=${path.join(folder, 'tokens.csv')}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--authorization-mode=RBAC',
    '--endpoint-reconciler-type=none', // loopback is no address of an endpoint
    '--profiling=false',
  ];
}

/** Those that matter to what has no nodes. */
const controllers = [
  'namespace',
  'garbage-collector',
  'serviceaccount',
  'root-ca-certificate-publisher',
  'clusterrole-aggregation',
  'deployment',
  'replicaset',
  'statefulset',
  'daemonset',
  'job',
  'cronjob',
  'disruption',
];

function controllerManagerArgs(folder: string): string[] {
  return [
    `--kubeconfig=${path.join(folder, 'controller-manager.kubeconfig')}`,
    `--root-ca-file=${path.join(folder, 'certificates', 'apiserver.crt')}`,
    `--controllers=${controllers.map((controller) => `${controller}-controller`).join(',')}`,
    '--leader-elect=false',
    '--secure-port=0',
  ];
}
