// What a person would type to look at an object of a cluster.
import { groupOf } from './api-resources.ts';
import type { ObjectName, RowKey } from './tree/row.ts';
import { watchedKind } from './kinds.ts';

/**
 * The command lines of kubectl, and of argocd or flux where they know the kind, that look at what a row is of; none for what has no object.
 *
 * @param argocd Address of the Argo CD that is asked through its own API server, where the row is one of its; else undefined.
 */
export function commandLines(key: RowKey, argocd: string | undefined): string[] {
  if (argocd !== undefined) return throughArgocd(key, argocd);
  if (key.row === 'context') return [`kubectl config use-context ${quoted(key.context)}`];
  if (key.row !== 'object' && key.row !== 'resource') return [];
  return [kubectl(key.context, key), ...(key.row === 'object' ? ownTool(key.context, key) : [])];
}

function throughArgocd(key: RowKey, server: string): string[] {
  if (key.row === 'context') return [`argocd login ${quoted(server)}`];
  if (key.row === 'resource') {
    const { owner, kind, name } = key;
    const of = ['argocd', 'app', 'get-resource', quoted(`${owner.namespace}/${owner.name}`), '--kind', kind];
    return [[...of, '--resource-name', quoted(name), '--server', quoted(server)].join(' ')];
  }
  const words = key.row === 'object' ? argocdWords[key.kind] : undefined;
  return key.row === 'object' && words !== undefined ? [[...argocdGet(words, key), '--server', quoted(server)].join(' ')] : [];
}

function argocdGet(words: string, { kind, namespace, name }: ObjectName): string[] {
  return ['argocd', words, 'get', quoted(kind === 'AppProject' ? name : `${namespace}/${name}`)];
}

function kubectl(context: string, { group, kind, namespace, name }: ObjectName): string {
  const type = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  const place = namespace === '' ? [] : ['--namespace', quoted(namespace)];
  return ['kubectl', 'get', type, quoted(name), '--context', quoted(context), ...place, '--output', 'yaml'].join(' ');
}

// `argocd` has contexts of its own, that of the kubeconfig is meant with `--core`; flux reads the kubeconfig.
function ownTool(context: string, { group, kind, namespace, name }: ObjectName): string[] {
  const argocd = argocdWords[kind];
  if (group === groupOf('argoproj.io/v1alpha1') && argocd)
    return [[...argocdGet(argocd, { group, kind, namespace, name }), '--core', '--kube-context', quoted(context)].join(' ')];
  const flux = watchedKind(group, kind)?.tool === 'flux' ? fluxWords[kind] : undefined;
  return flux === undefined
    ? []
    : [['flux', 'get', flux, quoted(name), '--context', quoted(context), '--namespace', quoted(namespace)].join(' ')];
}

/** How the argocd command line calls a kind (argocd 3.2). */
const argocdWords: Readonly<Record<string, string>> = { Application: 'app', ApplicationSet: 'appset', AppProject: 'proj' };

/** How the flux command line calls a kind (flux 2.7). */
const fluxWords: Readonly<Record<string, string>> = {
  Kustomization: 'kustomizations',
  HelmRelease: 'helmreleases',
  GitRepository: 'sources git',
  OCIRepository: 'sources oci',
  HelmRepository: 'sources helm',
  HelmChart: 'sources chart',
  Bucket: 'sources bucket',
  ImageRepository: 'images repository',
  ImagePolicy: 'images policy',
  ImageUpdateAutomation: 'images update',
  Alert: 'alerts',
  Provider: 'alert-providers',
  Receiver: 'receivers',
};

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
