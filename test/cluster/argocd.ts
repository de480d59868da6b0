// Argo CD in a cluster: its controllers, the server of its API, and what they need beside them.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { helm } from '../fidelity/helm.ts';
import { kustomize } from '../fidelity/kustomize.ts';
import { writeKubeconfig } from './access.ts';
import type { Cluster } from './cluster.ts';
import { patient } from './converge.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { applyDefinitions, argocdDefinitions } from './definitions.ts';
import { eventually } from '../e2e/eventually.ts';
import { freePort } from './free-port.ts';
import { argocdPrograms } from './programs.ts';

/** The namespace that Argo CD is in. */
export const argocdNamespace = 'argocd';

/** Argo CD, until it goes out of scope. */
export interface Argocd extends AsyncDisposable {
  /** Where its API is: `http://127.0.0.1:<port>`, without TLS. */
  readonly url: string;
  /** The password of its user `admin`. */
  readonly password: string;
  /** Logs `admin` in; gives the token. */
  logIn(): Promise<string>;
}

/** Starts Argo CD in a cluster, which it knows as `https://kubernetes.default.svc`; it is ready for objects when this resolves. */
export async function startArgocd(cluster: Cluster): Promise<Argocd> {
  const { api, folder: clusterFolder } = cluster;
  const programs = await argocdPrograms();
  const tools = [await kustomize(), await helm()].map((tool) => path.dirname(tool));
  await applyDefinitions(api, await argocdDefinitions());
  await api.apply(settings);

  const folder = path.join(clusterFolder, 'argocd');
  const at = (name: string): string => path.join(folder, name);
  for (const inner of ['', 'tls', 'ssh', 'gpg', 'plugins', 'tmp']) await mkdir(at(inner));
  await writeFile(at('ssh/ssh_known_hosts'), '');
  await writeKubeconfig(at('kubeconfig'), cluster.server, cluster.admin, argocdNamespace);
  const env = {
    KUBECONFIG: at('kubeconfig'),
    PATH: [...tools, process.env['PATH'] ?? ''].join(path.delimiter),
    HOSTNAME: 'argocd-0', // a controller reads its number in a set of them off it
    TMPDIR: at('tmp'),
    ARGOCD_FAKE_IN_CLUSTER: 'true', // no pod's own account is there to use: the kubeconfig says what is
    ARGOCD_TLS_DATA_PATH: at('tls'),
    ARGOCD_SSH_DATA_PATH: at('ssh'),
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_GNUPGHOME: at('gpg'),
    ARGOCD_PLUGINSOCKFILEPATH: at('plugins'),
  };

  await using running = new AsyncDisposableStack();
  const redis = `127.0.0.1:${await freePort()}`;
  const [repositories, serverPort] = [await freePort(), await freePort()];
  const [repositoriesHealth, controllerHealth] = [await freePort(), await freePort()];
  const [setsMetrics, serverMetrics] = [await freePort(), await freePort()];
  const start = (name: string, program: string, args: readonly string[]): Daemon =>
    running.use(startDaemon({ name, program, args, env, folder }));
  start('redis', programs.redis, [redis]);

  const shared = ['--redis', redis];
  const repositoryServer = ['--repo-server', `127.0.0.1:${repositories}`, '--repo-server-plaintext'];
  const daemons = [
    [
      start('argocd-repo-server', programs.argocd, [
        ...['--address', '127.0.0.1', '--port', `${repositories}`, '--disable-tls', ...shared],
        ...['--metrics-address', '127.0.0.1', '--metrics-port', `${repositoriesHealth}`],
      ]),
      `${repositoriesHealth}/healthz`,
    ],
    [
      start('argocd-application-controller', programs.argocd, [
        ...[...shared, ...repositoryServer, '--metrics-port', `${controllerHealth}`],
        ...['--status-processors', '4', '--operation-processors', '2', '--kubectl-parallelism-limit', '4'],
      ]),
      `${controllerHealth}/healthz`,
    ],
    [
      start('argocd-applicationset-controller', programs.argocd, [
        ...['--argocd-repo-server', `127.0.0.1:${repositories}`, '--repo-server-plaintext', '--webhook-addr', '127.0.0.1:0'],
        ...['--metrics-addr', `127.0.0.1:${setsMetrics}`, '--probe-addr', '127.0.0.1:0'],
      ]),
      `${setsMetrics}/metrics`, // of its health it says nothing,
    ],
    [
      start('argocd-server', programs.argocd, [
        ...['--address', '127.0.0.1', '--port', `${serverPort}`, '--insecure', ...shared, ...repositoryServer],
        ...['--metrics-address', '127.0.0.1', '--metrics-port', `${serverMetrics}`],
      ]),
      `${serverPort}/healthz`,
    ],
  ] as const;
  for (const [daemon, health] of daemons) await daemon.ready(async () => (await fetch(`http://127.0.0.1:${health}`)).ok);

  const url = `http://127.0.0.1:${serverPort}`;
  const password = await initialPassword(cluster);
  const kept = running.move();
  return { url, password, logIn: () => logIn(url, password), [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** What the server of the API has made up when it found no password. */
function initialPassword({ api }: Cluster): Promise<string> {
  const secret = { apiVersion: 'v1', kind: 'Secret', name: 'argocd-initial-admin-secret', namespace: argocdNamespace };
  return eventually(
    "Argo CD's first password",
    async () => {
      const { password } = ((await api.get(secret))?.['data'] ?? {}) as { readonly password?: string };
      return password === undefined ? undefined : Buffer.from(password, 'base64').toString();
    },
    patient,
  );
}

async function logIn(url: string, password: string): Promise<string> {
  const body = JSON.stringify({ username: 'admin', password });
  const response = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!response.ok) throw new Error(`${url} answers ${response.status} to who logs in: ${await response.text()}`);
  return ((await response.json()) as { readonly token: string }).token;
}

// What `kubectl apply -f install.yaml` would bring beside the workloads, with a shorter time between looks into repositories.
const part = 'labels: {app.kubernetes.io/part-of: argocd}';
const settings = `
apiVersion: v1
kind: Namespace
metadata: {name: ${argocdNamespace}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: ${argocdNamespace}, ${part}}
data: {timeout.reconciliation: 60s, timeout.reconciliation.jitter: 0s}
---
${['argocd-rbac-cm', 'argocd-ssh-known-hosts-cm', 'argocd-tls-certs-cm', 'argocd-gpg-keys-cm']
  .map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${argocdNamespace}, ${part}}\n`)
  .join('---\n')}
---
apiVersion: v1
kind: Secret
metadata: {name: argocd-secret, namespace: ${argocdNamespace}, ${part}}
stringData: {server.secretkey: ${randomUUID()}} # whoever starts first needs it
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: default, namespace: ${argocdNamespace}}
spec: {sourceRepos: ['*'], destinations: [{namespace: '*', server: '*'}], clusterResourceWhitelist: [{group: '*', kind: '*'}]}
`;
