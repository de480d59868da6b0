// Repositories that other people keep, as their owner's forks of them: served here, and named by where they are served.
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshRepository } from '../../../scripts/editor/fresh-repository.ts';
import { readdress } from '../../../scripts/editor/readdress.ts';
import { run } from '../../../scripts/process.ts';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';
import { corpus } from '../../fixture/corpus.ts';
import { addToArgocd } from '../argocd-cluster.ts';
import type { Cluster } from '../cluster.ts';
import { serveKinds } from '../kind-stand-ins.ts';

/** Owner and name of each. */
const repositories = {
  'argocd-diff-preview': 'dag-andersen',
  'flux2-kustomize-helm-example': 'fluxcd',
  podinfo: 'stefanprodan',
} as const;

/** What `flux bootstrap git` writes beside what a repository has. */
const bootstrap = (url: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m0s, ref: {branch: main}, url: "${url}"}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 10m0s, path: ./clusters/staging, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`;
const synced = 'clusters/staging/flux-system/gotk-sync.yaml';

/** What `flux create source git` and `flux create kustomization` make of podinfo, as Flux's guide to begin with says. */
const podinfo = (url: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: podinfo, namespace: flux-system}
spec: {interval: 1m0s, ref: {branch: main}, url: "${url}"}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: podinfo, namespace: flux-system}
spec:
  interval: 30m0s
  path: ./kustomize
  prune: true
  retryInterval: 2m0s
  sourceRef: {kind: GitRepository, name: podinfo}
  targetNamespace: default
  timeout: 3m0s
  wait: true
`;

/** The namespaces that their objects are meant for and nobody makes. */
const namespaces = ['example-system', 'some-namespace', 'folder1', 'folder2'];
/** An Application of a chart that lies on another machine. */
const elsewhere = 'examples/external-chart/';

/**
 * Serves the repositories, and has the cluster follow them: each Application and ApplicationSet of `argocd-diff-preview` that asks nothing of other
 * machines, and Flux's as it is bootstrapped for "staging". Everything else that they need and do not have themselves is there too.
 *
 * @returns Absolute path of a folder with a clone of each.
 */
export async function deliverCorpus(cluster: Cluster): Promise<string> {
  const { git, api, folder } = cluster;
  const clones = path.join(folder, 'clones');
  const names = Object.keys(repositories) as (keyof typeof repositories)[];
  const urlOf = (name: keyof typeof repositories): string => `${git.url}/${repositories[name]}/${name}`;
  const addresses = Object.fromEntries(names.map((name) => [`https://github.com/${repositories[name]}/${name}`, urlOf(name)]));
  for (const name of names) {
    using copies = temporaryFolder('corpus');
    const [fork, origin] = [path.join(copies.path, 'fork'), path.join(copies.path, 'origin')];
    await cp(path.join(corpus, name), fork, { recursive: true });
    await readdress(fork, addresses);
    if (name === 'flux2-kustomize-helm-example') await writeFile(path.join(fork, synced), bootstrap(urlOf(name)));
    await freshRepository(fork, origin, urlOf(name));
    await run('git', ['tag', 'example-redirect-tag'], { cwd: origin });
    await git.copy(origin, `${repositories[name]}/${name}.git`);
    await run('git', ['clone', '--quiet', `${urlOf(name)}.git`, path.join(clones, name)]);
  }
  await addToArgocd(cluster, cluster, 'some-cluster');
  for (const name of namespaces) await api.apply(`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`);
  const examples = path.join(clones, 'argocd-diff-preview');
  for (const file of (await readdir(examples, { recursive: true })).sort()) {
    if (!file.endsWith('.yaml') || file.startsWith(elsewhere)) continue;
    const text = await readFile(path.join(examples, file), 'utf8');
    if (/^kind: Application(Set)?$/m.test(text)) await api.apply(text);
  }
  const staging = path.join(clones, 'flux2-kustomize-helm-example');
  await serveKinds(api, [await readFile(path.join(staging, 'clusters/staging/artifacts.yaml'), 'utf8')]);
  await api.apply(await readFile(path.join(staging, synced), 'utf8'));
  await api.apply(podinfo(urlOf('podinfo')));
  return clones;
}
