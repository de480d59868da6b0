import type { Rule } from './rule.ts';
import { isWithin, resolveFrom } from '../workspace/paths.ts';
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
-- argocd/shop-parts.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop-parts
  namespace: argocd
spec:
  project: default
  sources:
    - repoURL: https://github.com/acme/fleet
      path: /overlays/production
      #     ^^^^^^^^^^^^^^^^^^^^ error[argocd/path-not-found]: Argo CD refuses a path that begins with "/". Write "overlays/production".
    - repoURL: https://github.com/acme/fleet
      path: overlays/production/kustomization.yaml
      #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[argocd/path-not-found]: "overlays/production/kustomization.yaml" is a file; a folder is needed here.
    - repoURL: https://github.com/acme/charts
      path: ../shop
      #     ^^^^^^^ error[argocd/path-not-found]: "../shop" leads out of the repository, which Argo CD refuses.
  destination:
    server: https://kubernetes.default.svc
-- overlays/production/kustomization.yaml --
resources: []
`,
  check: (view, file) => missingRepositoryPaths(view, file, 'argoproj.io', refusal),
};

// "app path is absolute" and "app path outside root" (Argo CD v3.5.7, `util/app/path.Path`).
function refusal(path: string): string | undefined {
  if (path.startsWith('/')) return `Argo CD refuses a path that begins with "/". Write "${path.replace(/^\/+/, '') || '.'}".`;
  return isWithin('/root', resolveFrom('/root', path)) ? undefined : `"${path}" leads out of the repository, which Argo CD refuses.`;
}
