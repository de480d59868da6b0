// The cluster that an object deploys to.
import type { Application } from './argocd/application.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import type { FluxObject } from './flux/flux-object.ts';
import { resourceOf } from './objects.ts';
import { pathOf } from './api-resources.ts';
import type { Tracked } from './tree/inventory.ts';

/** A cluster that can be asked, or why there is none, in a sentence. */
export type Target = { readonly kind: 'found'; readonly cluster: Cluster } | { readonly kind: 'none'; readonly reason: string };

/**
 * The cluster that an object of a cluster deploys to: that cluster, or the one of a context with the address or name that an Application
 * says.
 *
 * @param others The clusters of all contexts that the user lets Drydock see.
 * @throws ClusterError when the cluster can't be asked what Argo CD calls the other.
 */
export async function targetOf({ object, name }: Tracked, own: Cluster, others: readonly Cluster[], signal: AbortSignal): Promise<Target> {
  if (object.kind !== 'Application') {
    if ((object as FluxObject).spec?.kubeConfig === undefined) return { kind: 'found', cluster: own };
    return {
      kind: 'none',
      reason: `${object.kind} ${name.name} deploys by a kubeconfig of its own (spec.kubeConfig), which only its controller has.`,
    };
  }
  const { destination } = (object as Application).spec;
  const { server = '', name: called = '' } = destination;
  if (called === 'in-cluster' || sameServer(server, inCluster)) return { kind: 'found', cluster: own };
  const address = server === '' ? await serverCalled(own, controllerNamespace(object as Application), called, signal) : server;
  const found =
    others.find(({ context }) => address !== '' && sameServer(context.server, address)) ??
    others.find(({ context }) => context.name === called);
  if (found) return { kind: 'found', cluster: found };
  const other = server === '' ? `the cluster "${called}"${address === '' ? '' : ` (${address})`}` : server;
  return {
    kind: 'none',
    reason: `Application ${name.name} deploys to ${other}, and no context of the kubeconfig has that server: add one to compare with it.`,
  };
}

const inCluster = 'https://kubernetes.default.svc';

function sameServer(one: string, other: string): boolean {
  const plain = (server: string): string =>
    server
      .toLowerCase()
      .replace(/\/+$/, '')
      .replace(/^(https:\/\/[^/]+?):443$/, '$1');
  return plain(one) === plain(other);
}

function controllerNamespace({ metadata, status }: Application): string {
  return status?.controllerNamespace ?? metadata.namespace ?? '';
}

/** The address of what Argo CD calls by a name, from its Secret, of which nothing else is read; empty when nobody may know. */
async function serverCalled(cluster: Cluster, namespace: string, called: string, signal: AbortSignal): Promise<string> {
  try {
    const resource = await resourceOf(cluster, { group: '', kind: 'Secret' }, signal);
    const query = { labelSelector: 'argocd.argoproj.io/secret-type=cluster' };
    const { items } = await cluster.connection.json<{ readonly items: readonly { readonly data?: Readonly<Record<string, string>> }[] }>(
      { method: 'GET', path: pathOf(resource, namespace), query },
      signal,
    );
    const decoded = (text = ''): string => Buffer.from(text, 'base64').toString();
    return decoded(items.find(({ data }) => decoded(data?.['name']) === called)?.data?.['server']);
  } catch (error) {
    if (error instanceof ClusterError && (error.kind === 'forbidden' || error.kind === 'notFound')) return '';
    throw error;
  }
}
