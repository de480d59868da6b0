// What a controller would make of an object of a cluster with the sources as they are here, unsaved buffers and all.
import { stringify } from 'yaml';
import { type ArgoConfiguration, argoConfiguration } from '../cluster/argocd/marking.ts';
import type { Application } from '../cluster/argocd/application.ts';
import { capabilitiesOf } from '../cluster/capabilities.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Inventory, type Tracked, idOf } from '../cluster/tree/inventory.ts';
import { plannerOf } from '../dialects/planners.ts';
import type { RenderRequest } from '../engine/engine.ts';
import type { FoundObject, Planning } from '../model/planning.ts';
import { objectNamed } from '../model/object.ts';
import { resolveFrom } from '../workspace/paths.ts';
import { type SourceFile, sourceFile } from '../workspace/source-file.ts';
import { type YamlDocument, yamlDocument } from '../workspace/yaml-document.ts';
import { declaredText } from './declared-text.ts';
import { completedFrom } from './from-cluster.ts';
import { askRegistered } from './registered-clusters.ts';
import type { Session } from './session.ts';

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
      /** That of the object's Argo CD; undefined for Flux. */
      readonly configuration: ArgoConfiguration | undefined;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Renders what an object of a cluster deploys, as its controller would: the object as what deploys it renders it, or as a file here
 * declares it, else as it is in the cluster.
 *
 * @returns undefined when `signal` ended it first.
 * @throws ClusterError when a cluster can't be asked.
 */
export async function renderLive(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<LiveRendering | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const { name } = owner.tracked;
  const planner = plannerOf(name.group, name.kind);
  if (!planner) return { kind: 'unknown', reason: `${name.kind} renders nothing: its kind is none that a controller renders.` };
  const { renders } = rendering;
  const written = await writtenObject(session, owner, signal);
  const found: FoundObject = {
    pipeline: {
      kind: 'object',
      group: name.group,
      objectKind: name.kind,
      namespace: name.namespace,
      name: name.name,
      within: { kind: 'file', path: written.file.path },
    },
    document: written.document,
    file: written.file,
  };
  const { cluster, inventory } = owner;
  const planning: Planning = {
    view: session.view,
    settings: session.settings(),
    rendered: async (other) => (await renders.render(other, signal))?.yaml,
    registeredClusters: (set) => askRegistered(cluster, inventory, set, signal),
  };
  const completed = await completedFrom(owner.cluster, found, planning, signal);
  const planned = await planner(found, completed.planning);
  if (signal.aborted) return undefined;
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  const configuration = name.kind.startsWith('Application') ? await configurationOf(owner, signal) : undefined;
  const outcome = await renders.ask(await asInCluster(planned.request, owner, configuration, signal), signal);
  switch (outcome.kind) {
    case 'rendered':
      return {
        kind: 'rendered',
        yaml: outcome.yaml,
        notes: [...written.notes, ...completed.notes, ...planned.notes, ...outcome.warnings],
        secrets: planned.secrets,
        details: outcome.details,
        configuration,
      };
    case 'cancelled':
      return undefined;
    default:
      return { kind: 'unknown', reason: outcome.message };
  }
}

interface Written {
  readonly document: YamlDocument;
  readonly file: SourceFile;
  readonly notes: readonly string[];
}

async function writtenObject(session: Session, owner: LiveOwner, signal: AbortSignal): Promise<Written> {
  const { tracked, inventory, cluster } = owner;
  const { name, object } = tracked;
  const declared = declaredText(session.view, name);
  const file = declared?.file ?? fileOfNone(session, name.name);
  const parent = inventory.parentOf(idOf(name));
  const made = parent && (await renderLive(session, { cluster, inventory, tracked: parent, target: cluster }, signal));
  if (made?.kind === 'rendered') {
    const document = documentNamed(made.yaml, tracked);
    if (document) return { document, file, notes: [] };
  }
  if (declared) return { ...declared, notes: [] };
  const { name: itsName, namespace, labels, annotations } = object.metadata;
  const { apiVersion, kind, spec } = object;
  const text = stringify({ apiVersion, kind, metadata: { name: itsName, namespace, labels, annotations }, spec });
  return {
    document: yamlDocument(text),
    file,
    notes: [`${kind} ${itsName} is not declared in the files here: it is taken as it is in the cluster.`],
  };
}

function documentNamed(yaml: string, { name: { group, kind, namespace, name } }: Tracked): YamlDocument | undefined {
  const file = sourceFile('/rendering.yaml', yaml);
  const wanted = { group, objectKind: kind, name };
  // What names no namespace goes into that of what applies it.
  return (objectNamed(file, { ...wanted, namespace }) ?? objectNamed(file, { ...wanted, namespace: '' }))?.placed.document;
}

function fileOfNone({ workspace: { snapshot } }: Session, name: string): SourceFile {
  return sourceFile(resolveFrom(snapshot.folders[0] ?? '/', `${name}.yaml`), '');
}

function configurationOf({ cluster, tracked }: LiveOwner, signal: AbortSignal): Promise<ArgoConfiguration> {
  return argoConfiguration(cluster, controllerNamespace(tracked), signal);
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
