// The commands of the rows.
import { type Disposable, type ExtensionContext, type LogOutputChannel, type Uri, commands, env, window } from 'vscode';
import type { ClusterReport } from '../../../protocol/src/cluster-reports.ts';
import type { ClusterAction, ClusterRow, RowAction } from '../../../protocol/src/clusters.ts';
import type { Server } from '../server.ts';
import { type Acting, actOn } from './actions.ts';
import { chooseAction } from './choose-action.ts';
import { deleteFromCluster } from './delete.ts';
import { ClusterLogs } from './logs.ts';
import { showObjectReport } from './object-reports.ts';
import { registerReports } from './report.ts';
import { rollBack } from './rollback.ts';
import { rowCommands } from './row-commands.ts';
import { type SyncTarget, syncOverlay } from './sync-overlay.ts';
import { chooseSync } from './sync-options.ts';
import type { ClusterElement } from './element.ts';

/** Registers what can be done with a row. */
export function registerClusterCommands(context: ExtensionContext, server: Server, log: LogOutputChannel): Disposable[] {
  const logs = new ClusterLogs(server, log);
  const acting: Acting = { server, logs };
  const onRow = (action: RowAction, run: (row: ClusterRow) => Promise<void>): Disposable =>
    commands.registerCommand(rowCommands[action], async (element?: ClusterElement) => {
      if (element?.kind === 'row') await run(element.row);
      else await window.showWarningMessage('The view was drawn anew in that moment, and which row was meant got lost. Choose again.');
    });
  const onObject = (command: RowAction, action: ClusterAction): Disposable =>
    onRow(command, (row) => actOn(acting, row.id, action, nameOf(row)));
  const onReport = (action: RowAction, report: ClusterReport): Disposable =>
    onRow(action, (row) => showObjectReport(server, report, row.id, nameOf(row)));
  const reconcile = { kind: 'reconcile', withSource: false, force: false, reset: false } as const;
  return [
    ...registerReports(),
    logs,
    commands.registerCommand('drydock.syncOverlay', (target?: Uri | SyncTarget) => syncOverlay(acting, target)),
    commands.registerCommand('drydock.chooseClusterAction', async (element?: ClusterElement) => {
      if (element) await chooseAction(context, element);
    }),
    onReport('explain', 'explanation'),
    onReport('conditions', 'conditions'),
    onReport('events', 'events'),
    onReport('history', 'history'),
    onReport('order', 'order'),
    onRow('logs', (row) => logs.show(row.id, nameOf(row), 'workload')),
    onRow('controllerLogs', (row) => logs.show(row.id, nameOf(row), 'controller')),
    onRow('sync', async (row) => {
      const action = await chooseSync(row.row === 'resource' ? [row.id] : [], nameOf(row));
      if (action) await actOn(acting, row.id, action, nameOf(row));
    }),
    onObject('refresh', { kind: 'refresh', refresh: 'normal' }),
    onObject('hardRefresh', { kind: 'refresh', refresh: 'hard' }),
    onObject('terminate', { kind: 'terminate' }),
    onRow('rollBack', (row) => rollBack(acting, row, nameOf(row))),
    onObject('reconcile', reconcile),
    onObject('reconcileWithSource', { ...reconcile, withSource: true }),
    onObject('force', { ...reconcile, force: true, reset: true }),
    onObject('suspend', { kind: 'suspend' }),
    onObject('resume', { kind: 'resume' }),
    onRow('delete', (row) => deleteFromCluster(acting, row, nameOf(row))),
    onRow('copyName', async ({ label, row }) => {
      // A resource's label begins with its kind.
      await env.clipboard.writeText(row === 'resource' ? label.slice(label.indexOf('/') + 1) : label);
    }),
  ];
}

/** What reports and titles call a row's object. */
function nameOf({ row, kind, label }: ClusterRow): string {
  return row === 'resource' ? label.replace('/', ' ') : `${kind} ${label}`.trim();
}
