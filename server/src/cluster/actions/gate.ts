// What stands before an action: why it can't be done, and what should be known first.
import type { ClusterAction, Gate } from '../../../../protocol/src/clusters.ts';
import { type Intent, refusal } from '../access.ts';
import type { Application } from '../argocd/application.ts';
import { refusalThrough, unableThrough } from '../argocd-server/operations.ts';
import type { Cluster } from '../cluster.ts';
import { matcher } from '../name-pattern.ts';
import { type FluxObject, sourceOf } from '../flux/flux-object.ts';
import { resourceOf } from '../objects.ts';
import { type Inventory, type Tracked, idOf } from '../tree/inventory.ts';
import type { ObjectName } from '../tree/row.ts';

/** What the user has set. */
export interface GateSettings {
  readonly readOnly: boolean;
  readonly productionContexts: readonly string[];
}

/** @throws ClusterError when the cluster can't be asked what the user may do. */
export async function gateOf(
  cluster: Cluster,
  inventory: Inventory,
  tracked: Tracked,
  action: ClusterAction,
  { readOnly, productionContexts }: GateSettings,
  signal: AbortSignal,
): Promise<Gate> {
  const context = cluster.context.name;
  const { name } = tracked;
  const access = await accessRefusals(cluster, tracked, action, signal);
  const isProduction = productionContexts.some((pattern) => matcher(pattern)(context));
  return {
    title: `${titles[action.kind]} ${name.kind} ${name.name} on ${context}`,
    refusals: [
      ...(readOnly ? ['Nothing is changed in any cluster, since drydock.cluster.readOnly is set.'] : []),
      ...stateRefusals(inventory, tracked, action),
      ...access,
    ],
    warnings: warningsOf(inventory, tracked, action),
    changes: [],
    typed: isProduction && !isHarmless(action) ? context : '',
  };
}

const titles: Readonly<Record<ClusterAction['kind'], string>> = {
  sync: 'Sync',
  refresh: 'Refresh',
  terminate: 'Terminate the operation of',
  rollback: 'Roll back',
  reconcile: 'Reconcile',
  suspend: 'Suspend',
  resume: 'Resume',
  delete: 'Delete',
};

function isHarmless(action: ClusterAction): boolean {
  return action.kind === 'refresh' || ((action.kind === 'sync' || action.kind === 'rollback') && action.dryRun);
}

async function accessRefusals(cluster: Cluster, { name, object }: Tracked, action: ClusterAction, signal: AbortSignal): Promise<string[]> {
  if (cluster.argocd) {
    const refused = unableThrough(action) ?? (await refusalThrough(cluster.argocd, object as Application, action, signal));
    return refused === undefined ? [] : [refused];
  }
  const resource = await resourceOf(cluster, name, signal);
  const verb: Intent['verb'] = action.kind === 'delete' ? 'delete' : 'patch';
  const reason = await refusal(cluster, { verb, resource, namespace: name.namespace, name: name.name }, signal);
  return reason === undefined ? [] : [reason];
}

function stateRefusals(inventory: Inventory, { name, object, state }: Tracked, action: ClusterAction): string[] {
  if (object.metadata.deletionTimestamp !== undefined && action.kind !== 'delete')
    return [`${name.kind} ${name.name} is being deleted: nothing can be done with it any more.`];
  const application = object as Application;
  switch (action.kind) {
    case 'reconcile': {
      const source = action.withSource ? suspendedSource(inventory, object as FluxObject) : undefined;
      return [
        ...(state.suspended
          ? [`${name.kind} ${name.name} is suspended and would note the request without doing anything: resume it first.`]
          : []),
        ...(source ? [`Its source ${source.name.kind} ${source.name.name} is suspended and would fetch nothing: resume it first.`] : []),
      ];
    }
    case 'sync':
      return [...operationRefusals(application, name.name), ...specRefusals(application), ...revisionRefusals(application, action)];
    case 'terminate':
      return application.operation === undefined ? [`No operation of ${name.name} is under way.`] : [];
    case 'rollback':
      return [
        ...operationRefusals(application, name.name),
        ...(isAutomated(application)
          ? [
              `${name.name} is synced automatically, which would undo a rollback at once: suspend its automated sync first, or revert in Git.`,
            ]
          : []),
      ];
    default:
      return [];
  }
}

function operationRefusals({ operation }: Application, name: string): string[] {
  return operation === undefined ? [] : [`Another operation of ${name} is under way: wait for it, or terminate it.`];
}

// Argo CD judges whether the project allows source and destination, and does nothing while it does not (controller/state.go, v3.2).
function specRefusals({ status }: Application): string[] {
  return (status?.conditions ?? [])
    .filter(({ type }) => type === 'InvalidSpecError')
    .map(({ message = '' }) => `Argo CD refuses to sync it: ${message}`);
}

// As Argo CD's API server does (server/application/application.go, resolveSourceRevisions, v3.2).
function revisionRefusals(application: Application, { revision, dryRun }: Extract<ClusterAction, { readonly kind: 'sync' }>): string[] {
  const { source, sources } = application.spec;
  if (revision === '') return [];
  if (sources) return ["An Application with several sources can't be synced to one revision: change targetRevision of the source in Git."];
  const tracked = source?.targetRevision || 'HEAD';
  return isAutomated(application) && !dryRun && revision !== tracked
    ? [`It is synced automatically to ${tracked}, which would undo a sync to ${revision} at once: suspend its automated sync first.`]
    : [];
}

function suspendedSource(inventory: Inventory, object: FluxObject): Tracked | undefined {
  const reference = sourceOf(object);
  const source = reference && [...inventory.objects.values()].find(({ name }) => isNamed(name, reference));
  return source?.state.suspended ? source : undefined;
}

function isNamed(
  name: ObjectName,
  { kind, name: wanted, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string },
): boolean {
  return name.kind === kind && name.name === wanted && name.namespace === namespace;
}

function warningsOf(inventory: Inventory, tracked: Tracked, action: ClusterAction): string[] {
  const { name, object } = tracked;
  const parent = inventory.parentOf(idOf(name));
  const changesSpec = action.kind === 'suspend' || action.kind === 'resume';
  const application = object.kind === 'Application' ? (object as Application) : undefined;
  return [
    ...(parent && (changesSpec || action.kind === 'delete') ? [revertedBy(parent, name.kind)] : []),
    ...(action.kind === 'sync' && action.prune ? ['What Git no longer has is deleted from the cluster (prune).'] : []),
    ...(action.kind === 'sync' && action.force ? ['Resources that can not be changed are deleted and made again (force).'] : []),
    ...(action.kind === 'reconcile' && action.force ? ['The chart is installed or upgraded even if nothing changed (force).'] : []),
    ...(application?.status?.conditions ?? []).map(({ type, message }) => `${type}: ${message ?? ''}`),
    ...(action.kind === 'reconcile' ? unmetDependencies(inventory, object as FluxObject) : []),
    ...(action.kind === 'delete' && action.cascade !== 'orphan'
      ? [`All that ${name.kind} ${name.name} has put into the cluster is deleted with it.`]
      : []),
    ...((object as FluxObject).spec?.suspend === true && action.kind === 'delete'
      ? ['It is suspended: what it has put into the cluster stays there.']
      : []),
  ];
}

function unmetDependencies(inventory: Inventory, { kind, metadata, spec }: FluxObject): string[] {
  return (spec?.dependsOn ?? []).flatMap(({ name, namespace = metadata.namespace ?? '' }) => {
    const found = [...inventory.objects.values()].find((each) => isNamed(each.name, { kind, name, namespace }));
    return found && found.state.health !== 'healthy' ? [`It waits for ${kind} ${name}, which is not ready: ${found.state.words}.`] : [];
  });
}

function revertedBy({ name, object }: Tracked, kind: string): string {
  const heals = object.kind !== 'Application' || (object as Application).spec.syncPolicy?.automated?.selfHeal === true;
  const when = heals ? 'will undo this when it looks next' : 'shows this as OutOfSync, and a sync of it undoes this';
  return `${name.kind} ${name.name} has put this ${kind} into the cluster and ${when}: change it in Git to keep it.`;
}

function isAutomated({ spec }: Application): boolean {
  const automated = spec.syncPolicy?.automated;
  return automated !== undefined && automated.enabled !== false;
}
