// The repository that most suites work on: a shop with a base, two overlays, and what Flux and Argo CD deploy of it.

/** Texts by path. The URL in `.git/config` is how Flux's and Argo CD's objects are known to mean this repository. */
export const shop = {
  '.git/config': `[remote "origin"]
	url = https://github.com/acme/shop.git
`,
  'base/settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  'base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
`,
  'overlays/dev/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
namePrefix: dev-
`,
  'overlays/production/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
patches:
  - path: color.yaml
`,
  'overlays/production/color.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: green
`,
  'clusters/production/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./overlays/production
  prune: true
  sourceRef:
    kind: GitRepository
    name: shop
`,
  'clusters/production/source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 1m
  url: https://github.com/acme/shop
`,
  'argocd/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://github.com/acme/shop
    path: overlays/dev
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
    namespace: shop
`,
} as const;
