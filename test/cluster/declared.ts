// GitOps objects where no controller runs: a test writes what a controller would say of them.
import { applyDefinitions, argocdDefinitions, fluxDefinitions } from './definitions.ts';
import type { Cluster } from './cluster.ts';

const objects = `
apiVersion: v1
kind: Namespace
metadata: {name: argocd}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec: {}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: shop
  source: {repoURL: https://example.com/fleet.git, path: web}
  destination: {server: https://kubernetes.default.svc, namespace: web}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: default}
spec: {interval: 1h, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: fleet}, dependsOn: [{name: infra}]}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: infra, namespace: default}
spec: {interval: 1h, prune: true, path: ./infra, sourceRef: {kind: GitRepository, name: fleet}, suspend: true}
`;

/** Applies the definitions of Argo CD and Flux and, after them, an Application `web` and Kustomizations `apps` → `infra` (suspended). */
export async function declareFleet({ api }: Cluster): Promise<void> {
  await Promise.all([argocdDefinitions, fluxDefinitions].map(async (folder) => applyDefinitions(api, await folder())));
  await api.apply(objects);
}

/** An Application of Argo CD's own namespace, for requests. */
export function declaredApplication(name: string) {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd', name };
}
