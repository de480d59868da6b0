import { type Rule, problemAt } from './rule.ts';
import { dependencies, dependencyCycle } from '../model/dependencies.ts';

/** Flux objects that wait for each other. */
export const fluxDependencyCycle: Rule = {
  id: 'flux/dependency-cycle',
  severity: 'error',
  summary: 'A Flux Kustomization or HelmRelease depends on itself, directly or through others.',
  why: `Each waits for the other: the controller reports "dependency 'namespace/name' is not ready" for all of them, for good.`,
  example: `
-- clusters/dev/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infra
    #       ^^^^^ error[flux/dependency-cycle]: This leads back to this Kustomization: apps → infra → apps. Remove one of these entries.
    - name: sources
-- clusters/dev/infra.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infra
  namespace: flux-system
spec:
  dependsOn:
    - name: sources
    - name: apps
    #       ^^^^ error[flux/dependency-cycle]: This leads back to this Kustomization: infra → apps → infra. Remove one of these entries.
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: sources
  namespace: flux-system
spec:
  dependsOn:
    - name: apps
      readyExpr: dep.status.observedGeneration >= 1
-- apps/shop.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  namespace: shop
spec:
  dependsOn:
    - name: shop
    #       ^^^^ error[flux/dependency-cycle]: This leads back to this HelmRelease: shop → shop. Remove one of these entries.
`,
  check: ({ graph }, file) =>
    dependencies(graph, file).flatMap((reference) => {
      const way = dependencyCycle(graph, file, reference);
      if (!way) return [];
      const named = way.map(({ object }) => object.name).join(' → ');
      return [problemAt(file, reference, `This leads back to this ${way[0]?.object.kind}: ${named}. Remove one of these entries.`)];
    }),
};
