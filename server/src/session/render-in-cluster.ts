// What an object of a cluster renders to as its controller would have it: with the marks that it makes, and what charts see of the cluster.
import { stringify } from 'yaml';
import type { Application } from '../cluster/argocd/application.ts';
import { type ArgoConfiguration, argoConfiguration } from '../cluster/argocd/marking.ts';
import { capabilitiesOf } from '../cluster/capabilities.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import type { Inventory, Tracked } from '../cluster/tree/inventory.ts';
import type { Outcome, RenderRequest } from '../engine/engine.ts';
import type { Planned } from '../model/planning.ts';

/** An object of a cluster that delivers something. */
export interface LiveOwner {
  /** Where the object is. */
  readonly cluster: Cluster;
  readonly inventory: Inventory;
  readonly tracked: Tracked;
  /** Where it deploys to; often the same. */
  readonly target: Cluster;
}

/** What an object renders to, or why it can't be known. */
export type LiveRendering =
  | {
      readonly kind: 'rendered';
      readonly yaml: string;
      readonly notes: readonly string[];
      /** Values that came from Secrets. */
      readonly secrets: readonly string[];
      /** What the engine tells beside the YAML, in the form of the object's kind. */
      readonly details: unknown;
      /** What it is called beside what is live: `rendered`, `last synced (0123456)`. */
      readonly called: string;
      /** That of the object's Argo CD; undefined for Flux. */
      readonly configuration: ArgoConfiguration | undefined;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Asks the engine what was planned, as for the cluster that the object deploys to.
 *
 * @param called What is said of it beside what is live.
 * @param ask Asks the engine that has the files.
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function renderInCluster(
  { request, notes, secrets }: Planned<RenderRequest>,
  owner: LiveOwner,
  called: string,
  ask: (request: RenderRequest, signal: AbortSignal) => Promise<Outcome>,
  signal: AbortSignal,
): Promise<LiveRendering | undefined> {
  const configuration = await configurationOf(owner, signal);
  const outcome = await ask(await asInCluster(request, owner, configuration, signal), signal);
  switch (outcome.kind) {
    case 'rendered': {
      const { yaml, details, warnings } = outcome;
      return { kind: 'rendered', yaml, called, notes: [...notes, ...warnings], secrets, details, configuration };
    }
    case 'cancelled':
      return undefined;
    default:
      return { kind: 'unknown', reason: outcome.message };
  }
}

/** The configuration of the Argo CD that an object belongs to; undefined for Flux's. @throws ClusterError */
async function configurationOf({ cluster, tracked }: LiveOwner, signal: AbortSignal): Promise<ArgoConfiguration | undefined> {
  if (!tracked.name.kind.startsWith('Application')) return undefined;
  return argoConfiguration(cluster, controllerNamespace(tracked), signal);
}

/** An object of a cluster as YAML, without what the cluster notes about it. */
export function textOf({ apiVersion, kind, metadata, spec }: LiveObject): string {
  const { name, namespace, labels, annotations } = metadata;
  return stringify({ apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec });
}

// Applications may be in other namespaces than Argo CD, which notes its own in them.
function controllerNamespace({ object, name }: Tracked): string {
  return (object as Application).status?.controllerNamespace ?? name.namespace;
}

/** The request with the marks that the controller makes, and with what charts see of the cluster. */
async function asInCluster(
  request: RenderRequest,
  { tracked, target }: LiveOwner,
  configuration: ArgoConfiguration | undefined,
  signal: AbortSignal,
): Promise<RenderRequest> {
  switch (request.op) {
    case 'application': {
      const { kubeVersion, apiVersions } = await capabilitiesOf(target, signal);
      const { trackingMethod: method = 'annotation', instanceLabel: label = '', installationID = '' } = configuration ?? {};
      // Argo CD tells charts the minor version only.
      const minor = kubeVersion.split('.').slice(0, 2).join('.');
      const marks = { controllerNamespace: controllerNamespace(tracked), tracking: { method, label, installationID } };
      return { op: 'application', render: { ...request.render, ...marks, kubeVersion: minor, apiVersions } };
    }
    case 'flux':
      return { op: 'flux', render: { ...request.render, ownerLabels: true } };
    case 'helmRelease':
      return { op: 'helmRelease', render: { ...request.render, originLabels: true, ...(await capabilitiesOf(target, signal)) } };
    default:
      return request;
  }
}
