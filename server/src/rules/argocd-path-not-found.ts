import type { Rule } from './rule.ts';
import { missingRepositoryPaths } from './missing-repository-paths.ts';

/** An Application whose folder is not in the repository. */
export const argocdPathNotFound: Rule = {
  id: 'argocd/path-not-found',
  severity: 'error',
  summary: "An Application's `path` is not in the repository that its `repoURL` names, which is this one.",
  why: 'Argo CD\'s repo-server answers "app path does not exist" and the Application stays in `ComparisonError`.',
  example: `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = https://github.com/acme/fleet.git
-- argocd/shop.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://github.com/acme/fleet
    path: overlays/prodution
    #     ^^^^^^^^^^^^^^^^^^ error[argocd/path-not-found]: "overlays/prodution" is not in this repository. Did you mean "overlays/production"?
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
-- argocd/shop-next.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop-next
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://github.com/acme/fleet
    path: overlays/next
    #     ^^^^^^^^^^^^^ warning[argocd/path-not-found]: "overlays/next" is not in this repository. It may be in "next", which is not checked out.
    targetRevision: next
  destination:
    server: https://kubernetes.default.svc
-- overlays/production/kustomization.yaml --
resources: []
`,
  check: (view, file) => missingRepositoryPaths(view, file, 'argoproj.io'),
};
