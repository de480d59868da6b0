import type { Rule } from './rule.ts';
import { dependencies } from '../model/dependencies.ts';
import { missingObject } from './missing-object.ts';

/** A dependency of a Flux object that is nowhere. */
export const fluxMissingDependency: Rule = {
  id: 'flux/missing-dependency',
  severity: 'warning',
  summary: 'A Flux Kustomization or HelmRelease depends on one that is nowhere in the workspace.',
  why: `The controller reports "dependency 'namespace/name' not found" (of HelmReleases "unable to get 'namespace/name' dependency") and applies nothing until it is there. Another repository may bring it, hence a warning.`,
  example: `
-- clusters/dev/infrastructure.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infra-configs
  namespace: flux-system
spec:
  dependsOn:
    - name: flux-system
-- clusters/dev/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infra-confgs
    #       ^^^^^^^^^^^^ warning[flux/missing-dependency]: Kustomization "infra-confgs" is nowhere in this workspace. Did you mean "infra-configs"?
    - name: infra-configs
      namespace: flux-system
-- apps/shop.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  namespace: shop
spec:
  dependsOn:
    - name: database
    #       ^^^^^^^^ warning[flux/missing-dependency]: HelmRelease "database" is in namespace "data", not in "shop". Name it: \`namespace: data\`.
    - name: queue
    #       ^^^^^ warning[flux/missing-dependency]: HelmRelease "queue" is nowhere in this workspace. Declare it, unless something else brings it to the cluster.
-- data/database.yaml --
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: database
  namespace: data
`,
  check: (view, file) => dependencies(view.graph, file).flatMap((reference) => missingObject(view, file, reference)),
};
