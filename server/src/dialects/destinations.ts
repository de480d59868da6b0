// Which cluster an object names as the one it is deployed to, by whose dialect.
import type { DeclaredObject } from '../model/object.ts';
import type { Graph } from '../model/graph.ts';
import { applicationCluster } from './argocd/destination.ts';
import { kubeConfigCluster } from './flux/kube-config.ts';

type Destination = (graph: Graph, object: DeclaredObject) => string | undefined;

const destinations: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ['argoproj.io/Application', applicationCluster],
  ['kustomize.toolkit.fluxcd.io/Kustomization', (_, object) => kubeConfigCluster(object)],
  ['helm.toolkit.fluxcd.io/HelmRelease', (_, object) => kubeConfigCluster(object)],
]);

/** The cluster that an object names itself; undefined when it names none: it is then the one that the object lies in. */
export function namedCluster(graph: Graph, object: DeclaredObject): string | undefined {
  return destinations.get(`${object.group}/${object.kind}`)?.(graph, object);
}
