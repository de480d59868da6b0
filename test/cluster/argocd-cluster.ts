// Another cluster that an Argo CD deploys to.
import { readFile } from 'node:fs/promises';
import { argocdNamespace } from './argocd.ts';
import type { Cluster } from './cluster.ts';

/** Tells the Argo CD of `own` of another cluster, as `argocd cluster add` does, by the name `called`. */
export async function addToArgocd(own: Cluster, other: Cluster, called: string): Promise<void> {
  const authority = await readFile(other.server.authority);
  const config = { bearerToken: other.admin.token, tlsClientConfig: { caData: authority.toString('base64') } };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${called}`,
      namespace: argocdNamespace,
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: { name: called, server: other.server.url, config: JSON.stringify(config) },
  };
  await own.api.apply(JSON.stringify(secret));
}
