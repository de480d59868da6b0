// A repository that says itself how it is delivered: an Application and a Flux Kustomization, each with a folder of its own.
import path from 'node:path';
import { run } from '../../../scripts/process.ts';
import { argocdNamespace } from '../argocd.ts';
import type { Cluster } from '../cluster.ts';

const repository = 'acme/fleet.git';

const overlay = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [config.yaml]\n';
const config = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {colour: blue}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: shop}\nstringData: {password: hunter2}\n`;

/** The repository's files, which call it by `url`. */
const files = (url: string): Readonly<Record<string, string>> => ({
  'apps/web/kustomization.yaml': overlay,
  'apps/web/config.yaml': config('web'),
  'apps/api/kustomization.yaml': overlay,
  'apps/api/config.yaml': config('api'),
  // Written here, and applied nowhere.
  'sets/agents.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: agents
spec:
  goTemplate: true
  generators: [{clusters: {}}]
  template:
    metadata: {name: 'agent-{{ .nameNormalized }}'}
    spec:
      project: default
      source: {repoURL: "${url}", targetRevision: main, path: apps/web}
      destination: {name: '{{ .name }}', namespace: agents}
`,
  'clusters/east/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  namespace: ${argocdNamespace}
spec:
  project: default
  source: {repoURL: "${url}", targetRevision: main, path: apps/web}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy: {automated: {}}
`,
  'clusters/east/api.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: shop
spec: {interval: 1h, url: "${url}", ref: {branch: main}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: api
  namespace: shop
spec: {interval: 1h, path: ./apps/api, prune: true, sourceRef: {kind: GitRepository, name: fleet}}
`,
});

/**
 * Serves the repository, has the cluster follow it, and clones it.
 *
 * @returns Absolute path of the clone.
 */
export async function deliverFleet({ git, api, folder }: Cluster): Promise<string> {
  const url = `${git.url}/${repository}`;
  const all = files(url);
  await git.commit(repository, all);
  await api.apply('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
  for (const [name, text] of Object.entries(all)) if (name.startsWith('clusters/')) await api.apply(text);
  const clone = path.join(folder, 'fleet');
  await run('git', ['clone', '--quiet', url, clone]);
  return clone;
}
