// The cluster that an Argo CD Application deploys to (Argo CD API v1alpha1, `ApplicationDestination`).
import type { DeclaredObject } from '../../model/object.ts';
import type { Graph } from '../../model/graph.ts';
import { textAt } from '../../workspace/yaml-path.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

// As Argo CD calls the cluster that it runs in, and reaches it (argo-cd v3.2.11, `KubernetesInternalAPIServerAddr`).
const ownCluster = 'in-cluster';
const ownServer = 'https://kubernetes.default.svc';

/**
 * The cluster of an Application: by its name, by the name that a cluster's Secret in the workspace gives its server, else the server's host.
 * Undefined when the Application names none, or leaves it to be filled in.
 */
export function applicationCluster(graph: Graph, { placed }: DeclaredObject): string | undefined {
  const tree = treeOf(placed.document);
  const field = (key: string): string => textAt(tree, ['spec', 'destination', key])?.value ?? '';
  const [name, server] = [field('name'), field('server')];
  if (/\{\{|\$\{/.test(name + server)) return undefined;
  if (name !== '') return name;
  if (server === '') return undefined;
  if (server === ownServer) return ownCluster;
  return clusterSecrets(graph).find((cluster) => cluster.server === server)?.name || hostOf(server);
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}

function clusterSecrets(graph: Graph): { readonly name: string; readonly server: string }[] {
  const secrets = graph.objects((group, kind) => group === '' && kind === 'Secret');
  return secrets
    .filter(({ object }) => isCluster(object))
    .map(({ object }) => ({ name: dataOf(object, 'name'), server: dataOf(object, 'server') }));
}

function isCluster({ placed }: DeclaredObject): boolean {
  return textAt(treeOf(placed.document), ['metadata', 'labels', 'argocd.argoproj.io/secret-type'])?.value === 'cluster';
}

function dataOf({ placed }: DeclaredObject, key: string): string {
  const tree = treeOf(placed.document);
  const plain = textAt(tree, ['stringData', key])?.value;
  return plain ?? Buffer.from(textAt(tree, ['data', key])?.value ?? '', 'base64').toString('utf8');
}
