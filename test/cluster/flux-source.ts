// A repository as Flux follows it.

/** Manifests of the namespace `demo` and of its GitRepository `fleet`, which follows the branch `main` of `url` when it is told to. */
export function fluxSource(url: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: {name: demo}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: fleet, namespace: demo}
spec: {interval: 1h, url: "${url}", ref: {branch: main}}
---
`;
}
