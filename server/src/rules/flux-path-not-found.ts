import type { Rule } from './rule.ts';
import { missingRepositoryPaths } from './missing-repository-paths.ts';

/** A Flux Kustomization whose folder is not in the repository. */
export const fluxPathNotFound: Rule = {
  id: 'flux/path-not-found',
  severity: 'error',
  summary: "A Flux Kustomization's `spec.path` is not in the repository that its source names, which is this one.",
  why: 'kustomize-controller reports "kustomization path not found" and applies nothing until a commit brings the folder.',
  example: `
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/fleet.git
-- clusters/dev/source.yaml --
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: ssh://git@github.com/acme/fleet
-- clusters/dev/apps.yaml --
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./app/dev
  #     ^^^^^^^^^ error[flux/path-not-found]: "app/dev" is not in this repository.
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
-- apps/dev/kustomization.yaml --
resources: []
`,
  check: (view, file) => missingRepositoryPaths(view, file, 'kustomize.toolkit.fluxcd.io', () => undefined),
};
