import type { RowAction } from '../../../protocol/src/clusters.ts';

/** The command of each thing that can be done with a row. Menus show it where the context value of a row has the action's name. */
export const rowCommands: Readonly<Record<RowAction, string>> = {
  openLiveObject: 'drydock.openLiveObject',
  diff: 'drydock.diffWithCluster',
  diffLastSynced: 'drydock.diffWithLastSynced',
  sync: 'drydock.syncApplication',
  refresh: 'drydock.refreshApplication',
  hardRefresh: 'drydock.hardRefreshApplication',
  terminate: 'drydock.terminateOperation',
  reconcile: 'drydock.reconcile',
  reconcileWithSource: 'drydock.reconcileWithSource',
  force: 'drydock.forceRelease',
  resume: 'drydock.resume',
  suspend: 'drydock.suspend',
  rollBack: 'drydock.rollBackApplication',
  explain: 'drydock.explainSync',
  conditions: 'drydock.showConditions',
  events: 'drydock.showClusterEvents',
  history: 'drydock.showHistory',
  order: 'drydock.showOrder',
  logs: 'drydock.showClusterLogs',
  controllerLogs: 'drydock.showControllerLogs',
  copyName: 'drydock.copyClusterName',
  copyCommand: 'drydock.copyClusterCommand',
  signIn: 'drydock.signInToArgocd',
  delete: 'drydock.deleteFromCluster',
};
