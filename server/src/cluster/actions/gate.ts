// What stands before an action: why it can't be done, and what should be known first.
import type { ClusterAction, Gate } from '../../../../protocol/src/clusters.ts';
import { accessesFor, askAccess } from '../access.ts';
import type { Application } from '../argocd/application.ts';
import { unableThrough } from '../argocd-server/operations.ts';
import type { Cluster } from '../cluster.ts';
import { matcher } from '../name-pattern.ts';
import { type FluxObject, sourceOf } from '../flux/flux-object.ts';
import { fateOfDeployed } from './delete.ts';
import { notAutomated } from './suspend.ts';
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
  const impossible = objectRefusals(cluster, tracked, action);
  const access = impossible.length > 0 ? [] : await accessRefusals(cluster, tracked, action, signal);
  const lasting = [...(readOnly ? [readOnlyRefusal] : []), ...impossible, ...access];
  const passing = obstacles(inventory, tracked, action);
  const isProduction = productionContexts.some((pattern) => matcher(pattern)(context));
  const remedy = lasting.length === 0 && passing.length === 1 ? passing[0]?.remedy : undefined;
  return {
    title: `${titles[action.kind]} ${name.kind} ${name.name} on ${context}${isDryRun(action) ? ' (dry run)' : ''}`,
    refusals: [...lasting, ...passing.map(({ reason }) => reason)],
    warnings: warningsOf(inventory, tracked, action),
    changes: [],
    typed: isProduction && !isHarmless(action) ? context : '',
    ...(remedy ? { remedy } : {}),
  };
}

/** Said of whatever would change something, in read-only mode. */
export const readOnlyRefusal = 'Nothing is changed in any cluster, since drydock.cluster.readOnly is set.';

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
  return action.kind === 'refresh' || isDryRun(action);
}

function isDryRun(action: ClusterAction): boolean {
  return (action.kind === 'sync' || action.kind === 'rollback') && action.dryRun;
}

async function accessRefusals(cluster: Cluster, tracked: Tracked, action: ClusterAction, signal: AbortSignal): Promise<string[]> {
  const answers = await Promise.all(accessesFor(cluster, tracked, action).map((access) => askAccess(cluster, access, signal)));
  return answers.filter((answer) => answer !== undefined);
}

/** Why an action can't be done with an object at all, whatever the user may do. It stays so until the object itself changes. */
export function objectRefusals(cluster: Cluster, { name, object }: Tracked, action: ClusterAction): string[] {
  const unable = cluster.argocd && unableThrough(name, action);
  if (unable !== undefined) return [unable];
  if (object.metadata.deletionTimestamp !== undefined && action.kind !== 'delete')
    return [`${name.kind} ${name.name} is being deleted: nothing can be done with it any more.`];
  const application = object.kind === 'Application' ? (object as Application) : undefined;
  switch (action.kind) {
    case 'sync':
      return application ? specRefusals(application) : [];
    case 'terminate':
      return application?.operation === undefined ? [`No operation of ${name.name} is under way.`] : [];
    case 'suspend':
    case 'resume':
      return application && !application.spec.syncPolicy?.automated ? [notAutomated(name.name)] : [];
    default:
      return [];
  }
}

/** Why it can't be done now, and what takes that away. */
interface Obstacle {
  readonly reason: string;
  readonly remedy: Gate['remedy'];
}

function obstacles(inventory: Inventory, { name, object, state }: Tracked, action: ClusterAction): Obstacle[] {
  const application = object as Application;
  switch (action.kind) {
    case 'reconcile': {
      const source = action.withSource ? suspendedSource(inventory, object as FluxObject) : undefined;
      return [
        ...(state.suspended
          ? [
              {
                reason: `${name.kind} ${name.name} is suspended and would note the request without doing anything: resume it first.`,
                remedy: { words: 'Resume', action: { kind: 'resume' } as const },
              },
            ]
          : []),
        ...(source
          ? [without(`Its source ${source.name.kind} ${source.name.name} is suspended and would fetch nothing: resume it first.`)]
          : []),
      ];
    }
    case 'sync':
      return [...operationObstacles(application, name.name), ...revisionRefusals(application, action).map(without)];
    case 'rollback':
      return [
        ...operationObstacles(application, name.name),
        ...(isAutomated(application)
          ? [
              {
                reason: `${name.name} is synced automatically, which would undo a rollback at once: suspend its automated sync first, or revert in Git.`,
                remedy: { words: 'Suspend Automated Sync', action: { kind: 'suspend' } as const },
              },
            ]
          : []),
      ];
    default:
      return [];
  }
}

function without(reason: string): Obstacle {
  return { reason, remedy: undefined };
}

function operationObstacles({ operation }: Application, name: string): Obstacle[] {
  if (operation === undefined) return [];
  const remedy = { words: 'Terminate', action: { kind: 'terminate' } as const };
  return [{ reason: `Another operation of ${name} is under way: wait for it, or terminate it.`, remedy }];
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
    ...(action.kind === 'sync' && action.applyOnly ? ['Hooks are left out (apply only).'] : []),
    ...(action.kind === 'reconcile' && action.force ? ['The chart is installed or upgraded even if nothing changed (force).'] : []),
    ...(application?.status?.conditions ?? []).map(({ type, message }) => `${type}: ${message ?? ''}`),
    ...(action.kind === 'reconcile' ? unmetDependencies(inventory, object as FluxObject) : []),
    ...(action.kind === 'delete' ? fateOfDeployed(tracked, action.cascade) : []),
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
