// What can be done with the rows of the tree, whoever asks.
import type { RowAction } from '../../../../protocol/src/clusters.ts';
import type { Application } from '../argocd/application.ts';
import { hasPods } from '../pods.ts';
import type { Tracked } from './inventory.ts';
import type { ObjectName } from './row.ts';

/** What can be done with the row of a context; `argocd` is one that is asked through its own API server. */
export function contextActions(kind: 'kubernetes' | 'argocd'): readonly RowAction[] {
  return kind === 'argocd' ? ['signIn', 'copyName', 'copyCommand'] : ['copyName', 'copyCommand'];
}

/** What can be done with an object, in the order of menus. */
export function objectActions(tracked: Tracked): readonly RowAction[] {
  const { kind } = tracked.name;
  const { suspends = false, own, looks = [] } = byKind[kind] ?? { own: [] };
  return [
    'openLiveObject',
    ...own,
    ...(suspends ? ([isSuspended(tracked) ? 'resume' : 'suspend'] as const) : []),
    ...(kind === 'AppProject' ? [] : (['conditions'] as const)),
    'events',
    ...looks,
    ...copies,
    ...(kind === 'AppProject' ? [] : (['delete'] as const)),
  ];
}

/** Whether its tool was told to leave it: for an Application, not to sync it by itself. */
function isSuspended({ object, state }: Tracked): boolean {
  if (object.kind !== 'Application') return state.suspended;
  return (object as Application).spec.syncPolicy?.automated?.enabled === false;
}

/** What can be done with something that `owner` has put into a cluster. */
export function resourceActions(owner: Pick<ObjectName, 'kind'>, resource: Pick<ObjectName, 'group' | 'kind'>): readonly RowAction[] {
  return [
    'openLiveObject',
    'diff',
    ...(owner.kind === 'ApplicationSet' ? [] : (['diffLastSynced'] as const)),
    ...(owner.kind === 'Application' ? (['sync'] as const) : []),
    'events',
    ...(hasPods(resource) ? (['logs'] as const) : []),
    ...copies,
  ];
}

const copies = ['copyName', 'copyCommand'] as const satisfies readonly RowAction[];

interface KindActions {
  readonly own: readonly RowAction[];
  /** Whether its controller can be told to leave it. */
  readonly suspends?: boolean;
  readonly looks?: readonly RowAction[];
}

const source: KindActions = { own: ['reconcile'], suspends: true, looks: ['explain', 'controllerLogs'] };
const image: KindActions = { own: ['reconcile'], suspends: true, looks: ['controllerLogs'] };

const byKind: Readonly<Record<string, KindActions>> = {
  Application: {
    own: ['diff', 'diffLastSynced', 'sync', 'refresh', 'hardRefresh', 'terminate', 'rollBack'],
    suspends: true,
    looks: ['explain', 'history', 'order', 'controllerLogs'],
  },
  ApplicationSet: { own: ['diff'], looks: ['explain', 'controllerLogs'] },
  Kustomization: {
    own: ['diff', 'diffLastSynced', 'reconcile', 'reconcileWithSource'],
    suspends: true,
    looks: ['explain', 'history', 'order', 'controllerLogs'],
  },
  HelmRelease: {
    own: ['diff', 'diffLastSynced', 'reconcile', 'reconcileWithSource', 'force', 'rollBack'],
    suspends: true,
    looks: ['explain', 'history', 'order', 'controllerLogs'],
  },
  GitRepository: source,
  OCIRepository: source,
  HelmRepository: source,
  HelmChart: source,
  Bucket: source,
  // It is held by an annotation.
  ArtifactGenerator: { own: ['reconcile'], looks: ['explain', 'controllerLogs'] },
  // What makes it is told, not it.
  ExternalArtifact: { own: [], looks: ['explain', 'controllerLogs'] },
  ImageRepository: image,
  ImagePolicy: image,
  ImageUpdateAutomation: image,
  Receiver: image,
  Alert: { own: [], suspends: true, looks: ['controllerLogs'] },
};
