// The samples, delivered: a real cluster in which Flux and Argo CD apply them, from a Git server on this machine.
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Api } from '../../test/cluster/api.ts';
import { type Argocd, startArgocd } from '../../test/cluster/argocd.ts';
import { startChartStandIns } from '../../test/cluster/chart-stand-ins.ts';
import { startCluster } from '../../test/cluster/cluster.ts';
import { startFlux } from '../../test/cluster/flux.ts';
import { serveKinds } from '../../test/cluster/kind-stand-ins.ts';
import { startNodeStandIn } from '../../test/cluster/node-stand-in.ts';
import { startSurroundingsStandIn } from '../../test/cluster/surroundings-stand-in.ts';
import { root } from '../cache.ts';
import { step } from '../progress.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { freshRepository, sampleRemote } from './fresh-repository.ts';
import { readdress } from './readdress.ts';

/** A cluster that follows the repository in a folder, until it goes out of scope. */
export interface SampleCluster extends AsyncDisposable {
  /** Absolute path of its administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly argocd: Argocd;
  /** Its API as the administrator. */
  readonly api: Api;
}

/** The part of the samples that is meant for one cluster; there are others. */
const environment = 'dev';
/** Where the samples say that they are. */
const remotes = [sampleRemote, 'ssh://git@github.com/acme/fleet'];
const repository = 'acme/fleet.git';
/** The charts that they take from elsewhere, in a version that fits, and where from. */
const charts = {
  traefik: '37.0.0',
  'cert-manager': '1.19.0',
  'external-secrets': '1.0.0',
  'argo-cd': '9.0.0',
  'kube-prometheus-stack': '80.0.0',
};
const chartPlaces = [
  'https://traefik.github.io/charts',
  'https://charts.external-secrets.io',
  'https://argoproj.github.io/argo-helm',
  'oci://ghcr.io/prometheus-community/charts',
  'oci://quay.io/jetstack/charts/cert-manager',
];

/** Copies the samples to `folder`, which is new or empty, as a clone of a repository that a new cluster follows. */
export async function startSampleCluster(folder: string): Promise<SampleCluster> {
  await using running = new AsyncDisposableStack();
  const cluster = running.use(await step('Kubernetes', () => startCluster(`acme-${environment}`)));
  running.use(startNodeStandIn(cluster));
  running.use(await step('Flux', () => startFlux(cluster)));
  const argocd = running.use(await step('Argo CD', () => startArgocd(cluster)));
  const standIns = running.use(await startChartStandIns(charts, chartPlaces));

  const remote = `${cluster.git.url}/${repository}`;
  using addressed = temporaryFolder('samples');
  await cp(path.join(root, 'samples'), addressed.path, { recursive: true });
  const texts = await readdress(addressed.path, { ...Object.fromEntries(remotes.map((each) => [each, remote])), ...standIns.addresses });
  await freshRepository(addressed.path, folder, remote);
  await cluster.git.copy(folder, repository);

  await serveKinds(cluster.api, texts);
  running.use(startSurroundingsStandIn(cluster));
  // What a person applies once, by hand.
  for (const entry of [`clusters/${environment}/flux-system/gotk-sync.yaml`, `bootstrap/root-app-${environment}.yaml`])
    await cluster.api.apply(await readFile(path.join(folder, entry), 'utf8'));

  const kept = running.move();
  return { kubeconfig: cluster.kubeconfig, argocd, api: cluster.api, [Symbol.asyncDispose]: async () => kept.disposeAsync() };
}
