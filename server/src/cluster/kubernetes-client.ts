// What is used of Kubernetes' own client. The bundles have it as a program of its own (`scripts/bundles.ts`), which is read when a cluster
// is asked for the first time: whoever looks at no cluster does not pay for it.
export { IsomorphicFetchHttpLibrary, KubeConfig, RequestContext } from '@kubernetes/client-node';
